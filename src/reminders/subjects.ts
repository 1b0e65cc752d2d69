/** What reminders are about, read anew each time: nothing is said from memory. */
import { daysBetween, instant, instantOf, type Instant, type PlainDate } from '../base/time.ts'
import type { CaseReads, CaseRecord } from '../domain/cases/ports.ts'
import { ALARM_SAID, type AlarmSaid } from '../domain/cases/report.ts'
import type { HouseholdRecord, RegistryReads, TerritoryRecord } from '../domain/registry/ports.ts'
import type { TaskReads, TaskRecord } from '../domain/tasks/ports.ts'
import type { VisitPlanRecord, VisitReads } from '../domain/visits/ports.ts'
import type { Rule } from './policy.ts'
import type { WatchRecord } from './ports.ts'
import type { Anchor } from './times.ts'

export type Subject =
  | {
      readonly kind: 'case'
      readonly matter: CaseRecord
      readonly place: TerritoryRecord | null
      /** What was said of the danger, when it was said in the middle of a report. */
      readonly alarm: AlarmSaid | null
      readonly phone: string | null
    }
  | {
      readonly kind: 'visit'
      readonly plan: VisitPlanRecord
      readonly place: TerritoryRecord | null
      readonly household: HouseholdRecord | null
    }
  | {
      readonly kind: 'task'
      readonly task: TaskRecord
      readonly place: TerritoryRecord | null
      readonly household: HouseholdRecord | null
      /** The matter that it belongs to. */
      readonly matter: CaseRecord | null
    }

export interface SubjectReads {
  readonly cases: Pick<CaseReads, 'cases' | 'caseByNumber' | 'eventDetails'>
  readonly visits: Pick<VisitReads, 'plans' | 'planByNumber'>
  readonly tasks: Pick<TaskReads, 'tasks' | 'taskByNumber'>
  readonly registry: Pick<RegistryReads, 'territories' | 'households' | 'profiles'>
}

/** By subject id; what no longer exists is missing. At most 500. */
export async function readSubjects(
  reads: SubjectReads,
  wanted: readonly Pick<WatchRecord, 'subjectKind' | 'subjectId'>[],
): Promise<ReadonlyMap<string, Subject>> {
  const idsOf = (kind: WatchRecord['subjectKind']) => [
    ...new Set(wanted.filter((each) => each.subjectKind === kind).map((each) => each.subjectId)),
  ]
  const [caseIds, planIds, taskIds] = [idsOf('case'), idsOf('visit'), idsOf('task')]
  const [matters, plans, tasks] = await Promise.all([
    caseIds.length > 0 ? reads.cases.cases(caseIds) : [],
    planIds.length > 0 ? reads.visits.plans(planIds) : [],
    taskIds.length > 0 ? reads.tasks.tasks(taskIds) : [],
  ])
  return describeSubjects(reads, matters, plans, tasks)
}

export async function describeSubjects(
  reads: SubjectReads,
  matters: readonly CaseRecord[],
  plans: readonly VisitPlanRecord[],
  tasks: readonly TaskRecord[] = [],
): Promise<ReadonlyMap<string, Subject>> {
  const households = await byId(
    [...plans, ...tasks].map((each) => each.householdId),
    (ids) => reads.registry.households(ids),
  )
  const profiles = await byId(
    matters.map((matter) => matter.profileId),
    (ids) => reads.registry.profiles(ids),
  )
  const places = await byId(
    [...matters, ...plans, ...tasks].map((each) => each.territoryId),
    (ids) => reads.registry.territories(ids),
  )
  const alarms = await alarmsSaid(
    reads,
    matters.filter((matter) => matter.urgency !== 'normal').map((matter) => matter.id),
  )
  const found = new Map<string, Subject>()
  for (const matter of matters) {
    const place = places.get(matter.territoryId) ?? null
    const profile = matter.profileId === null ? null : (profiles.get(matter.profileId) ?? null)
    const alarm = alarms.get(matter.id) ?? null
    found.set(matter.id, { kind: 'case', matter, place, alarm, phone: profile?.phone ?? alarm?.phone ?? null })
  }
  for (const plan of plans) {
    const household = plan.householdId === null ? null : (households.get(plan.householdId) ?? null)
    found.set(plan.id, { kind: 'visit', plan, place: places.get(plan.territoryId) ?? null, household })
  }
  const theirs = await byId(
    tasks.map((task) => task.caseId),
    (ids) => reads.cases.cases(ids),
  )
  for (const task of tasks) {
    found.set(task.id, {
      kind: 'task',
      task,
      place: places.get(task.territoryId) ?? null,
      household: task.householdId === null ? null : (households.get(task.householdId) ?? null),
      matter: task.caseId === null ? null : (theirs.get(task.caseId) ?? null),
    })
  }
  return found
}

/** The last one of each case counts. */
async function alarmsSaid(reads: SubjectReads, caseIds: readonly string[]): Promise<ReadonlyMap<string, AlarmSaid>> {
  if (caseIds.length === 0) return new Map()
  const entries = await reads.cases.eventDetails(caseIds, ALARM_SAID)
  return new Map(
    entries.flatMap(({ caseId, detail }) => (detail === null ? [] : [[caseId, JSON.parse(detail) as AlarmSaid]])),
  )
}

async function byId<T extends { readonly id: string }>(
  ids: readonly (string | null)[],
  read: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<ReadonlyMap<string, T>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  return new Map(wanted.length === 0 ? [] : (await read(wanted)).map((row) => [row.id, row]))
}

/** The row that it is about. */
export const rowOf = (subject: Subject): CaseRecord | VisitPlanRecord | TaskRecord =>
  subject.kind === 'case' ? subject.matter : subject.kind === 'visit' ? subject.plan : subject.task

export const numberOf = (subject: Subject): string | null => rowOf(subject).number
export const assigneeOf = (subject: Subject): string | null => rowOf(subject).assigneeId
export const territoryOf = (subject: Subject): string => rowOf(subject).territoryId

/** Nothing more to say about it under this rule. */
export function isSettled(rule: Rule, subject: Subject): boolean {
  if (subject.kind === 'visit') return subject.plan.closedOn !== null
  if (subject.kind === 'task') return subject.task.closedAt !== null
  const { matter } = subject
  if (matter.closedAt !== null) return true
  switch (rule.on) {
    case 'urgent_case':
    case 'danger_case':
    case 'case_new':
      return matter.acknowledgedAt !== null
    case 'case_total':
      return matter.decidedOn !== null
    case 'case_stage':
    case 'visit':
    case 'task':
      return false
  }
}

const rowDueOn = (subject: Subject & { kind: 'visit' | 'task' }): PlainDate =>
  subject.kind === 'visit' ? subject.plan.dueOn : subject.task.dueOn

/** Day by which it is owed under this rule; null when there is none. */
export function dueOn(rule: Rule, subject: Subject): PlainDate | null {
  if (subject.kind !== 'case') return rowDueOn(subject)
  return rule.on === 'case_total' ? subject.matter.decideBy : subject.matter.stageDueOn
}

/** Alarms count from when they were first told, which may be later than when the case was opened. */
export function anchorOf(rule: Rule, subject: Subject, firstSeenAt: Instant, zone: string): Anchor {
  const due = dueOn(rule, subject)
  if (subject.kind === 'visit') return { dueOn: due, beganAt: instantOf(subject.plan.dueOn, '00:00', zone) }
  // Of some nobody is reminded before a moment of their own: the clock sees them only then.
  if (subject.kind === 'task') return { dueOn: due, beganAt: instant(Math.max(subject.task.createdAt, firstSeenAt)) }
  const { matter } = subject
  if (rule.on === 'case_stage')
    return { dueOn: due, beganAt: matter.openedAt, phase: `${matter.stage}/${matter.stageEnteredOn}` }
  const isAlarm = rule.on === 'urgent_case' || rule.on === 'danger_case'
  return { dueOn: due, beganAt: isAlarm ? firstSeenAt : matter.openedAt }
}

/** Days left until it is due; negative when overdue. */
export function daysLeft(rule: Rule, subject: Subject, on: PlainDate): number {
  const due = dueOn(rule, subject)
  return due === null ? 0 : daysBetween(on, due)
}
