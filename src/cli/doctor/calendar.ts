import { addDays, partsOf, type PlainDate } from '../../base/time.ts'
import { workingCalendar } from '../../domain/calendar/working-days.ts'
import { fine, warning, type Finding } from './finding.ts'

/** Plans look so far ahead; the yearly notice comes in November. */
const AHEAD_DAYS = 31

export function checkCalendar(today: PlainDate): Finding[] {
  const calendar = workingCalendar()
  const ahead = addDays(today, AHEAD_DAYS)
  return calendar.isProvisional(ahead)
    ? [warning('calendar.warning', 'calendar.todo', { year: String(partsOf(ahead)[0]) })]
    : [fine('calendar.ok', { until: calendar.coveredUntil })]
}
