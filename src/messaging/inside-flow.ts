/** What is said in the middle of a flow and is no answer: a greeting, an insult, danger that can't wait for the next question. */
import { isLikeMatterNumber } from '../domain/cases/matter-number.ts'
import { normalise } from '../flow/answers/normalise.ts'
import { askAgain } from './begin-flow.ts'
import { once } from './free-words.ts'
import { flowTitled } from './menu.ts'
import { openFlow } from './open-flow.ts'
import { openType } from './open-question.ts'
import type { Parts } from './parts.ts'
import { smallTalkIn } from './small-talk.ts'
import { raiseAlert } from './submit.ts'
import type { Talk } from './talk.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/** A greeting where every text would be taken for an answer. @returns null for anything else */
export function insideFlow(parts: Parts, work: Work, talk: Talk, said: string): Promise<void> | null {
  if (openType(talk) !== 'text') return null
  const kind = smallTalkIn(parts, said, true)
  return kind === null ? null : answerTalk(parts, work, talk, kind)
}

/**
 * What the open question could not take.
 * @param command the house's commands: what staff type under a reminder, or 催一催, in the middle of a flow
 * @returns null, or false later on, when the flow should say so itself
 */
export function noAnswer(
  parts: Parts,
  work: Work,
  talk: Talk,
  said: string | null,
  command: (said: string) => Promise<boolean>,
): Promise<void | boolean> | null {
  if (said !== null) {
    const other = flowTitled(parts, work, said)
    if (other && other.id !== talk.flow.id) return openFlow(parts, work, other)
    if (parts.intent.danger(said) !== null) return askAgain(parts, work, talk)
    const kind = smallTalkIn(parts, said, false)
    if (kind !== null) return answerTalk(parts, work, talk, kind)
    if (parts.intent.read(said).insult) {
      once(parts, work, 'insult', () => say(work, 'messaging:calm_inside'))
      return askAgain(parts, work, talk)
    }
  }
  // A number alone is an answer, if a wrong one.
  const meant = () => (said === null || isLikeMatterNumber(normalise(said)) ? null : command(said))
  if (work.account.speaker.staff) return meant()
  const patience = parts.manners.idle(work.account.record.id, work.at)
  if (patience === 'go') return meant()
  if (patience === 'warn') say(work, 'messaging:flood')
  else parts.manners.drop('flood')
  return Promise.resolve()
}

function answerTalk(parts: Parts, work: Work, talk: Talk, kind: string): Promise<void> {
  say(work, `messaging:talk.${kind}`)
  return askAgain(parts, work, talk)
}

/** Danger told in the middle of any flow that did not ask for it: how to get safe comes first, and staff are told at once. */
export async function warnInside(parts: Parts, work: Work, talk: Talk, said: string): Promise<void> {
  const danger = parts.intent.danger(said)
  if (danger === null || work.said.some(({ text }) => 'key' in text && text.key.endsWith('.alert'))) return
  work.said.unshift({ kind: 'say', text: { key: `messaging:safety.${danger}` } })
  const { logged } = talk.state.parked
  if (work.talk === talk && talk.flow.audience === 'villager' && logged > 0)
    await raiseAlert(parts, work, talk, 'danger')
}
