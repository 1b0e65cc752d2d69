/** A one-time code that binds a chat account to one of the staff. The code itself is nowhere. */
import { insert, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { instant, type Instant } from '../../base/time.ts'
import type { DigitSource } from '../move/digits.ts'
import type { PeoplePolicy } from '../speaker/policy.ts'
import type { BindReads } from './ports.ts'

export interface GivenCode {
  readonly code: string
  readonly changes: readonly Change[]
  /** Earlier codes that are good no more. */
  readonly replaced: number
}

/** @param actor who gives it: `operator`, `account:<id>` */
export async function giveBindCode(
  staffId: string,
  actor: string,
  {
    reads,
    policy,
    digits,
    ids,
  }: { reads: BindReads; policy: PeoplePolicy['bind']; digits: DigitSource; ids: IdSource },
  at: Instant,
): Promise<GivenCode> {
  const open = await reads.openBindCodes(staffId, at)
  const code = digits(policy.digits)
  const row = {
    id: ids.next(),
    staffId,
    codeHash: reads.bindCodeHash(code),
    createdAt: at,
    expiresAt: instant(at + policy.validMs),
    usedAt: null,
    identityId: null,
    revision: 0,
  }
  return {
    code,
    replaced: open.length,
    changes: [
      ...open.map((older) => update('BindCode', older.id, older.revision, { usedAt: at })),
      insert('BindCode', row),
      insert('AuditEntry', { at, actor, action: 'bind_code', subject: staffId, detail: {} }),
    ],
  }
}

/** `1234 5678` */
export const spaced = (code: string): string => code.replace(/^(.{4})(.+)$/, '$1 $2')
