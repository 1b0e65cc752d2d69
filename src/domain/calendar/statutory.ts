/**
 * The statutory days of a year whose notice is not known yet: 1 January, New Year's Eve to the third day of the first
 * lunar month, 清明, 1–2 May, 端午, 中秋, 1–3 October. Source: 全国年节及纪念日放假办法, as revised in November 2024.
 */
import { Lunar, Solar } from 'lunar-javascript'
import { addDays, plainDate, type PlainDate } from '../../base/time.ts'

export function statutoryDays(year: number): ReadonlySet<PlainDate> {
  const newYear = lunarDay(year, 1, 1)
  return new Set([
    solarDay(year, 1, 1),
    ...[-1, 0, 1, 2].map((days) => addDays(newYear, days)),
    qingming(year),
    solarDay(year, 5, 1),
    solarDay(year, 5, 2),
    lunarDay(year, 5, 5),
    lunarDay(year, 8, 15),
    ...[1, 2, 3].map((day) => solarDay(year, 10, day)),
  ])
}

const solarDay = (year: number, month: number, day: number): PlainDate => plainDate(year, month, day) as PlainDate

const lunarDay = (year: number, month: number, day: number): PlainDate =>
  Lunar.fromYmd(year, month, day).getSolar().toYmd() as PlainDate

const qingming = (year: number): PlainDate =>
  Solar.fromYmd(year, 4, 5).getLunar().getJieQiTable()['清明']?.toYmd() as PlainDate
