/** Which days are worked: the dated table, local days of the territory, and for later years a provisional guess. */
import { addDays, partsOf, weekdayOf, type PlainDate } from '../../base/time.ts'
import { statutoryDays } from './statutory.ts'
import { CALENDAR_YEARS } from './table.ts'

/** Days that a territory sets for itself; they win over the table. */
export interface LocalDays {
  readonly off: readonly PlainDate[]
  readonly work: readonly PlainDate[]
}

export interface WorkingCalendar {
  /** Last day for which the yearly notice is known. */
  readonly coveredUntil: PlainDate
  isWorkingDay(on: PlainDate): boolean
  /** The notice for that year is not known: weekends and statutory days only, make-up days unknown. */
  isProvisional(on: PlainDate): boolean
  /** That day itself when it is worked, else the last working day before. */
  onOrBefore(on: PlainDate): PlainDate
  /** That day itself when it is worked, else the first working day after. */
  onOrAfter(on: PlainDate): PlainDate
}

/** Longest run of days off that is looked across; a local table that closes more than this is a mistake. */
const LONGEST_BREAK = 60

export function workingCalendar(local: LocalDays = { off: [], work: [] }): WorkingCalendar {
  const years = new Map<number, YearDays>()
  const localOff = new Set(local.off)
  const localWork = new Set(local.work)

  const daysOf = (year: number): YearDays => {
    let days = years.get(year)
    if (!days) years.set(year, (days = readYear(year)))
    return days
  }

  const isWorkingDay = (on: PlainDate): boolean => {
    if (localWork.has(on)) return true
    if (localOff.has(on)) return false
    const days = daysOf(Number(on.slice(0, 4)))
    if (days.work.has(on)) return true
    if (days.off.has(on)) return false
    const weekday = weekdayOf(on)
    return weekday !== 0 && weekday !== 6
  }

  const walk = (on: PlainDate, step: 1 | -1): PlainDate => {
    let day = on
    for (let steps = 0; steps < LONGEST_BREAK && !isWorkingDay(day); steps += 1) day = addDays(day, step)
    return day
  }

  return {
    coveredUntil: `${Math.max(...Object.keys(CALENDAR_YEARS).map(Number))}-12-31` as PlainDate,
    isWorkingDay,
    isProvisional: (on) => !(partsOf(on)[0] in CALENDAR_YEARS),
    onOrBefore: (on) => walk(on, -1),
    onOrAfter: (on) => walk(on, 1),
  }
}

interface YearDays {
  readonly off: ReadonlySet<PlainDate>
  readonly work: ReadonlySet<PlainDate>
}

function readYear(year: number): YearDays {
  const known = CALENDAR_YEARS[year]
  if (!known) return { off: statutoryDays(year), work: new Set() }
  return { off: new Set(expand(year, known.off)), work: new Set(expand(year, known.work)) }
}

function* expand(year: number, ranges: string): Generator<PlainDate> {
  for (const range of ranges.split(' ').filter((part) => part !== '')) {
    const [first, last = first] = range.split('-').map((day) => dayOf(year, day))
    for (let day = first as PlainDate; day <= (last as PlainDate); day = addDays(day, 1)) yield day
  }
}

const dayOf = (year: number, monthDay: string): PlainDate =>
  `${year}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}` as PlainDate
