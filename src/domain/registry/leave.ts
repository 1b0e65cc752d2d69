/** Being away and coming back: what is stored. */
import { insert, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import type { CoverRecord } from './ports.ts'

export interface Leave {
  readonly staffId: string
  readonly byStaffId: string
  readonly fromOn: PlainDate
  /** The last day included. */
  readonly toOn: PlainDate
}

/** @param own covers of that person; those of the same days give way */
export function takeLeave(leave: Leave, own: readonly CoverRecord[], at: Instant, ids: IdSource): readonly Change[] {
  const { staffId, byStaffId, fromOn, toOn } = leave
  return [
    ...own.filter((cover) => overlaps(cover, leave)).map((cover) => ended(cover, at)),
    insert('Cover', { id: ids.next(), staffId, byStaffId, fromOn, toOn, createdAt: at, endedAt: null, revision: 0 }),
    audited(staffId, 'leave', { by: byStaffId, from: fromOn, to: toOn }, at),
  ]
}

/** Ends what holds now and what was still to come. @returns null when there is nothing to end */
export function comeBack(
  staffId: string,
  own: readonly CoverRecord[],
  on: PlainDate,
  at: Instant,
): { readonly changes: readonly Change[]; readonly ended: readonly CoverRecord[] } | null {
  const open = own.filter((cover) => cover.toOn >= on)
  if (open.length === 0) return null
  return {
    changes: [...open.map((cover) => ended(cover, at)), audited(staffId, 'leave_ended', { count: open.length }, at)],
    ended: open,
  }
}

export const overlaps = (a: Pick<Leave, 'fromOn' | 'toOn'>, b: Pick<Leave, 'fromOn' | 'toOn'>): boolean =>
  a.fromOn <= b.toOn && b.fromOn <= a.toOn

const ended = (cover: CoverRecord, at: Instant): Change => update('Cover', cover.id, cover.revision, { endedAt: at })

const audited = (
  staffId: string,
  action: string,
  detail: Readonly<Record<string, string | number>>,
  at: Instant,
): Change => insert('AuditEntry', { at, actor: `staff:${staffId}`, action, subject: staffId, detail })
