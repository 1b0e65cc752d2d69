/** An answer that is owed is a task of whoever is asked: its ladder reminds, and climbs to the township. */
import type { Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant } from '../../base/time.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import { openTask, settleTask, taskKey } from '../../domain/tasks/tasks.ts'
import type { HandOffDesk } from './desk.ts'
import type { HandOffRecord } from './ports.ts'

const KIND = 'hand_off'

export const waitingTask = ({ tasks }: Pick<HandOffDesk, 'tasks'>, { id }: HandOffRecord): Promise<TaskRecord | null> =>
  tasks.taskByOpenKey(taskKey(KIND, id))

/**
 * The first has the number of the talk; one that is opened after an answer has its own, which staff may answer with as well.
 * @param leave when its assignee hears of it, in a message of its own
 */
export async function oweAnswer(
  { tasks, sequence, watching, calendar }: HandOffDesk,
  talk: HandOffRecord,
  staffId: string,
  leave: Instant,
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<readonly Change[]> {
  const on = dateAt(at, zone)
  const isTaken = (await tasks.taskByNumber(talk.number)) !== null
  const task = {
    kind: KIND,
    number: isTaken ? matterNumber(on, await sequence.take(on)) : talk.number,
    caseId: null,
    householdId: null,
    territoryId: talk.territoryId,
    assigneeId: staffId,
    refId: talk.id,
    detail: null,
    dueOn: calendar.onOrAfter(dateAt(leave, zone)),
    seenFrom: null,
    about: talk.id,
  } as const
  return openTask(task, watching, at, ids, leave).changes
}

/** @param staffId who answered; null = nobody has to any more */
export async function answerGiven(
  desk: Pick<HandOffDesk, 'tasks' | 'watching'>,
  talk: HandOffRecord,
  staffId: string | null,
  at: Instant,
): Promise<readonly Change[]> {
  const task = await waitingTask(desk, talk)
  return task ? settleTask(task, staffId === null ? 'dropped' : 'done', staffId, desk.watching, at) : []
}
