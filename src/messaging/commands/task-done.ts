/** 已办 with the number of a task that somebody only has to look at: a village with several reports, a family after a death; or of a measure. */
import { endMeasure } from '../../domain/measures/measures.ts'
import { settleTask } from '../../domain/tasks/tasks.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { covers, maySee } from '../scope.ts'
import { answered } from './matter-for-staff.ts'
import { commandWords } from './typed.ts'

const LOOKED_AT = ['cluster', 'death_followup']

/** What is no such task is another command's. */
export function taskDoneCommand(casework: Casework, text: Text): CommandHandler {
  const words = commandWords(text, 'referrals', ['done'] as const)
  return async (context) => {
    const { staff } = context.speaker
    const number = context.choice === null ? words.read(context.text)?.numbers[0] : undefined
    const task = staff && number !== undefined ? await casework.tasks.taskByNumber(number) : null
    if (!staff || !task || !(LOOKED_AT.includes(task.kind) || task.kind === 'measure_due')) return null
    const [place] = await casework.registry.territories([task.territoryId])
    const isTheirs = task.assigneeId === staff.id
    if (!isTheirs && !(place && maySee(staff, task.seenFrom, place.path)))
      return answered('cases:staff.unknown_number', { number: task.number })
    if (!isTheirs && !(place && covers(staff, place.path)))
      return answered('cases:staff.no_scope', { number: task.number })
    if (task.closedAt !== null) return answered('cases:staff.not_open', { number: task.number })
    return done(casework, task, staff, context)
  }
}

async function done(
  casework: Casework,
  task: TaskRecord,
  staff: StaffSpeaker,
  { at, zone, ids }: CommandContext,
): Promise<HandlerResult & { readonly photoOf?: string }> {
  const { watching } = casework
  const measure = task.kind === 'measure_due' ? await casework.measures.measure(task.refId ?? '') : null
  const [matter] = measure?.caseId ? await casework.cases.cases([measure.caseId]) : []
  const ended = { state: 'done', amount: null, reason: null } as const
  const changes =
    measure && matter && measure.state === 'planned'
      ? await endMeasure(matter, measure, ended, staff.id, { watching, tasks: [task], zone }, at, ids)
      : await settleTask(task, 'done', staff.id, watching, at)
  const answer = answered('referrals:task_done', { number: task.number }, { changes })
  return measure?.state === 'planned' ? { ...answer, photoOf: measure.id } : answer
}
