/** The plan of a household, line by line: planned, done or dropped by a person. */
import { insert, seal, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant, type PlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../cases/ports.ts'
import { event } from '../cases/report.ts'
import type { TaskRecord } from '../tasks/ports.ts'
import { openTask, settleTask } from '../tasks/tasks.ts'
import type { Watching } from '../watching.ts'
import type { MeasureRecord } from './ports.ts'

export interface NewMeasure {
  readonly kind: string
  readonly ownerId: string | null
  readonly dueOn: PlainDate | null
  /** Yuan. */
  readonly amount: number | null
  readonly note: string | null
}

export interface MeasureFacts {
  readonly watching: Watching
  /** The number of its own for the reminder of a measure with a day. */
  readonly number: string
  /** Open tasks of the case. */
  readonly tasks: readonly TaskRecord[]
  /** When the owner hears of it: now, and again from then on. */
  readonly told: Instant
  readonly remindFrom: Instant
}

/** A first measure settles what asked for a plan; one with a day reminds its owner of it. */
export async function planMeasure(
  matter: CaseRecord,
  planned: NewMeasure,
  staffId: string,
  facts: MeasureFacts,
  at: Instant,
  ids: IdSource,
): Promise<{ readonly measure: MeasureRecord; readonly changes: readonly Change[] }> {
  const { watching, tasks } = facts
  const measure: MeasureRecord = {
    id: ids.next(),
    caseId: matter.id,
    householdId: matter.householdId,
    territoryId: matter.territoryId,
    kind: planned.kind,
    department: null,
    ownerId: planned.ownerId,
    dueOn: planned.dueOn,
    state: 'planned',
    doneOn: null,
    amount: planned.amount,
    proof: null,
    note: planned.note,
    createdById: staffId,
    createdAt: at,
    revision: 0,
  }
  const reminder = planned.dueOn === null ? [] : dueTask(matter, measure, planned.dueOn, facts, at, ids)
  const asked = tasks.filter((task) => task.kind === 'plan_due')
  return {
    measure,
    changes: [
      insert('Measure', { ...measure, note: measure.note === null ? null : seal(measure.note) }),
      event(ids, matter.id, at, { kind: 'staff', id: staffId }, 'measure_planned', measure.id),
      ...reminder,
      ...(await settled(asked, 'done', staffId, watching, at)),
    ],
  }
}

function dueTask(
  matter: CaseRecord,
  measure: MeasureRecord,
  dueOn: PlainDate,
  { number, watching, told, remindFrom }: MeasureFacts,
  at: Instant,
  ids: IdSource,
): readonly Change[] {
  const task = {
    kind: 'measure_due',
    number,
    caseId: matter.id,
    householdId: matter.householdId,
    territoryId: matter.territoryId,
    assigneeId: measure.ownerId,
    refId: measure.id,
    detail: null,
    dueOn,
    seenFrom: matter.seenFrom,
    about: measure.id,
  } as const
  // Whose day is near hears of it once, when it is planned.
  return remindFrom > told
    ? openTask(task, watching, at, ids, undefined, remindFrom).changes
    : openTask(task, watching, at, ids, told).changes
}

export interface MeasureEnd {
  readonly state: 'done' | 'dropped'
  /** Yuan that it came to; null leaves what was planned. */
  readonly amount: number | null
  readonly reason: string | null
}

/** @param tasks open ones of the case: those about this measure end with it */
export async function endMeasure(
  matter: CaseRecord,
  measure: MeasureRecord,
  { state, amount, reason }: MeasureEnd,
  staffId: string,
  facts: { readonly watching: Watching; readonly tasks: readonly TaskRecord[]; readonly zone: string },
  at: Instant,
  ids: IdSource,
): Promise<readonly Change[]> {
  const on = dateAt(at, facts.zone)
  const about = facts.tasks.filter((task) => task.kind === 'measure_due' && task.refId === measure.id)
  const actor = { kind: 'staff', id: staffId } as const
  const detail = reason === null ? measure.id : seal(`${measure.id} ${reason}`)
  return [
    update('Measure', measure.id, measure.revision, {
      state,
      doneOn: state === 'done' ? on : null,
      ...(amount !== null && { amount }),
    }),
    event(ids, matter.id, at, actor, `measure_${state}`, detail),
    ...(await settled(about, state, staffId, facts.watching, at)),
  ]
}

async function settled(
  tasks: readonly TaskRecord[],
  outcome: 'done' | 'dropped',
  staffId: string,
  watching: Watching,
  at: Instant,
): Promise<readonly Change[]> {
  return (await Promise.all(tasks.map((task) => settleTask(task, outcome, staffId, watching, at)))).flat()
}

/** How many of a plan are done: a matter with none can't be proposed for removal. */
export const measuresDone = (measures: readonly MeasureRecord[]): number =>
  measures.filter(({ state }) => state === 'done').length
