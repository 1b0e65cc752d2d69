/** A number of one's own that the words around it don't fit, or a visit's or a task's alone: what it is, and how to answer it. */
import { dateAt, daysBetween } from '../../base/time.ts'
import { isLikeMatterNumber, isMatterNumber } from '../../domain/cases/matter-number.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { Casework } from '../casework.ts'
import { findMatter } from '../cases/find-matter.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { covers, maySee } from '../scope.ts'
import { answerablePlan } from '../visits/answerable-plan.ts'
import { answered } from './matter-for-staff.ts'

/** Longer messages are talk. */
const LONGEST = 80

/** After every command that knows what to do with a number; before what villagers are asked about one. */
export function otherNumberCommand(casework: Casework): CommandHandler {
  return async (context) => {
    const { staff } = context.speaker
    if (!staff || context.group || context.choice !== null || context.text.length > LONGEST) return null
    const said = normalise(context.text)
    const number = (said.match(/\d{11,16}/g) ?? []).find((each) => isLikeMatterNumber(each))
    if (number === undefined) return null
    const visit = await ofVisit(casework, number, staff, context)
    if (visit) return visit
    const task = await casework.tasks.taskByNumber(number)
    if (task && (await mayKnow(casework, task, staff))) return ofTask(casework, task, context)
    // A matter's number alone is answered elsewhere.
    if (said === number) return null
    if (!isMatterNumber(number)) return answered('cases:staff.bad_number', { number })
    const found = await findMatter(casework, number, staff)
    if (found.kind !== 'found') return { ...answered(''), say: [{ text: found.say }] }
    return answered('stages:other.case', { number, kind: { key: `cases:kind_staff.${found.matter.kind}` } })
  }
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
