/** What a send's outcome makes of the row. */
import type { Change } from '../../base/change.ts'
import type { Random } from '../../base/random.ts'
import { instant, MINUTE } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { SendOutcome } from '../channel.ts'
import { backoff, MAX_ATTEMPTS } from './backoff.ts'
import { AGAIN, markRetry, markSent, markSettled, markUnknown } from './row.ts'

/** A person has to mend something first: seldom, and without an end. */
const OPERATOR_PAUSE = 10 * MINUTE

export interface Settled {
  readonly change: Change
  /** The row is still owed: those behind it wait until then. Null = go on with the next. */
  readonly heldUntil: Instant | null
}

/**
 * @param failures of this row before this send
 * @param again whether this send was already the second one of a row with an unknown end
 */
export function settle(
  id: string,
  outcome: SendOutcome,
  failures: number,
  again: boolean,
  at: Instant,
  random: Random,
): Settled {
  switch (outcome.kind) {
    case 'sent':
      return { change: markSent(id, at), heldUntil: null }
    case 'unsendable':
      return { change: markSettled(id, 'unsendable', outcome.reason), heldUntil: null }
    case 'person':
      return { change: markSettled(id, 'waiting', outcome.reason), heldUntil: null }
    case 'operator': {
      const dueAt = instant(at + OPERATOR_PAUSE)
      return { change: markRetry(id, dueAt, failures, outcome.reason), heldUntil: dueAt }
    }
    case 'unknown': {
      if (again) return { change: markSettled(id, 'unknown', outcome.reason), heldUntil: null }
      const dueAt = instant(at + backoff(failures + 1, 0, random))
      return { change: markUnknown(id, dueAt, failures + 1, outcome.reason), heldUntil: dueAt }
    }
    case 'retry': {
      if (failures + 1 >= MAX_ATTEMPTS) return { change: markSettled(id, 'dead', outcome.reason), heldUntil: null }
      const dueAt = instant(at + backoff(failures + 1, outcome.afterSeconds, random))
      const error = again ? `${AGAIN}: ${outcome.reason}` : outcome.reason
      return { change: markRetry(id, dueAt, failures + 1, error), heldUntil: dueAt }
    }
  }
}
