/** When the platform is asked again after it did not take a message. */
import { DAY, HOUR, SECOND, type Instant } from '../../base/time.ts'
import type { SendOutcome } from '../../messaging/channel.ts'

/** The platform counts days by China's clock, which knows no summer time. */
const CHINA = 8 * HOUR

/** Seconds after which it is asked again that was busy, down or out of reach: the shortest and the longest. */
const SHORTEST = 5
const LONGEST = 60

/** Seconds after which the calls of a minute are counted anew. */
export const NEXT_MINUTE = 60

/** Seconds until quotas of the day begin anew. */
export const untilTomorrow = (at: Instant): number => Math.ceil((DAY - ((at + CHINA) % DAY)) / SECOND)

/** Seconds. @param since when it has been down */
export const restOf = (since: Instant, at: Instant): number =>
  Math.round(Math.min(LONGEST, Math.max(SHORTEST, (at - since) / SECOND / 4)))

export type Later = Extract<SendOutcome, { kind: 'retry' }>

/**
 * Not the message's failure nor the channel's: it uses up none of its tries, and other chats go on. Where the interface can't be
 * reached, people who write are still answered in the same breath, and must not wait for it.
 */
export const later = (reason: string, afterSeconds = SHORTEST): Later => ({
  kind: 'retry',
  afterSeconds,
  reason: `later:${reason}`,
})
