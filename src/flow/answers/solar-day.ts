/** Days and months of the civil calendar: 2025年3月5号, 3月5日, 去年3月, 上个月5号, 月底, 2026-3-5. */
import type { PlainDate } from '../../base/time.ts'
import { addDays, addMonths, partsOf, plainDate } from '../../base/time.ts'
import type { DateReading } from './date-reading.ts'
import { aroundToday, exactly, options } from './date-reading.ts'
import { fullYear, YEAR_PATTERN, yearNamed } from './date-text.ts'

const NUMERIC = /^(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:t?\d{1,2}:\d\d.*)?$/
const EIGHT = /^((?:19|20)\d\d)(\d\d)(\d\d)$/
/** 750305: as an identity number writes a birthday; 202603 is a month. */
const SIX = /^(\d\d)(\d\d)(\d\d)$/
const HALF_YEAR = /^(上|下)半年$/
const YEAR_MONTH = /^(\d{4})[-/.](\d{1,2})月?$/
const MONTH_DAY = /^(\d{1,2})[-/.](\d{1,2})$/
const FULL = new RegExp(`^${YEAR_PATTERN}?的?(?<month>\\d{1,2})月份?的?(?<day>\\d{1,2})[日号]?$`)
const MONTH = new RegExp(
  `^${YEAR_PATTERN}?的?(?<month>\\d{1,2})月份?(?<part>初|头|上旬|中|中旬|中间|半|下旬|底|末|尾|里|间)?$`,
)
const YEAR = new RegExp(`^${YEAR_PATTERN}(?<part>初|头|上半年|中|年中|下半年|底|年底|末|年初|里)?$`)
const BARE_YEAR = /^((?:19|20)\d\d)$/
const RELATIVE_MONTH =
  /^(上上个?|上个?|前个?|这个?|本|当|下下个?|下个?)月的?(?:份)?(?:(\d{1,2})[日号]?|(初|头|上旬|中|中旬|下旬|底|末|尾))?$/
const DAY = /^(\d{1,2})[日号]$/
const MONTH_PART = /^月(初|头|中|半|底|末|尾)$/

const SHIFTS: Readonly<Record<string, number>> = { 上上: -2, 前: -2, 上: -1, 这: 0, 本: 0, 当: 0, 下: 1, 下下: 2 }

const first = (year: number, month: number): PlainDate | null => plainDate(year, month, 1)

/** 初 is its first day, 中 its middle, 底 its last. */
function partOfMonth(start: PlainDate, part: string): DateReading {
  if (/^[底末尾]|下旬/.test(part)) {
    const last = addDays(addMonths(start, 1), -1)
    return options([{ date: part === '下旬' ? addDays(start, 20) : last, approximate: true }])
  }
  if (/^[中半]/.test(part)) return options([{ date: addDays(start, part === '中旬' ? 10 : 14), approximate: true }])
  return options([{ date: start, approximate: true }])
}

const monthOf = (start: PlainDate): DateReading => options([{ date: start, precision: 'month', approximate: true }])

function monthSaid(groups: Readonly<Record<string, string | undefined>>, today: PlainDate): DateReading {
  const [thisYear] = partsOf(today)
  const month = Number(groups['month'])
  if (month < 1 || month > 12) return { kind: 'impossible' }
  const year = yearNamed(groups, thisYear)
  const part = groups['part']
  const starts =
    year === null
      ? aroundToday(today, thisYear, (y) => first(y, month))
      : [first(year, month)].filter((d) => d !== null)
  if (starts.length === 0) return { kind: 'impossible' }
  const readings = starts.map((start) =>
    part && !/[里间]$/.test(part.at(-1) ?? '') ? partOfMonth(start, part) : monthOf(start),
  )
  return options(readings.flatMap((reading) => (reading.kind === 'options' ? reading.options : [])))
}

function yearSaid(groups: Readonly<Record<string, string | undefined>>, thisYear: number): DateReading | null {
  const year = yearNamed(groups, thisYear)
  if (year === null || year < 1900 || year > 2100) return null
  const part = groups['part'] ?? ''
  const month = /下半/.test(part) ? 7 : /中/.test(part) ? 6 : /[底末]/.test(part) ? 12 : 1
  const start = first(year, month)
  const precision = /[初底末头中]/.test(part) ? ('month' as const) : ('year' as const)
  return start && options([{ date: start, precision, approximate: true }])
}

/** Month and day in either order are read as month first, as everybody here writes them. */
export function solarDay(text: string, today: PlainDate): DateReading | null {
  const [thisYear, thisMonth] = partsOf(today)
  const numeric = NUMERIC.exec(text) ?? EIGHT.exec(text)
  if (numeric)
    return exactly(plainDate(fullYear(numeric[1] as string, thisYear), Number(numeric[2]), Number(numeric[3])))
  const full = FULL.exec(text)?.groups ?? monthDay(text)
  if (full) {
    const [month, day] = [Number(full['month']), Number(full['day'])]
    const year = yearNamed(full, thisYear)
    if (year !== null) return exactly(plainDate(year, month, day))
    return options(aroundToday(today, thisYear, (y) => plainDate(y, month, day)).map((date) => ({ date })))
  }
  const six = SIX.exec(text)
  if (six) return sixDigits(six, thisYear)
  const half = HALF_YEAR.exec(text)
  if (half) {
    const start = first(thisYear, half[1] === '上' ? 1 : 7) as PlainDate
    return options([{ date: start, precision: 'year', approximate: true }])
  }
  const yearMonth = YEAR_MONTH.exec(text)
  if (yearMonth) {
    const start = first(Number(yearMonth[1]), Number(yearMonth[2]))
    return start ? monthOf(start) : { kind: 'impossible' }
  }
  const month = MONTH.exec(text)?.groups
  if (month) return monthSaid(month, today)
  const year = YEAR.exec(text)?.groups ?? bareYear(text)
  if (year) return yearSaid(year, thisYear)
  const thisStart = first(thisYear, thisMonth) as PlainDate
  const relative = RELATIVE_MONTH.exec(text)
  if (relative) {
    const start = addMonths(thisStart, SHIFTS[(relative[1] as string).replace('个', '')] as number)
    const [y, m] = partsOf(start)
    if (relative[2] !== undefined) return exactly(plainDate(y, m, Number(relative[2])))
    return relative[3] === undefined ? monthOf(start) : partOfMonth(start, relative[3])
  }
  const day = DAY.exec(text)
  if (day) {
    const days = [0, -1, 1].map((shift) => {
      const [y, m] = partsOf(addMonths(thisStart, shift))
      return plainDate(y, m, Number(day[1]))
    })
    return options(days.flatMap((date) => (date ? [{ date }] : [])))
  }
  const part = MONTH_PART.exec(text)
  if (part) return partOfMonth(thisStart, part[1] as string)
  if (/^年[底末尾]$/.test(text)) return monthOf(first(thisYear, 12) as PlainDate)
  return /^(?:年初|年头|开年)$/.test(text) ? monthOf(first(thisYear, 1) as PlainDate) : null
}

function sixDigits([, a, b, c]: readonly (string | undefined)[], thisYear: number): DateReading {
  const day = plainDate(fullYear(a as string, thisYear), Number(b), Number(c))
  const month = a === '19' || a === '20' ? first(Number(`${a}${b}`), Number(c)) : null
  if (day && month) return { kind: 'ask', options: [{ date: day }, { date: month, precision: 'month' }] }
  return day ? exactly(day) : month ? monthOf(month) : { kind: 'impossible' }
}

function monthDay(text: string): Record<string, string | undefined> | null {
  const found = MONTH_DAY.exec(text)
  return found && Number(found[1]) <= 12 ? { month: found[1], day: found[2] } : null
}

function bareYear(text: string): Record<string, string | undefined> | null {
  const found = BARE_YEAR.exec(text)
  return found && { year: found[1] }
}
