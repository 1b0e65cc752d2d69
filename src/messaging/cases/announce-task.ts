/** A task that its assignee hears of in words of its own, at once or after the quiet hours, in place of the clock's first line. */
import type { Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { addDays, dateAt, type Instant, type PlainDate } from '../../base/time.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import { openTask, type NewTask } from '../../domain/tasks/tasks.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { ReminderMark } from '../channel.ts'
import type { Notice } from '../handlers.ts'

export interface Announced {
  readonly task: TaskRecord
  readonly changes: readonly Change[]
  readonly notices: readonly Notice[]
}

/**
 * @param words of the message, from the task's number
 * @param hearerId who answers for it meanwhile, where that is not whose it is
 */
export async function announceTask(
  { sequence, watching }: Pick<Casework, 'sequence' | 'watching'>,
  task: Omit<NewTask, 'number'>,
  words: (number: string) => TextRef,
  at: Instant,
  zone: string,
  ids: IdSource,
  hearerId: string | null = task.assigneeId,
): Promise<Announced> {
  const on = dateAt(at, zone)
  const number = matterNumber(on, await sequence.take(on))
  const leave = watching.mayLeave('task', at)
  const opened = openTask({ ...task, number }, watching, at, ids, task.assigneeId === null ? undefined : leave)
  const heard = { number, assigneeId: hearerId }
  return { ...opened, notices: taskNotices({ watching }, heard, words(number), leave > at ? leave : null) }
}

/** To whoever has the task; withdrawn by itself when it is settled before it leaves. */
export function taskNotices(
  { watching }: Pick<Casework, 'watching'>,
  { number, assigneeId }: Pick<TaskRecord, 'number' | 'assigneeId'>,
  text: TextRef,
  notBefore: Instant | null,
): readonly Notice[] {
  if (assigneeId === null) return []
  const mark = watching.markOf('task')
  const reminder: ReminderMark | null = mark && { ...mark, matters: [number], items: [{ ...mark, matter: number }] }
  return [{ to: { kind: 'staff', staffId: assigneeId }, say: [{ text }], matter: null, reminder, notBefore }]
}

/** The day on which so many working days have passed. */
export function workingDaysAfter({ calendar }: Pick<Casework, 'calendar'>, on: PlainDate, days: number): PlainDate {
  let day = calendar.onOrAfter(on)
  for (let left = days; left > 0; left -= 1) day = calendar.onOrAfter(addDays(day, 1))
  return day
}
