/** `bangfu calendar show YEAR`: what the calendar says of a year, and from where. */
import { addDays, partsOf, type PlainDate } from '../../base/time.ts'
import type { CalendarDayRecord } from '../../domain/calendar/ports.ts'
import { isWeekend, type WorkingCalendar } from '../../domain/calendar/working-days.ts'
import type { Text } from '../../text/text.ts'

export interface CalendarShow {
  readonly year: number
  readonly calendar: WorkingCalendar
  readonly days: readonly CalendarDayRecord[]
  /** Of the territories that set days of their own: id → path. */
  readonly paths: ReadonlyMap<string, string>
  readonly text: Text
  readonly language: string
}

export function calendarLines({ year, calendar, days, paths, text, language }: CalendarShow): readonly string[] {
  const say = (key: string, params: Record<string, string | number> = {}) =>
    text.say({ key: `calendar:show.${key}`, params }, language)
  const first = `${year}-01-01` as PlainDate
  const all: PlainDate[] = []
  for (let on = first; partsOf(on)[0] === year; on = addDays(on, 1)) all.push(on)
  const set = days.filter(({ date }) => partsOf(date)[0] === year)
  const names = new Map(set.filter(({ territoryId }) => territoryId === null).map(({ date, name }) => [date, name]))
  const worked = all.filter((on) => calendar.isWorkingDay(on))
  const local = set.filter(({ territoryId }) => territoryId !== null)
  return [
    say(calendar.isProvisional(first) ? 'provisional' : names.size > 0 ? 'imported' : 'shipped', {
      year: String(year),
    }),
    ...runsOf(all.filter((on) => !calendar.isWorkingDay(on)))
      .filter((run) => run.some((on) => !isWeekend(on) || names.has(on)) || run.length > 2)
      .map((run) => {
        const name = run.map((on) => names.get(on)).find(Boolean) ?? ''
        const [from, to] = [run[0] as PlainDate, run.at(-1) as PlainDate]
        return run.length === 1 ? say('off_day', { from, name }) : say('off', { from, to, count: run.length, name })
      }),
    ...worked.filter(isWeekend).map((on) => say('work', { from: on, name: names.get(on) ?? '' })),
    ...local.map(({ date, kind, name, territoryId }) =>
      say(`local_${kind}`, { from: date, name: name ?? '', place: paths.get(territoryId ?? '') ?? territoryId ?? '' }),
    ),
    say('total', { count: worked.length }),
  ].map((line) => line.trimEnd())
}

/** Days in a row. */
function runsOf(days: readonly PlainDate[]): readonly (readonly PlainDate[])[] {
  const runs: PlainDate[][] = []
  for (const on of days) {
    const last = runs.at(-1)
    if (last && addDays(last.at(-1) as PlainDate, 1) === on) last.push(on)
    else runs.push([on])
  }
  return runs
}
