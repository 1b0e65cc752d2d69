/** Days of the lunar calendar as said: 腊月二十三, 正月十五, 去年腊月, 上个月初八, 农历八月十五, 闰六月初三, and feasts. */
import type { PlainDate } from '../../base/time.ts'
import { addDays, partsOf, plainDate } from '../../base/time.ts'
import type { DateOption, DateReading } from './date-reading.ts'
import { aroundToday, options } from './date-reading.ts'
import type { DateText } from './date-text.ts'
import { YEAR_PATTERN, yearNamed } from './date-text.ts'
import type { LunarMonth } from './lunar.ts'
import { lunarMonthLength, lunarMonthsAway, lunarOf, solarOf } from './lunar.ts'

const CALENDAR = '(?<calendar>农历|阴历|旧历|古历|老历|农)?'
const LUNAR = new RegExp(
  `^${CALENDAR}${YEAR_PATTERN}?的?(?<own>农历|阴历|旧历|古历|老历)?的?(?<leap>闰)?(?<month>正|冬|寒|腊|\\d{1,2})月(?<first>初)?(?<day>\\d{1,2})?[日号]?(?<part>里|间|份)?$`,
)
const RELATIVE = /^(?:农历|阴历)?(上上个?|上个?|前个?|这个?|本|下个?)月的?初(\d{1,2})$/
const DAY = /^(?:农历|阴历)?(?:初(\d{1,2})|大?年初(\d{1,2}))$/
const SHIFTS: Readonly<Record<string, number>> = { 上上: -2, 前: -2, 上: -1, 这: 0, 本: 0, 下: 1 }
const NAMED_MONTHS: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 寒: 10, 腊: 12 }

/** Said in numerals and without 日: as likely a feast of the lunar calendar as a civil date. */
const EITHER = /^(?:三月三|四月八|五月五|六月六|七月七|七月半|八月十五|九月九)$/

/** Feasts: lunar as month and day (day 30 is the last of its month), civil as month and day. */
const LUNAR_FEASTS: Readonly<Record<string, readonly [number, number]>> = {
  春节: [1, 1], 过年: [1, 1], 大年初一: [1, 1], 新年: [1, 1], 元宵: [1, 15], 元宵节: [1, 15], 龙抬头: [2, 2], 三月三: [3, 3], 四月八: [4, 8],
  端午: [5, 5], 端午节: [5, 5], 端阳: [5, 5], 六月六: [6, 6], 七夕: [7, 7], 七月半: [7, 15], 中元节: [7, 15], 鬼节: [7, 15], 中秋: [8, 15], 中秋节: [8, 15],
  重阳: [9, 9], 重阳节: [9, 9], 腊八: [12, 8], 腊八节: [12, 8], 小年: [12, 24], 北方小年: [12, 23], 除夕: [12, 30], 大年三十: [12, 30], 年三十: [12, 30], 三十晚上: [12, 30],
  大年夜: [12, 30], 年夜: [12, 30],
} // prettier-ignore
const CIVIL_FEASTS: Readonly<Record<string, readonly [number, number]>> = {
  元旦: [1, 1], 元旦节: [1, 1], 三八: [3, 8], 三八节: [3, 8], 妇女节: [3, 8], 五一: [5, 1], 五一节: [5, 1], 劳动节: [5, 1], 六一: [6, 1], 儿童节: [6, 1],
  七一: [7, 1], 八一: [8, 1], 教师节: [9, 10], 十一: [10, 1], 国庆: [10, 1], 国庆节: [10, 1], 圣诞: [12, 25], 圣诞节: [12, 25],
} // prettier-ignore
const FEAST = new RegExp(`^${YEAR_PATTERN}?的?(?<feast>\\D+)$`)

function lunarYear(today: PlainDate): number {
  return lunarOf(today)?.year ?? partsOf(today)[0]
}

/** The last day of 腊月 may be the 29th; 三十 means it all the same. */
function feastDay(year: number, [month, day]: readonly [number, number]): PlainDate | null {
  const length = lunarMonthLength({ year, month, leap: false })
  return length === null ? null : solarOf({ year, month, leap: false, day: Math.min(day, length) })
}

/** 清明, the fifth solar term: 4 or 5 April in this century (the usual short formula, good for 2000 to 2099). */
const clearBrightness = (year: number): PlainDate | null => {
  const short = year - 2000
  return plainDate(year, 4, Math.floor(short * 0.2422 + 4.81) - Math.floor(short / 4))
}

function feast({ spoken }: DateText, today: PlainDate): DateReading | null {
  const groups = FEAST.exec(spoken)?.groups
  const name = groups?.['feast']?.replace(/(?:那天|当天|期间|前后|放假)$/, '')
  if (!groups || name === undefined) return null
  const lunar = Object.hasOwn(LUNAR_FEASTS, name) ? LUNAR_FEASTS[name] : undefined
  const civil = Object.hasOwn(CIVIL_FEASTS, name) ? CIVIL_FEASTS[name] : undefined
  const thisYear = lunar ? lunarYear(today) : partsOf(today)[0]
  const dayIn = (year: number): PlainDate | null =>
    lunar ? feastDay(year, lunar) : civil ? plainDate(year, civil[0], civil[1]) : clearBrightness(year)
  if (!lunar && !civil && !/^清明节?$/.test(name)) return null
  const year = yearNamed(groups, thisYear)
  const days = year === null ? aroundToday(today, thisYear, dayIn) : [dayIn(year)].filter((day) => day !== null)
  return options(days.map((date) => ({ date, ...(name === '过年' && { approximate: true as const }) })))
}

function monthStart(month: LunarMonth): DateOption[] {
  const date = solarOf({ ...month, day: 1 })
  return date ? [{ date, precision: 'month', approximate: true }] : []
}

/** @returns null for what is not said in the lunar calendar */
export function lunarDay(said: DateText, today: PlainDate): DateReading | null {
  if (EITHER.test(said.spoken)) {
    const lunar = feast(said, today) ?? lunarDay({ ...said, spoken: '', text: `农历${said.text}` }, today)
    const [, month, day] = /^(\d+)月(\d+)$/.exec(said.text) ?? []
    const civil = aroundToday(today, partsOf(today)[0], (year) => plainDate(year, Number(month), Number(day)))[0]
    if (lunar?.kind !== 'options' || !civil) return lunar
    return { kind: 'ask', options: [lunar.options[0] as DateOption, { date: civil }] }
  }
  const named = feast(said, today)
  if (named) return named
  const thisYear = lunarYear(today)
  const groups = LUNAR.exec(said.text)?.groups
  if (groups) {
    const word = groups['month'] as string
    const marked = groups['calendar'] ?? groups['own'] ?? groups['leap'] ?? groups['first']
    if (marked === undefined && !(word in NAMED_MONTHS)) return null
    const month = NAMED_MONTHS[word] ?? Number(word)
    const leap = groups['leap'] !== undefined
    const day = groups['day'] === undefined ? null : Number(groups['day'])
    const year = yearNamed(groups, thisYear)
    if (day === null && groups['first'] !== undefined) return null
    const dayIn = (y: number): PlainDate | null => {
      const last = day === 30 && month === 12 ? lunarMonthLength({ year: y, month, leap }) : null
      return solarOf({ year: y, month, leap, day: last ?? day ?? 1 })
    }
    const days = year === null ? aroundToday(today, thisYear, dayIn) : [dayIn(year)].filter((date) => date !== null)
    return options(
      days.map((date) => (day === null ? { date, precision: 'month' as const, approximate: true as const } : { date })),
    )
  }
  const relative = RELATIVE.exec(said.text)
  const now = lunarOf(today)
  if (relative && now) {
    const month = lunarMonthsAway(now, SHIFTS[(relative[1] as string).replace('个', '')] as number)
    const date = month && solarOf({ ...month, day: Number(relative[2]) })
    return options(date ? [{ date }] : [])
  }
  const alone = DAY.exec(said.text)
  if (alone && now) {
    if (alone[2] !== undefined) {
      const dayIn = (year: number) => solarOf({ year, month: 1, leap: false, day: Number(alone[2]) })
      return options(aroundToday(today, thisYear, dayIn).map((date) => ({ date })))
    }
    const months = [0, -1, 1].flatMap((shift) => lunarMonthsAway(now, shift) ?? [])
    return options(
      months.flatMap((month) => {
        const date = solarOf({ ...month, day: Number(alone[1]) })
        return date ? [{ date }] : []
      }),
    )
  }
  return /^(?:农历|阴历)?(?:上个?月)(?:农历|阴历)$/.test(said.text) && now
    ? options(monthStart(lunarMonthsAway(now, -1) ?? now))
    : null
}

/** 开年, 年前, 年后: around New Year's Day of the lunar year. */
export function aroundNewYear(text: string, today: PlainDate): DateReading | null {
  const found = /^(?:过)?年(前|后)$/.exec(text)
  if (!found) return null
  const days = aroundToday(today, lunarYear(today), (year) => feastDay(year, [1, 1]))
  return options(days.map((date) => ({ date: addDays(date, found[1] === '前' ? -7 : 7), approximate: true as const })))
}
