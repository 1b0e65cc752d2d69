/** What a send's outcome makes of the row. */
import type { Change } from '../../base/change.ts'
import type { Random } from '../../base/random.ts'
import { DAY, instant, MINUTE, SECOND } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { SendOutcome } from '../channel.ts'
import { backoff, MAX_ATTEMPTS } from './backoff.ts'
import { LATER } from './outage.ts'
import { AGAIN, markRetry, markSent, markSettled, markUnknown, markUnreached, markUntilPerson } from './row.ts'

/** A person has to mend something first: seldom, and without an end. */
const OPERATOR_PAUSE = 10 * MINUTE

/** A message that an outage held for longer is a dead letter after all. */
const OUTLIVED = 7 * DAY

export interface Settled {
  readonly change: Change
  /** The row is still owed: those behind it wait until then. Null = go on with the next. */
  readonly heldUntil: Instant | null
}

/** A row as it was before the send that ended. */
export interface Sending {
  readonly id: string
  readonly createdAt: Instant
  /** Failures that counted. */
  readonly failures: number
  /** Tells somebody how far their matter is: who can't be written to is called. */
  readonly isOwed: boolean
  /** The send was already the second one of a row with an unknown end. */
  readonly again: boolean
}

/** @param outage until when the whole channel rests because its platform is down; null = it isn't */
export function settle(
  { id, createdAt, failures, isOwed, again }: Sending,
  outcome: SendOutcome,
  outage: Instant | null,
  at: Instant,
  random: Random,
): Settled {
  /** Tried again then, in its place in the chat, without having used up a try. */
  const hold = (dueAt: Instant, error: string): Settled => ({
    change: markRetry(id, dueAt, Math.max(failures, 1), again ? `${AGAIN}: ${error}` : error),
    heldUntil: dueAt,
  })
  switch (outcome.kind) {
    case 'sent':
      return { change: markSent(id, at), heldUntil: null }
    case 'unsendable':
      return {
        change: isOwed ? markUnreached(id, outcome.reason) : markSettled(id, 'unsendable', outcome.reason),
        heldUntil: null,
      }
    case 'person':
      return { change: markUntilPerson(id, outcome.reason), heldUntil: null }
    case 'operator':
      return hold(instant(at + OPERATOR_PAUSE), outcome.reason)
    case 'unknown': {
      if (again) return { change: markSettled(id, 'unknown', outcome.reason), heldUntil: null }
      const dueAt = instant(Math.max(at + backoff(failures + 1, 0, random), outage ?? 0))
      return { change: markUnknown(id, dueAt, failures + 1, outcome.reason), heldUntil: dueAt }
    }
    case 'retry': {
      const { reason, afterSeconds } = outcome
      if (reason.startsWith(LATER)) return hold(instant(at + Math.max(afterSeconds, 1) * SECOND), reason)
      if (outage !== null && at - createdAt < OUTLIVED)
        return hold(instant(Math.max(outage, at + afterSeconds * SECOND)), reason)
      if (failures + 1 >= MAX_ATTEMPTS || outage !== null)
        return { change: markSettled(id, 'dead', reason), heldUntil: null }
      const dueAt = instant(at + backoff(failures + 1, afterSeconds, random))
      const error = again ? `${AGAIN}: ${reason}` : reason
      return { change: markRetry(id, dueAt, failures + 1, error), heldUntil: dueAt }
    }
  }
}
