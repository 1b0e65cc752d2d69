/** The clock's side of a subject, as decisions need it; reminders/ implements it. */
import type { Change } from '../base/change.ts'
import type { Instant } from '../base/time.ts'

/** What about a subject is watched; a kind may have no rule, or several. */
export const WATCH_KINDS = [
  'visit',
  'case_new',
  'case_stage',
  'case_total',
  'urgent_case',
  'danger_case',
  'task',
] as const
export type WatchKind = (typeof WATCH_KINDS)[number]

export interface WatchSubject {
  readonly kind: 'visit' | 'case' | 'task'
  readonly id: string
  readonly territoryId: string
}

export interface Watching {
  /**
   * Rows that make the clock look at this subject. The clock plans from when it first sees it, not from `at`.
   * @param told the first rung has been said at that moment already
   */
  begin(kind: WatchKind, subject: WatchSubject, at: Instant, told?: Instant): readonly Change[]
  /** What is watched has a new day (another stage): the ladder begins anew. */
  restart(kind: WatchKind, subjectId: string, at: Instant): Promise<readonly Change[]>
  /** It was not settled after all: the ladder goes on where it stood. */
  resume(subjectId: string, at: Instant): Promise<readonly Change[]>
  /** Settled: nothing more is ever sent about it. */
  end(subjectId: string, at: Instant): Promise<readonly Change[]>
  /** When a first message of this kind may leave: `at` itself, or after quiet hours and days off. */
  mayLeave(kind: WatchKind, at: Instant): Instant
  /** Rule and rung (1-based) by which a message of this kind is marked; null when no rule watches this kind. */
  markOf(kind: WatchKind): { readonly rule: string; readonly rung: number } | null
}
