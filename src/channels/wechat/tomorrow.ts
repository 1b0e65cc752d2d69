import { DAY, HOUR, SECOND, type Instant } from '../../base/time.ts'

/** The platform counts days by China's clock, which knows no summer time. */
const CHINA = 8 * HOUR

/** Seconds until quotas of the day begin anew. */
export const untilTomorrow = (at: Instant): number => Math.ceil((DAY - ((at + CHINA) % DAY)) / SECOND)
