import { addDays, partsOf, type PlainDate } from '../../base/time.ts'
import { storedCalendar } from '../../domain/calendar/keeper.ts'
import { workingCalendar } from '../../domain/calendar/working-days.ts'
import type { StorageReads } from '../../storage/reads/all-reads.ts'
import { fine, warning, type Finding } from './finding.ts'

/** Plans look so far ahead; the yearly notice comes in November. */
const AHEAD_DAYS = 31

/** @param reads null where the database can't be read: the table that ships alone */
export async function checkCalendar(
  today: PlainDate,
  reads: Pick<StorageReads, 'calendarDays' | 'registry'> | null,
): Promise<Finding[]> {
  const calendar = reads ? await storedCalendar(reads.calendarDays, reads.registry) : workingCalendar()
  const ahead = addDays(today, AHEAD_DAYS)
  return calendar.isProvisional(ahead)
    ? [warning('calendar.warning', 'calendar.todo', { year: String(partsOf(ahead)[0]) })]
    : [fine('calendar.ok', { until: calendar.coveredUntil })]
}
