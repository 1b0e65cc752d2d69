import { instant } from '../../base/time.ts'
import type { ReminderHistory, ReminderReads, WatchRecord } from '../../reminders/ports.ts'
import type { Query, RowSource } from '../row-source.ts'
import { byId, inParts } from './lists.ts'

const WATCH = [
  'id',
  'rule',
  'subjectKind',
  'subjectId',
  'territoryId',
  'rung',
  'repeats',
  'nextDueAt',
  'firstSeenAt',
  'lastSentAt',
  'closedAt',
  'revision',
] as const

export function reminderReads(rows: RowSource): Omit<ReminderReads, keyof ReminderHistory> {
  const find = async (query: Query<'Watch'>) =>
    (await rows.find('Watch', { ...query, columns: WATCH })) as WatchRecord[]
  return {
    dueWatches: (at, after, limit) =>
      find({
        where: {
          closedAt: null,
          nextDueAt: { lte: at, ...(after && { gte: after.nextDueAt }) },
          ...(after && { or: [{ nextDueAt: { gt: after.nextDueAt } }, { id: { gt: after.id } }] }),
        },
        order: ['nextDueAt', 'id'],
        limit,
      }),
    async nextDueAt() {
      const where = { closedAt: null, nextDueAt: { not: null } }
      const first = await rows.first('Watch', { columns: ['nextDueAt'], where, order: ['nextDueAt'] })
      return first?.nextDueAt ?? null
    },
    watchesOf: async (ids) =>
      (await inParts(ids, (part) => find({ where: { subjectId: { in: part }, closedAt: null } }))).sort(byId),
    openWatches: async (rules, territoryIds) =>
      (
        await inParts(territoryIds, (part) =>
          find({ where: { rule: { in: rules }, territoryId: { in: part }, closedAt: null } }),
        )
      ).sort(byId),
    async remindersPlanned(ids) {
      const found = await inParts(ids, (part) =>
        rows.find('Reminder', { columns: ['id'], where: { id: { in: part } } }),
      )
      return new Set(found.map(({ id }) => id))
    },
    async lastFire(job) {
      const last = await rows.first('CronFire', {
        columns: ['id'],
        where: { id: { gt: `${job} `, lt: `${job}!` } },
        order: [{ down: 'id' }],
      })
      return last ? instant(Number(last.id.slice(job.length + 1))) : null
    },
  }
}
