/** What a platform still lets us send without being asked, account by account; kept by storage, so that a restart forgets nothing. */
import type { Instant } from '../base/time.ts'

export type QuotaKind = 'message' | 'tap'

/** How long what the person did counts, in milliseconds. */
export interface QuotaWindow {
  readonly kind: QuotaKind
  readonly ms: number
}

/** One message's worth of what was opened at that moment. */
export interface QuotaTaken {
  readonly kind: QuotaKind
  readonly openedAt: Instant
}

export interface QuotaLedger {
  /**
   * The person wrote (`message`) or tapped, scanned, subscribed (`tap`) at that moment: so many messages are allowed from then on.
   * Of the same moment, or an earlier one, it changes nothing: a platform tells the same thing several times.
   */
  open(account: string, kind: QuotaKind, allowed: number, at: Instant): Promise<void>
  /** What is left of each, and since when; null = never opened. */
  left(account: string): Promise<QuotaLeft | null>
  /**
   * Takes one of the first window that is open and has any left; null = none has, or the person is gone. It is taken before the
   * message leaves: a crash between the two loses one, and never sends one too many.
   */
  take(account: string, windows: readonly QuotaWindow[], at: Instant): Promise<QuotaTaken | null>
  /** The message surely wasn't taken by the platform. Nothing once the window was opened anew. */
  giveBack(account: string, taken: QuotaTaken): Promise<void>
  /** The platform says that nothing is left of that window, whatever we counted. Nothing once it was opened anew. */
  exhaust(account: string, taken: QuotaTaken): Promise<void>
  /** The person unsubscribed, so that nothing is left; or came back (null). Told late, after they did something, it changes nothing. */
  gone(account: string, at: Instant | null): Promise<void>
}

export interface QuotaLeft {
  readonly messageAt: Instant | null
  readonly messageLeft: number
  readonly tapAt: Instant | null
  readonly tapLeft: number
  readonly goneAt: Instant | null
}
