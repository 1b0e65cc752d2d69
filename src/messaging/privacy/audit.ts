import { insert } from '../../base/change.ts'
import type { Work } from '../work.ts'

/** @param detail counts and ids, never what somebody said */
export function audit(
  work: Work,
  action: string,
  subject: string,
  detail: Readonly<Record<string, string | number>>,
): void {
  const { profile, id } = work.account.record
  work.changes.push(
    insert('AuditEntry', { at: work.at, actor: `villager:${profile?.id ?? id}`, action, subject, detail }),
  )
}
