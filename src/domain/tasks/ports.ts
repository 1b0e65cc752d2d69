/** What rules about tasks of staff read. Writes are `Change` values (open-task.ts, settle-task.ts). */
import type { Instant, PlainDate } from '../../base/time.ts'

/** What a task asks for; the words are `tasks:kind.<name>` in the locales. */
export const TASK_KINDS = [
  'phone_notice',
  'second_confirm',
  'duplicate_check',
  'candidate_check',
  'spot_check',
  'plan_due',
  'measure_due',
  'referral',
  'hand_over',
  'listing',
  'death_followup',
  'no_owner',
  'cluster',
  'complaint',
  'hand_off',
] as const
export type TaskKind = (typeof TASK_KINDS)[number]

export interface TaskRecord {
  readonly id: string
  /** Of the same series as matter numbers: staff answer with it. */
  readonly number: string
  readonly kind: TaskKind
  readonly caseId: string | null
  readonly householdId: string | null
  readonly territoryId: string
  readonly assigneeId: string | null
  /** What it is about, by kind: id of a measure, another case, a confirmation, a row of a round. */
  readonly refId: string | null
  readonly detail: string | null
  readonly dueOn: PlainDate
  /** Lowest level (`township`, `county`) whose staff may know of it; null = everybody in scope. */
  readonly seenFrom: string | null
  readonly createdAt: Instant
  readonly closedAt: Instant | null
  /** done | dropped */
  readonly outcome: string | null
  readonly openKey: string | null
  readonly revision: number
}

export interface TaskReads {
  /** At most 500 ids; closed ones too. */
  tasks(ids: readonly string[]): Promise<readonly TaskRecord[]>
  taskByNumber(number: string): Promise<TaskRecord | null>
  taskByOpenKey(openKey: string): Promise<TaskRecord | null>
  /** Open ones of these cases (at most 500), by id. */
  openTasksOfCases(caseIds: readonly string[]): Promise<readonly TaskRecord[]>
  /** Open ones, by (due, id), at most `limit`. */
  openTasksAssignedTo(staffId: string, limit: number): Promise<readonly TaskRecord[]>
  /** Open ones of these kinds in these territories, by (due, id), at most `limit`. */
  openTasksIn(
    territoryIds: readonly string[],
    kinds: readonly TaskKind[],
    limit: number,
  ): Promise<readonly TaskRecord[]>
}
