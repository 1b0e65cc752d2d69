/** What binding an account to one of the staff reads. */
import type { Instant, PlainDate } from '../../base/time.ts'
import type { StaffSpeaker } from '../handlers.ts'

/** Wrong codes of both kinds are rows of one table; the ids of these begin so, and sort behind all others. */
export const BIND_TRIES = 'zbind-'

export interface BindCodeRecord {
  readonly id: string
  readonly staffId: string
  readonly expiresAt: Instant
  readonly usedAt: Instant | null
  readonly revision: number
}

export interface BindReads {
  /** The keyed hash under which a code is stored. */
  bindCodeHash(code: string): string
  bindCode(hash: string): Promise<BindCodeRecord | null>
  /** Codes of that person that were not used and have not expired at that moment. */
  openBindCodes(staffId: string, at: Instant): Promise<readonly BindCodeRecord[]>
  /** Wrong codes since then, of one account or (null) of all. */
  bindTries(identityId: string | null, since: Instant): Promise<number>
  /** Null for somebody who is not there on that day. */
  staffSpeaker(staffId: string, on: PlainDate): Promise<StaffSpeaker | null>
  /** Whether an account is bound to that person already. */
  hasAccount(staffId: string): Promise<boolean>
}
