/** Which days are worked: days that a place set itself, imported notices, the dated table, and else a provisional guess. */
import { addDays, partsOf, weekdayOf, type PlainDate } from '../../base/time.ts'
import type { CalendarDayRecord } from './ports.ts'
import { statutoryDays } from './statutory.ts'
import { CALENDAR_YEARS } from './table.ts'

export interface WorkingCalendar {
  /** Last day for which the yearly notice is known: the table's, or that of the last year imported whole behind it. */
  readonly coveredUntil: PlainDate
  isWorkingDay(on: PlainDate): boolean
  /** The notice for that year is not known: weekends and statutory days only, make-up days unknown. */
  isProvisional(on: PlainDate): boolean
  /** That day itself when it is worked, else the last working day before. */
  onOrBefore(on: PlainDate): PlainDate
  /** That day itself when it is worked, else the first working day after. */
  onOrAfter(on: PlainDate): PlainDate
  /** With the days that this territory, or one that it lies in, set for itself; the nearest wins. */
  forPlace(territoryId: string): WorkingCalendar
}

/** A day that was set: for the country (null) or for a territory. It wins over the table. */
export type SetDay = Pick<CalendarDayRecord, 'date' | 'kind' | 'territoryId'>

/** Territory → those that set days for it (itself, or what it lies in), the nearest first. */
export type DaySetters = ReadonlyMap<string, readonly string[]>

/** Longest run of days off that is looked across; a local table that closes more than this is a mistake. */
const LONGEST_BREAK = 60

type Kinds = ReadonlyMap<PlainDate, 'off' | 'work'>

export function workingCalendar(set: readonly SetDay[] = [], setters: DaySetters = new Map()): WorkingCalendar {
  const kindsOf = (territoryId: string | null): Kinds =>
    new Map(set.filter((day) => day.territoryId === territoryId).map(({ date, kind }) => [date, kind]))
  const country = kindsOf(null)
  const covered = coverageOf(country)
  const years = new Map<number, Kinds>()
  const places = new Map<string, WorkingCalendar>()

  const yearOf = (on: PlainDate): Kinds => {
    const year = Number(on.slice(0, 4))
    let days = years.get(year)
    if (!days) years.set(year, (days = shippedDays(year, covered.has(year))))
    return days
  }

  const build = (local: readonly Kinds[]): WorkingCalendar => {
    const isWorkingDay = (on: PlainDate): boolean => {
      for (const kinds of local) {
        const kind = kinds.get(on)
        if (kind) return kind === 'work'
      }
      const kind = country.get(on) ?? yearOf(on).get(on)
      return kind ? kind === 'work' : !isWeekend(on)
    }
    const walk = (on: PlainDate, step: 1 | -1): PlainDate => {
      let day = on
      for (let steps = 0; steps < LONGEST_BREAK && !isWorkingDay(day); steps += 1) day = addDays(day, step)
      return day
    }
    return {
      coveredUntil: `${lastOf(covered)}-12-31` as PlainDate,
      isWorkingDay,
      isProvisional: (on) => !covered.has(partsOf(on)[0]),
      onOrBefore: (on) => walk(on, -1),
      onOrAfter: (on) => walk(on, 1),
      forPlace(territoryId) {
        const own = setters.get(territoryId)
        if (!own) return whole
        let found = places.get(territoryId)
        if (!found) places.set(territoryId, (found = build(own.map(kindsOf))))
        return found
      },
    }
  }
  const whole = build([])
  return whole
}

export const isWeekend = (on: PlainDate): boolean => weekdayOf(on) === 0 || weekdayOf(on) === 6

/** What the table that ships says of a day; null beyond its years. */
export function shippedKind(on: PlainDate): 'off' | 'work' | null {
  const year = partsOf(on)[0]
  if (!CALENDAR_YEARS[year]) return null
  return shippedDays(year, true).get(on) ?? (isWeekend(on) ? 'off' : 'work')
}

/** Statutory days of that year, on working weekdays, that these days don't name: while one is missing, the year is provisional. */
export function missingStatutory(year: number, country: Kinds): readonly PlainDate[] {
  return [...statutoryDays(year)].filter((on) => !isWeekend(on) && !country.has(on)).sort()
}

/** Years of the table, and those whose notice was imported whole. */
function coverageOf(country: Kinds): ReadonlySet<number> {
  const covered = new Set(Object.keys(CALENDAR_YEARS).map(Number))
  for (const year of new Set([...country.keys()].map((on) => partsOf(on)[0]))) {
    if (!covered.has(year) && missingStatutory(year, country).length === 0) covered.add(year)
  }
  return covered
}

/** Of the run of years without a gap that begins in the table. */
function lastOf(covered: ReadonlySet<number>): number {
  let year = Math.max(...Object.keys(CALENDAR_YEARS).map(Number))
  while (covered.has(year + 1)) year += 1
  return year
}

/** @param isCovered an imported notice says it all; statutory days are the guess for what nobody told */
function shippedDays(year: number, isCovered: boolean): Kinds {
  const known = CALENDAR_YEARS[year]
  const kinds = new Map<PlainDate, 'off' | 'work'>()
  if (known) {
    for (const on of expand(year, known.off)) kinds.set(on, 'off')
    for (const on of expand(year, known.work)) kinds.set(on, 'work')
  } else if (!isCovered) {
    for (const on of statutoryDays(year)) kinds.set(on, 'off')
  }
  return kinds
}

function* expand(year: number, ranges: string): Generator<PlainDate> {
  for (const range of ranges.split(' ').filter((part) => part !== '')) {
    const [first, last = first] = range.split('-').map((day) => dayOf(year, day))
    for (let day = first as PlainDate; day <= (last as PlainDate); day = addDays(day, 1)) yield day
  }
}

const dayOf = (year: number, monthDay: string): PlainDate =>
  `${year}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}` as PlainDate
