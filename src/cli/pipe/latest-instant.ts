import { instant, type Instant } from '../../base/time.ts'
import type { RowSource } from '../../storage/row-source.ts'

/** The latest moment at which anything was stored; null when nothing was. A program that goes on from there never goes back. */
export async function latestInstant(rows: RowSource): Promise<Instant | null> {
  const latest = await Promise.all([
    rows.first('Inbox', { columns: ['receivedAt'], order: [{ down: 'receivedAt' }] }).then((row) => row?.receivedAt),
    rows.first('Outbox', { columns: ['createdAt'], order: [{ down: 'createdAt' }] }).then((row) => row?.createdAt),
    rows
      .first('Conversation', { columns: ['updatedAt'], order: [{ down: 'updatedAt' }] })
      .then((row) => row?.updatedAt),
    rows.first('Case', { columns: ['openedAt'], order: [{ down: 'openedAt' }] }).then((row) => row?.openedAt),
    rows.first('Visit', { columns: ['loggedAt'], order: [{ down: 'loggedAt' }] }).then((row) => row?.loggedAt),
    rows.first('Reminder', { columns: ['plannedAt'], order: [{ down: 'plannedAt' }] }).then((row) => row?.plannedAt),
    rows.first('CronFire', { columns: ['at'], order: [{ down: 'at' }] }).then((row) => row?.at),
  ])
  const known = latest.filter((at) => at !== undefined)
  return known.length === 0 ? null : instant(Math.max(...known))
}
