/**
 * The statutory days of a year whose notice is not known yet: 1 January, New Year's Eve to the third day of the first
 * lunar month, 清明, 1–2 May, 端午, 中秋, 1–3 October. Source: 全国年节及纪念日放假办法, as revised in November 2024.
 */
import { addDays, plainDate, type PlainDate } from '../../base/time.ts'
import { FEASTS } from './feast-table.ts'

/** Beyond the table of feasts (2100) the days of the solar calendar only. */
export function statutoryDays(year: number): ReadonlySet<PlainDate> {
  const [newYear, ...others] = (FEASTS[year]?.split(' ') ?? []).map((day) => dayOf(year, day))
  return new Set([
    ...['0101', '0501', '0502', '1001', '1002', '1003'].map((day) => dayOf(year, day)),
    ...(newYear ? [-1, 0, 1, 2].map((days) => addDays(newYear, days)) : []),
    ...others,
  ])
}

const dayOf = (year: number, day: string): PlainDate =>
  plainDate(year, Number(day.slice(0, 2)), Number(day.slice(2))) as PlainDate
