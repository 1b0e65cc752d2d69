import { addDays, type PlainDate } from '../../base/time.ts'
import type { House } from '../../wire.ts'

/** Plans look so far ahead. */
const AHEAD_DAYS = 31

/** A line for the operator when the days off of the coming weeks are a guess; else nothing. */
export function calendarWarning(
  { calendar, text }: Pick<House, 'calendar' | 'text'>,
  today: PlainDate,
  language: string,
): string {
  if (!calendar.isProvisional(addDays(today, AHEAD_DAYS))) return ''
  return `${text.say({ key: 'calendar:start.provisional', params: { until: calendar.coveredUntil } }, language)}\n`
}
