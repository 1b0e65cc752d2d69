/** Makes row identifiers. Passed in wherever ids are needed, so that a run with a seeded source repeats exactly. */
export interface IdSource {
  /** A new identifier: 20 characters of [0-9a-z]; later ones sort after earlier ones of the same process. */
  next(): string
}

import type { Clock, Instant } from './time.ts'
import type { Random } from './random.ts'

const TIME_LENGTH = 9
const NODE_LENGTH = 6
const COUNT_LENGTH = 5
const COUNT_LIMIT = 36 ** COUNT_LENGTH

/**
 * Time-sorted identifiers: milliseconds, a random word per process, a counter.
 * Ids are handed out in arrival order, which keeps index inserts at the right edge of the tree.
 */
export function sortableIds(clock: Clock, random: Random): IdSource {
  const node = Math.floor(random() * 36 ** NODE_LENGTH)
    .toString(36)
    .padStart(NODE_LENGTH, '0')
  let count = 0
  let stamp = ''
  let stampedAt = -1
  return {
    next() {
      const now = Math.max(clock.now(), stampedAt)
      if (now !== stampedAt) {
        stampedAt = now
        stamp = stampOf(now) + node
      }
      count = (count + 1) % COUNT_LIMIT
      if (count === 0) stampedAt += 1
      return stamp + count.toString(36).padStart(COUNT_LENGTH, '0')
    },
  }
}

const stampOf = (milliseconds: number): string => milliseconds.toString(36).padStart(TIME_LENGTH, '0')

/** Ids made at that moment or later sort behind it. */
export const idsSince = (at: Instant): string => stampOf(at)
