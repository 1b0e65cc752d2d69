/** What a send's outcome tells beyond its own row. */
import type { Instant } from '../../base/time.ts'
import type { Outgoing, SendOutcome } from '../channel.ts'
import { operatorNotes, type TellOperator } from './operator-notes.ts'
import type { Outages } from './outage.ts'
import type { Waiting } from './waiting.ts'

/** @returns until when the whole channel rests; null = it doesn't */
export type AfterSend = (outgoing: Outgoing, outcome: SendOutcome, at: Instant) => Instant | null

export function afterSend(outages: Outages, waiting: Waiting, tell: TellOperator): AfterSend {
  const noteOperator = operatorNotes(tell)
  return ({ channel, chat }, outcome, at) => {
    if (outcome.kind === 'person') waiting.note(channel, chat)
    else if (outcome.kind === 'operator') noteOperator(channel, outcome, at)
    return outages.saw(channel, outcome, at)
  }
}
