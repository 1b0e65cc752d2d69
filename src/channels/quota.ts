/** What a platform still lets us send without being asked, account by account; kept by storage, so that a restart forgets nothing. */
import type { Instant } from '../base/time.ts'

export type QuotaKind = 'message' | 'tap'

export interface QuotaLedger {
  /** The person wrote (`message`) or tapped, scanned, subscribed (`tap`): that many messages are allowed from now on. */
  open(account: string, kind: QuotaKind, allowed: number, at: Instant): Promise<void>
  /** What is left of each, and since when; null = never opened. */
  left(account: string): Promise<QuotaLeft | null>
  /** One was used up. */
  use(account: string, kind: QuotaKind): Promise<void>
  /** The platform says that nothing is left, whatever we counted. */
  exhaust(account: string, kind: QuotaKind): Promise<void>
  /** The person unsubscribed, or came back. */
  gone(account: string, at: Instant | null): Promise<void>
}

export interface QuotaLeft {
  readonly messageAt: Instant | null
  readonly messageLeft: number
  readonly tapAt: Instant | null
  readonly tapLeft: number
  readonly goneAt: Instant | null
}
