/** Days of the lunar calendar as said: 腊月二十三, 正月十五, 去年腊月, 上个月初八, 农历八月十五, 闰六月初三, 腊月底. */
import type { PlainDate } from '../../base/time.ts'
import type { DateOption, DateReading } from './date-reading.ts'
import { aroundToday, options } from './date-reading.ts'
import type { DateText } from './date-text.ts'
import { YEAR_PATTERN, yearNamed } from './date-text.ts'
import { lunarYear } from './feasts.ts'
import type { LunarMonth } from './lunar.ts'
import { lunarMonthLength, lunarMonthsAway, lunarOf, solarOf } from './lunar.ts'

const CALENDAR = '(?<calendar>农历|阴历|旧历|古历|老历|农)?'
const LUNAR = new RegExp(
  `^${CALENDAR}${YEAR_PATTERN}?的?(?<own>农历|阴历|旧历|古历|老历)?的?(?<leap>闰)?(?<month>正|冬|寒|腊|\\d{1,2})月(?<first>初)?(?<day>\\d{1,2})?[日号]?(?<part>里|间|份|头|底|末|尾|半|上旬|中旬|下旬)?(?<few>(?:[12]0)?几)?$`,
)
const RELATIVE = /^(?:农历|阴历)?(上上个?|上个?|前个?|这个?|本|下个?)月的?(?:初|农历)(\d{1,2})$/
const DAY = /^(?:(?:农历|阴历)初?(\d{1,2})|大?年初(\d{1,2})|初(\d{1,2}))$/
const SHIFTS: Readonly<Record<string, number>> = { 上上: -2, 前: -2, 上: -1, 这: 0, 本: 0, 下: 1 }
/** 腊月底 and its like, as a day of the month. */
const PART_DAYS: Readonly<Record<string, number>> = {
  初: 1,
  头: 1,
  上旬: 1,
  中旬: 11,
  半: 15,
  下旬: 21,
  底: 30,
  末: 30,
  尾: 30,
}
const NAMED_MONTHS: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 寒: 10, 腊: 12 }

function monthStart(month: LunarMonth): DateOption[] {
  const date = solarOf({ ...month, day: 1 })
  return date ? [{ date, precision: 'month', approximate: true }] : []
}

/** @returns null for what is not said in the lunar calendar */
export function lunarDay(said: DateText, today: PlainDate): DateReading | null {
  const thisYear = lunarYear(today)
  const groups = LUNAR.exec(said.text)?.groups
  if (groups) {
    const word = groups['month'] as string
    const marked = groups['calendar'] ?? groups['own'] ?? groups['leap'] ?? (groups['day'] && groups['first'])
    if (marked === undefined && !(word in NAMED_MONTHS)) return null
    const month = NAMED_MONTHS[word] ?? Number(word)
    const leap = groups['leap'] !== undefined
    const day = groups['day'] === undefined || groups['few'] !== undefined ? null : Number(groups['day'])
    const year = yearNamed(groups, thisYear)
    const part =
      groups['few'] === undefined ? (groups['part'] ?? (day === null ? groups['first'] : undefined)) : undefined
    const dayIn = (y: number): PlainDate | null => {
      const last = day === 30 && month === 12 ? lunarMonthLength({ year: y, month, leap }) : null
      const roughly = part === undefined ? 1 : (PART_DAYS[part] ?? 1)
      const length = roughly > 1 ? (lunarMonthLength({ year: y, month, leap }) ?? 1) : 1
      return solarOf({ year: y, month, leap, day: last ?? day ?? Math.min(roughly, length) })
    }
    const days = year === null ? aroundToday(today, thisYear, dayIn) : [dayIn(year)].filter((date) => date !== null)
    return options(
      days.map((date) => ({
        date,
        lunar: true as const,
        ...(day === null && { approximate: true as const }),
        ...(day === null && (part === undefined || !(part in PART_DAYS)) && { precision: 'month' as const }),
      })),
    )
  }
  const relative = RELATIVE.exec(said.text)
  const now = lunarOf(today)
  if (relative && now) {
    const month = lunarMonthsAway(now, SHIFTS[(relative[1] as string).replace('个', '')] as number)
    const date = month && solarOf({ ...month, day: Number(relative[2]) })
    return options(date ? [{ date, lunar: true }] : [])
  }
  const alone = DAY.exec(said.text)
  if (alone && now) {
    if (alone[2] !== undefined) {
      const dayIn = (year: number) => solarOf({ year, month: 1, leap: false, day: Number(alone[2]) })
      return options(aroundToday(today, thisYear, dayIn).map((date) => ({ date, lunar: true as const })))
    }
    const months = [0, -1, 1].flatMap((shift) => lunarMonthsAway(now, shift) ?? [])
    return options(
      months.flatMap((month) => {
        const date = solarOf({ ...month, day: Number(alone[1] ?? alone[3]) })
        return date ? [{ date, lunar: true as const }] : []
      }),
    )
  }
  return /^(?:农历|阴历)?(?:上个?月)(?:农历|阴历)$/.test(said.text) && now
    ? options(monthStart(lunarMonthsAway(now, -1) ?? now))
    : null
}
