/** The lunar calendar, both ways, for the years 1900 to 2100. */
import type { PlainDate } from '../../base/time.ts'
import { addDays, daysBetween, partsOf, plainDate } from '../../base/time.ts'
import { FIRST_LUNAR_YEAR, LUNAR_YEARS } from './lunar-table.ts'

export interface LunarMonth {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly leap: boolean
}

export interface LunarDay extends LunarMonth {
  readonly day: number
}

const factsOf = (year: number): number | null => LUNAR_YEARS[year - FIRST_LUNAR_YEAR] ?? null

/** Place of the month within its year, 0-based; null where there is no such leap month. */
function placeOf({ month, leap }: LunarMonth, facts: number): number | null {
  const leapMonth = (facts >> 13) & 15
  if (leap && month !== leapMonth) return null
  return month - 1 + (leap || (leapMonth > 0 && month > leapMonth) ? 1 : 0)
}

const daysIn = (place: number, facts: number): number => (((facts >> place) & 1) === 1 ? 30 : 29)

const newYear = (year: number, facts: number): PlainDate => addDays(plainDate(year, 1, 1) as PlainDate, facts >> 17)

/** 29 or 30; null where the month does not exist. */
export function lunarMonthLength(month: LunarMonth): number | null {
  const facts = factsOf(month.year)
  const place = facts === null ? null : placeOf(month, facts)
  return facts === null || place === null ? null : daysIn(place, facts)
}

/** @returns null where there is no such day. */
export function solarOf(lunar: LunarDay): PlainDate | null {
  const facts = factsOf(lunar.year)
  if (facts === null || lunar.month < 1 || lunar.month > 12) return null
  const place = placeOf(lunar, facts)
  if (place === null || lunar.day < 1 || lunar.day > daysIn(place, facts)) return null
  let days = lunar.day - 1
  for (let month = 0; month < place; month++) days += daysIn(month, facts)
  return addDays(newYear(lunar.year, facts), days)
}

/** @returns null before 1900 and after 2100. */
export function lunarOf(date: PlainDate): LunarDay | null {
  const [solarYear] = partsOf(date)
  for (const year of [solarYear, solarYear - 1]) {
    const facts = factsOf(year)
    if (facts === null) continue
    let days = daysBetween(newYear(year, facts), date)
    if (days < 0) continue
    const leapMonth = (facts >> 13) & 15
    for (let place = 0; place < (leapMonth > 0 ? 13 : 12); place++) {
      const length = daysIn(place, facts)
      if (days < length) {
        const leap = leapMonth > 0 && place === leapMonth
        const month = leapMonth > 0 && place >= leapMonth ? place : place + 1
        return { year, month, leap, day: days + 1 }
      }
      days -= length
    }
  }
  return null
}

/** The lunar month before (−1), after (1) …, leap months counted. */
export function lunarMonthsAway(from: LunarMonth, months: number): LunarMonth | null {
  let { year, month, leap }: LunarMonth = from
  for (let step = 0; step < Math.abs(months); step++) {
    const facts = factsOf(year)
    if (facts === null) return null
    const leapMonth = (facts >> 13) & 15
    if (months > 0) {
      if (!leap && month === leapMonth) leap = true
      else {
        leap = false
        month++
        if (month > 12) {
          month = 1
          year++
        }
      }
    } else if (leap) leap = false
    else {
      month--
      if (month < 1) {
        month = 12
        year--
      }
      leap = (((factsOf(year) ?? 0) >> 13) & 15) === month
    }
  }
  return { year, month, leap }
}
