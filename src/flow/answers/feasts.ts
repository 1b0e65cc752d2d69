/** Feasts of either calendar and solar terms by name: 端午, 中秋, 除夕, 国庆节, 立秋, mid-autumn festival. */
import type { PlainDate } from '../../base/time.ts'
import { addDays, partsOf, plainDate } from '../../base/time.ts'
import type { DateReading } from './date-reading.ts'
import { aroundToday, options } from './date-reading.ts'
import type { DateText } from './date-text.ts'
import { YEAR_PATTERN, yearNamed } from './date-text.ts'
import { lunarMonthLength, lunarOf, solarOf } from './lunar.ts'
import { isSolarTerm, solarTerm } from './solar-terms.ts'

type MonthDay = readonly [month: number, day: number]

const on = (month: number, day: number, names: string): (readonly [string, MonthDay])[] =>
  names.split('|').map((name) => [name, [month, day]])

/** Day 30 is the last of its month. */
const LUNAR: ReadonlyMap<string, MonthDay> = new Map([
  ...on(1, 1, '春节|过年|大年初一|新年|农历新年|spring festival|chinese new year|lunar new year'),
  ...on(1, 15, '元宵|元宵节|正月半|lantern festival'),
  ...on(2, 2, '龙抬头|二月二'),
  ...on(3, 3, '三月三'),
  ...on(4, 8, '四月八'),
  ...on(5, 5, '端午|端午节|端阳|端阳节|五月端午|五月端阳|粽子节|dragon boat festival'),
  ...on(6, 6, '六月六'),
  ...on(7, 7, '七夕|七夕节'),
  ...on(7, 15, '七月半|中元|中元节|鬼节'),
  ...on(8, 15, '中秋|中秋节|八月半|八月中秋|mid-autumn|mid-autumn festival|mid autumn festival|moon festival'),
  ...on(9, 9, '重阳|重阳节'),
  ...on(12, 8, '腊八|腊八节'),
  ...on(12, 23, '北方小年'),
  ...on(12, 24, '小年|小年夜|南方小年'),
  ...on(12, 30, '除夕|除夕夜|大年三十|年三十|三十晚上|三十夜|大年夜|年夜|腊月三十晚上|new year\'s eve'),
]) // prettier-ignore
const CIVIL: ReadonlyMap<string, MonthDay> = new Map([
  ...on(1, 1, "元旦|元旦节|阳历年|new year|new year's day|new years day"),
  ...on(3, 8, "三八|三八节|妇女节|women's day"),
  ...on(3, 12, '植树节'),
  ...on(5, 1, '五一|五一节|劳动节|labour day|labor day|may day'),
  ...on(5, 4, '五四|青年节'),
  ...on(6, 1, "六一|六一节|儿童节|children's day"),
  ...on(7, 1, '七一|建党节'),
  ...on(8, 1, '八一|建军节'),
  ...on(9, 10, '教师节'),
  ...on(10, 1, '十一|国庆|国庆节|national day'),
  ...on(11, 11, '双十一|双11'),
  ...on(12, 25, '圣诞|圣诞节|christmas|christmas day'),
]) // prettier-ignore
/** A day that a season begins with, meant roughly. */
const ROUGHLY: Readonly<Record<string, string>> = {
  开春: '立春', 入春: '立春', 打春: '立春', 入夏: '立夏', 开秋: '立秋', 入秋: '立秋', 打秋: '立秋', 赶秋: '立秋', 入冬: '立冬', 开冬: '立冬', 交冬: '立冬', qingming: '清明', 'tomb sweeping day': '清明',
} // prettier-ignore

const SAID = new RegExp(`^${YEAR_PATTERN}?的?(?:过)?(?<name>\\D*?(?:双11)?)(?:那天|当天|当日|期间|前后|放假|这天)?$`)

export function lunarYear(today: PlainDate): number {
  return lunarOf(today)?.year ?? partsOf(today)[0]
}

/** The last day of 腊月 may be the 29th; 三十 means it all the same. */
export function feastDay(year: number, [month, day]: MonthDay): PlainDate | null {
  const length = lunarMonthLength({ year, month, leap: false })
  return length === null ? null : solarOf({ year, month, leap: false, day: Math.min(day, length) })
}

function dayOf(name: string): { lunar: boolean; in: (year: number) => PlainDate | null } | null {
  const lunar = LUNAR.get(name) ?? LUNAR.get(`过${name}`)
  if (lunar) return { lunar: true, in: (year) => feastDay(year, lunar) }
  const civil = CIVIL.get(name)
  if (civil) return { lunar: false, in: (year) => plainDate(year, civil[0], civil[1]) }
  const term = ROUGHLY[name] ?? name.replace(/节$/, '')
  return isSolarTerm(term) ? { lunar: false, in: (year) => solarTerm(term, year) } : null
}

/** @returns null for what is no feast */
export function feast({ raw, spoken }: DateText, today: PlainDate): DateReading | null {
  for (const text of new Set([raw, spoken])) {
    const groups = SAID.exec(text)?.groups
    const name = groups?.['name'] ?? ''
    const day = dayOf(name)
    if (!groups || !day) continue
    const thisYear = day.lunar ? lunarYear(today) : partsOf(today)[0]
    const year = yearNamed(groups, thisYear)
    const days = year === null ? aroundToday(today, thisYear, day.in) : [day.in(year)].filter((date) => date !== null)
    const roughly = name === '过年' || text.includes('过年') || name in ROUGHLY
    return options(days.map((date) => ({ date, ...(roughly && { approximate: true as const }) })))
  }
  return null
}

const WEEK = 7

/** 年前, 过年后, 过完年, 年关: about a week from New Year's Day of the lunar year. */
export function aroundNewYear(text: string, today: PlainDate): DateReading | null {
  const before = /^(?:(?:过|大)?年(?:之|以)?前|年关|年跟前|年边|快过年|要过年)$/.test(text)
  const after = /^(?:(?:过|大)?年(?:之|以)?后|过[完了]年|过完了年|翻过年)$/.test(text)
  if (!before && !after) return null
  const days = aroundToday(today, lunarYear(today), (year) => feastDay(year, [1, 1]))
  return options(days.map((date) => ({ date: addDays(date, before ? -WEEK : WEEK), approximate: true as const })))
}
