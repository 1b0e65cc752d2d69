/** Tells the log that somebody has to mend a channel: once an hour for each. */
import { HOUR } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { ChannelName, SendOutcome } from '../channel.ts'

export type TellOperator = (channel: ChannelName, reason: string) => void

export function operatorNotes(tell: TellOperator) {
  const told = new Map<ChannelName, Instant>()
  return (channel: ChannelName, outcome: SendOutcome, at: Instant): void => {
    if (outcome.kind !== 'operator') return
    const last = told.get(channel)
    if (last !== undefined && at >= last && at - last < HOUR) return
    told.set(channel, at)
    tell(channel, outcome.reason)
  }
}
