/** Tasks of staff: opened with a day and a ladder of their own, settled once. */
import { insert, seal, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import type { Watching } from '../watching.ts'
import type { TaskKind, TaskRecord } from './ports.ts'

export interface NewTask {
  readonly kind: TaskKind
  /** From the matter sequence. */
  readonly number: string
  readonly caseId: string | null
  readonly householdId: string | null
  readonly territoryId: string
  readonly assigneeId: string | null
  readonly refId: string | null
  /** Kept sealed. */
  readonly detail: string | null
  readonly dueOn: PlainDate
  readonly seenFrom: string | null
  /** What there may be one open task about; the kind is put before it. Null = any number. */
  readonly about: string | null
}

export const taskKey = (kind: TaskKind, about: string): string => `${kind} ${about}`

/**
 * A second open task about the same thing is a `duplicate` of the commit: ask `taskByOpenKey` before.
 * @param from nobody is reminded of it before that moment; default from now on
 * @param told its assignee hears of it at that moment, by a message of whoever opens it
 */
export function openTask(
  task: NewTask,
  watching: Watching,
  at: Instant,
  ids: IdSource,
  told?: Instant,
  from: Instant = at,
): { readonly task: TaskRecord; readonly changes: readonly Change[] } {
  const { about, ...rest } = task
  const record: TaskRecord = {
    ...rest,
    id: ids.next(),
    createdAt: at,
    closedAt: null,
    outcome: null,
    openKey: about === null ? null : taskKey(task.kind, about),
    revision: 0,
  }
  const subject = { kind: 'task', id: record.id, territoryId: record.territoryId } as const
  return {
    task: record,
    changes: [
      insert('Task', { ...record, detail: record.detail === null ? null : seal(record.detail), closedById: null }),
      ...watching.begin('task', subject, from, told),
    ],
  }
}

/** Done, or not needed any more: nothing more is ever sent about it. */
export async function settleTask(
  task: TaskRecord,
  outcome: 'done' | 'dropped',
  byStaffId: string | null,
  watching: Watching,
  at: Instant,
): Promise<readonly Change[]> {
  return [
    update('Task', task.id, task.revision, { closedAt: at, outcome, closedById: byStaffId, openKey: null }),
    ...(await watching.end(task.id, at)),
  ]
}
