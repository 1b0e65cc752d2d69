import { instant, type Clock, type Instant } from '../../base/time.ts'

/** A clock that stands still until it is moved forward. */
export interface MovedClock extends Clock {
  moveTo(at: Instant): void
}

export function movedClock(start: Instant): MovedClock {
  let now = start
  return {
    now: () => now,
    moveTo(at) {
      now = instant(Math.max(now, at))
    },
  }
}
