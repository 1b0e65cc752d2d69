/** A matter that is confirmed asks its helper for a plan; what is closed asks nobody for anything any more. */
import type { Change } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { daysLater } from '../../domain/measures/policy.ts'
import type { TaskKind } from '../../domain/tasks/ports.ts'
import { openTask, settleTask, taskKey } from '../../domain/tasks/tasks.ts'
import type { Casework } from '../casework.ts'
import type { StageChange, StageHook } from '../stage-hooks.ts'

/** Tasks that end with the matter they are about. */
const END_WITH_MATTER: ReadonlySet<TaskKind> = new Set([
  'plan_due',
  'measure_due',
  'referral',
  'hand_over',
  'duplicate_check',
  'death_followup',
])

export const onPlanDue =
  (casework: Casework): StageHook =>
  async (change) => {
    const { after, at } = change
    if (after.closedAt !== null) {
      const open = await casework.tasks.openTasksOfCases([after.id])
      const ended = open.filter((task) => END_WITH_MATTER.has(task.kind))
      const { id, kind } = change.by
      const by = kind === 'staff' ? id : null
      const changes = await Promise.all(ended.map((task) => settleTask(task, 'dropped', by, casework.watching, at)))
      return { changes: changes.flat(), notices: [] }
    }
    const { stages } = casework.measurePolicy.plan
    if (!stages.includes(after.stage)) return { changes: [], notices: [] }
    return { changes: await askForPlan(casework, after, change), notices: [] }
  }

async function askForPlan(
  casework: Casework,
  matter: CaseRecord,
  { at, zone, ids }: StageChange,
): Promise<readonly Change[]> {
  const { measures, tasks, registry, sequence, measurePolicy, calendar, watching } = casework
  const [planned, asked, [household]] = await Promise.all([
    measures.measuresOf([matter.id]),
    tasks.taskByOpenKey(taskKey('plan_due', matter.id)),
    matter.householdId === null ? [] : registry.households([matter.householdId]),
  ])
  if (asked || planned.some(({ state }) => state !== 'dropped')) return []
  const on = dateAt(at, zone)
  const task = {
    kind: 'plan_due',
    number: matterNumber(on, await sequence.take(on)),
    caseId: matter.id,
    householdId: matter.householdId,
    territoryId: matter.territoryId,
    assigneeId: household?.helperId ?? matter.assigneeId,
    refId: null,
    detail: null,
    dueOn: daysLater(matter.stageEnteredOn, measurePolicy.plan, calendar),
    seenFrom: matter.seenFrom,
    about: matter.id,
  } as const
  return openTask(task, watching, at, ids).changes
}
