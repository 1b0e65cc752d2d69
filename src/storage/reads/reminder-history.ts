import type { PlannedReminder, ReminderHistory, ReminderMessage, WatchRecord } from '../../reminders/ports.ts'
import type { Query, RowSource } from '../row-source.ts'
import { byId, byText, inParts } from './lists.ts'

const REMINDER = ['id', 'rule', 'rung', 'number', 'subjectId', 'recipient', 'outboxId', 'plannedAt'] as const
const MESSAGE = ['id', 'channel', 'chat', 'state', 'error', 'dueAt', 'sentAt', 'createdAt', 'payload'] as const

const MOST_REMINDERS = 500
const MOST_DIGESTS = 400

export function reminderHistory(rows: RowSource): ReminderHistory {
  const find = async (query: Query<'Reminder'>) =>
    (await rows.find('Reminder', { ...query, columns: REMINDER })) as PlannedReminder[]
  return {
    allWatchesOf: async (ids) =>
      (await inParts(ids, (part) => rows.find('Watch', { where: { subjectId: { in: part } } }))).sort(
        byId,
      ) as unknown as WatchRecord[],
    remindersIn: (outboxId) => find({ where: { outboxId }, order: ['id'] }),
    async remindersOf(numbers, subjectId) {
      // By number, which is indexed; a visit that was never numbered was never reminded of.
      const found = numbers.length === 0 ? [] : await find({ where: { number: { in: numbers }, subjectId } })
      return found
        .sort((a, b) => a.plannedAt - b.plannedAt || byText<PlannedReminder>((row) => row.id)(a, b))
        .slice(-MOST_REMINDERS)
    },
    digestsTo: (digest, groupId, from) =>
      find({
        where: { id: { gte: `${digest}|0|${groupId}|${from}`, lt: `${digest}|0|${groupId}}` } },
        order: ['id'],
        limit: MOST_DIGESTS,
      }),
    messages: async (ids) =>
      (await inParts(ids, (part) =>
        rows.find('Outbox', { columns: MESSAGE, where: { id: { in: part } } }),
      )) as ReminderMessage[],
  }
}
