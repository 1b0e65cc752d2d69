/** Whole and half hours, when everybody's robots speak and the platform turns some away: reminders step aside once. */
import type { Random } from '../../base/random.ts'
import { MINUTE, type Clock } from '../../base/time.ts'

const HALF_HOUR = 30 * MINUTE

/** Seconds: what is due in the crowded minutes spreads over three. */
const LEAST = 5
const MOST = 170

const REMEMBERED = 10_000

/** @returns seconds that this message should wait, once for each message; else null */
export function crowded(clock: Clock, random: Random): (messageId: string) => number | null {
  const spread = new Set<string>()
  return (messageId) => {
    const since = clock.now() % HALF_HOUR
    if (spread.has(messageId) || Math.min(since, HALF_HOUR - since) > MINUTE) return null
    const [oldest] = spread
    if (spread.size >= REMEMBERED && oldest !== undefined) spread.delete(oldest)
    spread.add(messageId)
    return LEAST + Math.floor(random() * (MOST - LEAST + 1))
  }
}
