/** What every step leaves behind: entries of the timeline, and one for who checks what staff did. */
import { insert, seal, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import type { Mover } from './move-terms.ts'
import { CAME, ON } from './past.ts'
import type { CaseRecord } from './ports.ts'
import { event } from './report.ts'

interface Step {
  readonly from: string
  readonly to: string
  readonly on: PlainDate
  readonly today: PlainDate
}

interface Said {
  readonly reason: string | null
  readonly lateReason: string | null
  readonly otherId: string | null
}

export function stepChanges(
  matter: CaseRecord,
  by: Mover,
  { from, to, on, today }: Step,
  { reason, lateReason, otherId }: Said,
  at: Instant,
  ids: IdSource,
): readonly Change[] {
  const entry = (what: string, detail: Parameters<typeof event>[5]) => event(ids, matter.id, at, by, what, detail)
  return [
    entry(CAME, to),
    ...(on === today ? [] : [entry(ON, on)]),
    ...(reason === null ? [] : [entry('reason', seal(reason))]),
    ...(lateReason === null ? [] : [entry('late_reason', seal(lateReason))]),
    ...(otherId === null ? [] : [entry('same_as', otherId)]),
    ...audited(matter, by, 'case_moved', { number: matter.number, from, to, on }, at),
  ]
}

/** Entries of what staff did; villagers' own steps are on the timeline only. */
export const audited = (
  matter: Pick<CaseRecord, 'id'>,
  by: Mover,
  action: string,
  detail: Readonly<Record<string, string>>,
  at: Instant,
): readonly Change[] =>
  by.kind === 'staff'
    ? [insert('AuditEntry', { at, actor: `staff:${by.id ?? ''}`, action, subject: matter.id, detail })]
    : []
