/** What one person may still be sent: 5 messages within 48 hours of their last, 3 within a minute of a tap, scan or subscription. */
import { HOUR, MINUTE, SECOND, type Instant } from '../../base/time.ts'
import type { QuotaKind, QuotaLeft, QuotaWindow } from '../quota.ts'

export const ALLOWED: Readonly<Record<QuotaKind, number>> = { message: 5, tap: 3 }

/**
 * The one that ends sooner first. Each ends a little before the platform's: a message is on its way for a moment, and the
 * platform tells its moments in whole seconds by its own clock.
 */
export const WINDOWS: readonly QuotaWindow[] = [
  { kind: 'tap', ms: MINUTE - 5 * SECOND },
  { kind: 'message', ms: 48 * HOUR - MINUTE },
]

/** Messages that may leave at that moment. */
export function leftAt(left: QuotaLeft | null, at: Instant): number {
  if (left === null || left.goneAt !== null) return 0
  const of = (openedAt: Instant | null, count: number, { ms }: QuotaWindow) =>
    openedAt !== null && at < openedAt + ms ? count : 0
  return WINDOWS.reduce(
    (sum, window) =>
      sum +
      (window.kind === 'tap' ? of(left.tapAt, left.tapLeft, window) : of(left.messageAt, left.messageLeft, window)),
    0,
  )
}
