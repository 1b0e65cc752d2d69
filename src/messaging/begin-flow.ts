/** Opening a flow, leaving it, and coming back to its open question. */
import type { TextRef } from '../flow/effects.ts'
import type { Flow } from '../flow/flow.ts'
import { askedOf, setAsked, toldBefore } from './asked.ts'
import { carryOut } from './conversation.ts'
import { sayElsewhere } from './elsewhere.ts'
import { markTalk } from './mark-talk.ts'
import type { Parts } from './parts.ts'
import { isRefusedHere } from './sensitive.ts'
import { raiseAlert } from './submit.ts'
import { newTalk } from './talk.ts'
import type { Talk } from './talk.ts'
import { look, NOTHING_FOUND, seedOf, turnOf } from './turn.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/** Submit handler of the flows that become a case. */
const REPORT = 'case'

export type Given = Readonly<Record<string, string>>

export const titleOf = (flow: Flow): TextRef => ({ key: `flows/${flow.id}:title` })

/**
 * Opens a new conversation and puts its first question. The one that was open must have been set aside before. What was told
 * before goes with it; danger that was told is passed on at once where it is known from which village.
 * @param now words of the message that is being handled which belong to what was told
 */
export async function beginFlow(
  parts: Parts,
  work: Work,
  flow: Flow,
  given: Given,
  now: string | null = null,
): Promise<void> {
  if (isRefusedHere(parts, work, flow)) return sayElsewhere(parts, work, flow)
  const asked = askedOf(work)
  const told = asked ? await toldBefore(parts, work, asked.told, now) : null
  setAsked(parts, work, null)
  const id = parts.ids.next()
  const seed = seedOf(id, parts.seed)
  const found = await look(parts, work.account, parts.engine.openingLookups(flow))
  const turn = { ...turnOf(parts, work.account, seed, work.at, found), told }
  const begun = parts.engine.begin(flow, turn, given)
  const talk = newTalk(id, flow, seed, begun, work.account.record.profile?.id ?? null, work.at)
  work.talk = talk
  await carryOut(parts, work, talk, { ...begun, log: [] })
  if (asked?.danger && flow.submit === REPORT) await raiseAlert(parts, work, talk, 'danger')
}

/** Takes a draft up again. */
export async function reopenFlow(parts: Parts, work: Work, talk: Talk): Promise<void> {
  if (isRefusedHere(parts, work, talk.flow)) return sayElsewhere(parts, work, talk.flow)
  const found = await look(parts, work.account, parts.engine.openingLookups(talk.flow))
  const turn = turnOf(parts, work.account, talk.seed, work.at, found)
  const reopened = parts.engine.reopen(talk.flow, talk.state, turn)
  talk.phase = reopened.state.parked.phase
  say(work, 'flow:draft.resumed')
  await carryOut(parts, work, talk, reopened)
}

/** Sets the open conversation aside and says so; what a flow doesn't keep, or nothing was said in, is dropped without a word. */
export async function setAside(parts: Parts, work: Work, talk: Talk): Promise<void> {
  const { revision } = talk.state.parked
  const turn = turnOf(parts, work.account, talk.seed, work.at, NOTHING_FOUND)
  await carryOut(parts, work, talk, parts.engine.step(talk.flow, talk.state, { kind: 'expire', revision }, turn))
  if (talk.phase === 'draft') say(work, 'messaging:set_aside', { title: titleOf(talk.flow) })
}

/** Puts the open question once more, so that a message about something else doesn't leave the person without one. */
export async function askAgain(parts: Parts, work: Work, talk: Talk): Promise<void> {
  const found = await look(parts, work.account, parts.engine.openingLookups(talk.flow))
  const turn = turnOf(parts, work.account, talk.seed, work.at, found)
  for (const effect of parts.engine.ask(talk.flow, talk.state, turn)) if (effect.kind === 'say') work.said.push(effect)
  markTalk(work, talk, [])
}
