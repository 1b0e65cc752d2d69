/** The number of a visit or a task where a matter's was expected: what it is, and what can be done with it. */
import { dateAt, daysBetween } from '../../base/time.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { covers, maySee } from '../scope.ts'
import { answerablePlan } from '../visits/answerable-plan.ts'
import { answered } from './matter-for-staff.ts'

/** @returns null in a group, and where the number is neither's, or not theirs to know of */
export async function notAMatter(
  casework: Casework,
  number: string,
  staff: StaffSpeaker,
  context: CommandContext,
): Promise<HandlerResult | null> {
  if (context.group) return null
  const visit = await ofVisit(casework, number, staff, context)
  if (visit) return visit
  const task = await casework.tasks.taskByNumber(number)
  return task && (await mayKnow(casework, task, staff)) ? ofTask(casework, task, context) : null
}

async function ofVisit(
  casework: Casework,
  number: string,
  staff: StaffSpeaker,
  { speaker: { identityId }, at, zone }: CommandContext,
): Promise<HandlerResult | null> {
  const about = await answerablePlan(casework, { identityId, staff }, number)
  if (!about) return null
  if (about.kind === 'refused') return answered(about.key, { number })
  if (about.kind === 'site') return answered('visits:answer.site', { number })
  const { plan, household } = about
  const [place] = await casework.registry.territories([plan.territoryId])
  const late = daysBetween(plan.dueOn, dateAt(at, zone))
  return answered(`stages:other.visit${late > 0 ? '_over' : ''}`, {
    number,
    who: household.head,
    where: place?.name ?? { key: 'cases:staff.no_village' },
    due: plan.dueOn,
    count: late,
  })
}

async function mayKnow({ registry }: Casework, task: TaskRecord, staff: StaffSpeaker): Promise<boolean> {
  const [place] = await registry.territories([task.territoryId])
  const path = place?.path ?? ''
  return maySee(staff, task.seenFrom, path) && (task.assigneeId === staff.id || covers(staff, path))
}

async function ofTask({ cases }: Casework, task: TaskRecord, { at, zone }: CommandContext): Promise<HandlerResult> {
  const { number, dueOn: due } = task
  const what = { key: `tasks:kind.${task.kind}` }
  if (task.closedAt !== null) return answered('stages:other.task_closed', { number, what })
  // Which of the households of a spot check it is about is hidden from whoever calls.
  const caseId = task.kind === 'spot_check' ? null : task.caseId
  const [matter] = caseId === null ? [] : await cases.cases([caseId])
  const over = due < dateAt(at, zone) ? '_over' : ''
  const about = matter?.number ?? number
  const how = { key: `tasks:answer.${task.kind}`, params: { number, about } }
  return answered(`stages:other.task${matter ? '' : '_alone'}${over}`, { number, what, due, about, how })
}
