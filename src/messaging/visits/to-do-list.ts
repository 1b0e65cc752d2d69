/** Everything that one staff member has to do, for others who are away too: matters, visits and tasks, what is overdue first, place by place. */
import { addDays, daysBetween, type PlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { TerritoryRecord } from '../../domain/registry/ports.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import type { VisitedHousehold, VisitPlanRecord } from '../../domain/visits/ports.ts'
import type { Choice, TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { StaffSpeaker } from '../handlers.ts'
import { covers, maySee } from '../scope.ts'
import type { ShownItem } from './shown-list.ts'

export interface ToDo extends ShownItem {
  readonly due: string
  /** "" before a visit has one. */
  readonly number: string
  readonly isOverdue: boolean
  /** Name of its village, hamlet or site. */
  readonly where: string
  readonly what: TextRef
  /** Of the visit's plan; 0 for all else. */
  readonly priority: number
  /** What a tap can answer. */
  readonly actions: readonly Choice[]
}

const MOST_READ = 200

/** Visits are listed from this many days before their day. */
const DAYS_AHEAD = 2

const NO_DAY = '9999'

interface Known {
  readonly on: PlainDate
  readonly places: ReadonlyMap<string, TerritoryRecord>
  readonly households: ReadonlyMap<string, VisitedHousehold>
  readonly matters: ReadonlyMap<string, CaseRecord>
}

export async function toDoList(casework: Casework, staff: StaffSpeaker, on: PlainDate): Promise<readonly ToDo[]> {
  const { cases, visits, tasks, registry } = casework
  const away = await registry.coveredBy([staff.id], on)
  const owners = [staff.id, ...new Set(away.map(({ staffId }) => staffId))]
  const [matters, plans, theirs] = await Promise.all([
    ofEach(owners, (id) => cases.openCasesAssignedTo(id, MOST_READ)),
    ofEach(owners, (id) => visits.openPlansAssignedTo(id, addDays(on, DAYS_AHEAD), MOST_READ)),
    ofEach(owners, (id) => tasks.openTasksAssignedTo(id, MOST_READ)),
  ])
  const householdIds = [...plans, ...theirs].flatMap(({ householdId }) => householdId ?? [])
  const placeIds = [...matters, ...plans, ...theirs].map(({ territoryId }) => territoryId)
  const [places, households, about] = await Promise.all([
    registry.territories([...new Set(placeIds)]),
    visits.visited([...new Set(householdIds)]),
    cases.cases([...new Set(theirs.flatMap(({ caseId }) => caseId ?? []))]),
  ])
  const known: Known = {
    on,
    places: byId(places),
    households: byId(households),
    matters: byId(about),
  }
  // Standing in for somebody opens nothing that is not open to the one who does.
  const isInReach = (one: { readonly assigneeId: string | null; readonly territoryId: string }) =>
    one.assigneeId === staff.id || covers(staff, known.places.get(one.territoryId)?.path ?? '')
  const isTheirs = (one: { readonly seenFrom: string | null; readonly territoryId: string }) =>
    maySee(staff, one.seenFrom, known.places.get(one.territoryId)?.path ?? '')
  const isTold = (caseId: string | null) => {
    const matter = caseId === null ? undefined : known.matters.get(caseId)
    return !matter || isTheirs(matter)
  }
  return [
    ...matters.filter((one) => isTheirs(one) && isInReach(one)).map((matter) => ofCase(matter, known)),
    ...plans.filter(isInReach).map((plan) => ofVisit(plan, casework, known)),
    ...theirs
      .filter((task) => isTheirs(task) && isInReach(task) && isTold(task.caseId))
      .map((task) => ofTask(task, known)),
  ].sort(inOrder)
}

const ofEach = async <One>(ids: readonly string[], read: (id: string) => Promise<readonly One[]>): Promise<One[]> =>
  (await Promise.all(ids.map(read))).flat()

const byId = <One extends { readonly id: string }>(rows: readonly One[]): ReadonlyMap<string, One> =>
  new Map(rows.map((row) => [row.id, row]))

/** What is overdue first; within each half place by place, as one walks. */
const inOrder = (a: ToDo, b: ToDo): number =>
  Number(b.isOverdue) - Number(a.isOverdue) ||
  order(a.where, b.where) ||
  order(a.due, b.due) ||
  b.priority - a.priority ||
  order(a.number, b.number)

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const NO_NAME = { key: 'cases:staff.no_name' }

function placed({ places }: Known, territoryId: string): { readonly name: string; readonly shown: string | TextRef } {
  const name = places.get(territoryId)?.name
  return name === undefined ? { name: '', shown: { key: 'cases:staff.no_village' } } : { name, shown: name }
}

function ofCase(matter: CaseRecord, known: Known): ToDo {
  const due = matter.stageDueOn ?? matter.decideBy
  const over = overdue(due, known.on)
  const place = placed(known, matter.territoryId)
  const key = matter.stageDueOn === null ? 'case' : over > 0 ? 'case_over' : 'case_due'
  return {
    kind: 'case',
    id: matter.id,
    due: due ?? NO_DAY,
    number: matter.number,
    isOverdue: over > 0,
    where: place.name,
    priority: 0,
    what: {
      key: `visits:todo.${key}`,
      params: {
        kind: { key: `cases:kind_staff.${matter.kind}` },
        who: matter.personName ?? NO_NAME,
        where: place.shown,
        stage: { key: `cases:stage.${matter.stage}` },
        due: matter.stageDueOn ?? '',
        count: over,
      },
    },
    actions:
      matter.acknowledgedAt === null
        ? [action(`ack:${matter.number}`, matter.number, { key: 'cases:staff.acknowledge' })]
        : [],
  }
}

function ofVisit(plan: VisitPlanRecord, { plans }: Casework, known: Known): ToDo {
  const over = overdue(plan.dueOn, known.on)
  const place = placed(known, plan.territoryId)
  const household = known.households.get(plan.householdId ?? '')
  const member = household?.members.find(({ id }) => id === plan.memberId)
  const { resolvedBy, priority } = plans.rule(plan.plan)
  const isSite = resolvedBy === 'site_quarter'
  const who: string | TextRef = !household
    ? NO_NAME
    : member && member.name !== household.head
      ? { key: 'visits:todo.elder', params: { member: member.name, head: household.head } }
      : household.head
  const base: TextRef = {
    key: `visits:todo.${isSite ? 'site' : 'visit'}${over > 0 ? '_over' : ''}`,
    params: { who, where: place.shown, due: plan.dueOn, count: over },
  }
  return {
    kind: 'visit',
    id: plan.id,
    due: plan.dueOn,
    number: plan.number ?? '',
    isOverdue: over > 0,
    where: place.name,
    priority,
    what: plan.attempts === 0 ? base : { key: 'visits:todo.attempted', params: { what: base, count: plan.attempts } },
    actions:
      plan.number === null || isSite
        ? []
        : [action(`visit:${plan.number}:visited`, plan.number, { key: 'reminders:actions.visited' })],
  }
}

function ofTask(task: TaskRecord, known: Known): ToDo {
  const over = overdue(task.dueOn, known.on)
  const place = placed(known, task.territoryId)
  const matter = task.caseId === null ? undefined : known.matters.get(task.caseId)
  const household = known.households.get(task.householdId ?? '')
  return {
    kind: 'task',
    id: task.id,
    due: task.dueOn,
    number: task.number,
    isOverdue: over > 0,
    where: place.name,
    priority: 0,
    what: {
      key: over > 0 ? 'visits:todo.task_over' : 'visits:todo.task',
      params: {
        what: { key: `tasks:kind.${task.kind}` },
        who: household?.head ?? matter?.personName ?? NO_NAME,
        where: place.shown,
        due: task.dueOn,
        count: over,
      },
    },
    actions: [],
  }
}

const overdue = (due: PlainDate | null, on: PlainDate): number => (due === null ? 0 : Math.max(0, daysBetween(due, on)))

const action = (id: string, number: string, what: TextRef): Choice => ({
  id,
  label: { key: 'visits:todo.action', params: { number, what } },
})
