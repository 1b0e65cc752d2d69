/** Small talk gets a short human word; whoever has not had anything done yet also sees what there is. */
import { showMenu } from './menu.ts'
import type { Parts } from './parts.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/** Said to somebody who seems to want something and has not said what. */
const WITH_MENU: ReadonlySet<string> = new Set(['here', 'who'])

/** Answered by the road of greetings, where a draft that waits is offered. */
const BY_ROUTE: ReadonlySet<string> = new Set(['hello', 'thanks'])

/** In the middle of a flow they may be an answer. */
const MAY_ANSWER: ReadonlySet<string> = new Set(['fine', 'bye', 'sorry', 'praise', 'sad', 'weather'])

/** @returns false when it is answered elsewhere */
export function smallTalk(parts: Parts, work: Work, kind: string): boolean {
  if (BY_ROUTE.has(kind)) return false
  const key = `messaging:talk.${kind}`
  const isNew = work.account.record.speakers.length === 0
  if (WITH_MENU.has(kind) || isNew) showMenu(parts, work, { key })
  else say(work, key)
  return true
}

/** Longest small talk that an answer is compared with, in UTF-16 units. */
const LONGEST = 16

/**
 * The kind, when it can be no answer to a question.
 * @param isFree whether the question takes any text
 */
export function smallTalkIn(parts: Parts, said: string, isFree: boolean): string | null {
  if (said.length > LONGEST) return null
  const talk = parts.intent.talk(said)
  return talk === null || (isFree && MAY_ANSWER.has(talk)) || talk === 'fine' ? null : talk
}
