/** Dates in English: yesterday, 3 days ago, last Wednesday, 5 March 2025, March 2025, last month. */
import type { PlainDate } from '../../base/time.ts'
import { addDays, addMonths, partsOf, plainDate, weekdayOf } from '../../base/time.ts'
import type { DateReading } from './date-reading.ts'
import { aroundToday, exactly, options } from './date-reading.ts'
import { readEnglishNumeral } from './english-numeral.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAYS: Readonly<Record<string, number>> = {
  today: 0, now: 0, tonight: 0, 'right now': 0, 'this morning': 0, yesterday: -1, 'last night': -1, tomorrow: 1,
  'the day before yesterday': -2, 'day before yesterday': -2, 'the day after tomorrow': 2, 'day after tomorrow': 2,
} // prettier-ignore
const MONTH_NAME =
  '(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember|t)?\\.?'
const DAY_FIRST = new RegExp(`^(?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH_NAME},?(?: (?<year>\\d{4}))?$`)
const MONTH_FIRST = new RegExp(`^${MONTH_NAME} (?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>\\d{4}))?$`)
const MONTH_ONLY = new RegExp(`^(?:in )?(?:(?<which>last|this|next) )?${MONTH_NAME},?(?: (?:of )?(?<year>\\d{4}))?$`)
const WEEKDAY = /^(?:on )?(?:(last|this|next) )?(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?$/
const AGO = /^(.+?) (day|week|fortnight|month|year)s? (ago|from now|later)$/
const IN = /^in (.+?) (day|week|month|year)s?$/
const PERIOD = /^(last|this|next) (week|month|year)$/
const DAY_ONLY = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)$/
const PART_OF = new RegExp(
  `^(?:(?<part>early|mid|late|beginning of|start of|middle of|end of|mid-)) ?(?:(?<which>last|this|next) month|${MONTH_NAME}(?: (?<year>\\d{4}))?)$`,
)
const FEW_DAYS = /^(?:a )?(few|couple of) days ago$/
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/

function away(today: PlainDate, amount: number, unit: string): DateReading {
  if (unit === 'day') return exactly(addDays(today, amount))
  const date =
    unit === 'week' || unit === 'fortnight'
      ? addDays(today, amount * (unit === 'week' ? 7 : 14))
      : addMonths(today, unit === 'year' ? amount * 12 : amount)
  return options([{ date, approximate: true }])
}

function amountOf(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text)
  if (text === 'a' || text === 'an') return 1
  const read = readEnglishNumeral(text)
  return read && Number.isInteger(read.value) && read.value < 1_000 ? read.value : null
}

function monthAndDay(groups: Readonly<Record<string, string | undefined>>, today: PlainDate): DateReading {
  const month = MONTHS.indexOf(groups['name'] as string) + 1
  const day = Number(groups['day'])
  if (groups['year'] !== undefined) return exactly(plainDate(Number(groups['year']), month, day))
  return options(aroundToday(today, partsOf(today)[0], (year) => plainDate(year, month, day)).map((date) => ({ date })))
}

function inMonthsAround(start: PlainDate, day: number): DateReading {
  const days = [0, -1, 1].map((shift) => {
    const [year, month] = partsOf(addMonths(start, shift))
    return plainDate(year, month, day)
  })
  return options(days.flatMap((date) => (date ? [{ date }] : [])))
}

/** early March, end of last month. */
function partOf(groups: Readonly<Record<string, string | undefined>>, today: PlainDate): DateReading {
  const [thisYear, thisMonth] = partsOf(today)
  const shift = { last: -1, next: 1 }[groups['which'] ?? ''] ?? 0
  const month = MONTHS.indexOf(groups['name'] ?? '') + 1
  const year = groups['year'] === undefined ? null : Number(groups['year'])
  const near = aroundToday(today, thisYear, (each) => plainDate(each, month, 1))
  const starts =
    month === 0
      ? [addMonths(plainDate(thisYear, thisMonth, 1) as PlainDate, shift)]
      : year === null
        ? near
        : [plainDate(year, month, 1)]
  const place = /^(?:late|end)/.test(groups['part'] ?? '')
    ? 'end'
    : /^mid/.test(groups['part'] ?? '')
      ? 'middle'
      : 'start'
  return options(
    starts.flatMap((start) => {
      if (!start) return []
      const date = place === 'end' ? addDays(addMonths(start, 1), -1) : addDays(start, place === 'middle' ? 14 : 0)
      return [{ date, approximate: true as const }]
    }),
  )
}

/** @param said normalised */
export function englishDay(said: string, today: PlainDate): DateReading | null {
  if (!/^[a-z0-9]/.test(said)) return null
  const text = said.replace(
    /^(?:about|around|since|on|maybe|it was|from|(?:i was )?born in|(?:i was )?born on|the (?=end|beginning|start|middle)) ?/,
    '',
  )
  const days = DAYS[text]
  if (typeof days === 'number') return exactly(addDays(today, days))
  const [thisYear, thisMonth] = partsOf(today)
  if (FEW_DAYS.test(text))
    return { kind: 'ask', options: [-2, -3, -4, -5, -6, -7].map((shift) => ({ date: addDays(today, shift) })) }
  const only = DAY_ONLY.exec(text)
  if (only) return inMonthsAround(plainDate(thisYear, thisMonth, 1) as PlainDate, Number(only[1]))
  const part = PART_OF.exec(text)?.groups
  if (part) return partOf(part, today)
  const exact = DAY_FIRST.exec(text)?.groups ?? MONTH_FIRST.exec(text)?.groups
  if (exact) return monthAndDay(exact, today)
  const month = MONTH_ONLY.exec(text)?.groups
  if (month) {
    const number = MONTHS.indexOf(month['name'] as string) + 1
    const start = (year: number) => plainDate(year, number, 1)
    const year = month['year'] === undefined ? null : Number(month['year'])
    const shift = { last: -1, next: 1 }[month['which'] ?? ''] ?? 0
    const near = aroundToday(today, thisYear, start)
    const starts = year !== null ? [start(year)] : shift < 0 ? near.filter((d) => d <= today) : near
    return options(
      starts.flatMap((date) => (date ? [{ date, precision: 'month' as const, approximate: true as const }] : [])),
    )
  }
  const weekday = WEEKDAY.exec(text)
  if (weekday) {
    const monday = addDays(today, -((weekdayOf(today) + 6) % 7))
    const date = addDays(monday, WEEKDAYS.indexOf(weekday[2] as string))
    if (weekday[1] === 'last') return exactly(addDays(date, -7))
    if (weekday[1] === 'next') return exactly(addDays(date, 7))
    return options([date, addDays(date, -7), addDays(date, 7)].map((each) => ({ date: each })))
  }
  const ago = AGO.exec(text)
  const ahead = ago ? null : IN.exec(text)
  const amount = amountOf((ago?.[1] ?? ahead?.[1] ?? '').trim())
  if (amount !== null) return away(today, ago?.[3] === 'ago' ? -amount : amount, (ago?.[2] ?? ahead?.[2]) as string)
  const period = PERIOD.exec(text)
  if (period) {
    const shift = { last: -1, this: 0, next: 1 }[period[1] as string] ?? 0
    if (period[2] === 'week')
      return options([{ date: addDays(today, -((weekdayOf(today) + 6) % 7) + 7 * shift), approximate: true }])
    const start = plainDate(thisYear, period[2] === 'year' ? 1 : thisMonth, 1) as PlainDate
    const date = addMonths(start, shift * (period[2] === 'year' ? 12 : 1))
    return options([{ date, precision: period[2] as 'month' | 'year', approximate: true }])
  }
  const slashed = SLASHED.exec(text)
  if (!slashed) return null
  const [first, second, year] = slashed.slice(1).map(Number) as [number, number, number]
  const dates = [plainDate(year, second, first), plainDate(year, first, second)].filter((date) => date !== null)
  const unique = [...new Set(dates)].map((date) => ({ date }))
  return unique.length > 1 ? { kind: 'ask', options: unique } : options(unique)
}
