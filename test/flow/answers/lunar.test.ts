import lunar from 'lunar-javascript'
import { expect, test } from 'vitest'
import { addDays, partsOf, plainDate } from '../../../src/base/time.ts'
import { lunarMonthsAway, lunarOf, solarOf } from '../../../src/flow/answers/lunar.ts'
import { FIRST_LUNAR_YEAR, LUNAR_YEARS } from '../../../src/flow/answers/lunar-table.ts'

interface Package {
  Solar: { fromYmd(year: number, month: number, day: number): { getLunar(): Day } }
}
interface Day {
  getYear(): number
  /** Negative for a leap month. */
  getMonth(): number
  getDay(): number
}
const { Solar } = lunar as unknown as Package

test('the table says what the package calculates, at every beginning and middle of a month', () => {
  for (let year = FIRST_LUNAR_YEAR + 1; year < FIRST_LUNAR_YEAR + LUNAR_YEARS.length - 1; year += 3)
    for (let month = 1; month <= 12; month++)
      for (const day of [1, 17]) {
        const own = lunarOf(plainDate(year, month, day)!)!
        const theirs = Solar.fromYmd(year, month, day).getLunar()
        expect([own.year, own.leap ? -own.month : own.month, own.day]).toEqual([
          theirs.getYear(),
          theirs.getMonth(),
          theirs.getDay(),
        ])
      }
})

test('there and back on every day of forty years', () => {
  for (let day = plainDate(2000, 1, 1)!; partsOf(day)[0] < 2040; day = addDays(day, 1))
    expect(solarOf(lunarOf(day)!)).toBe(day)
})

test('days that are not there', () => {
  expect(solarOf({ year: 2026, month: 6, leap: true, day: 1 })).toBeNull()
  expect(solarOf({ year: 2025, month: 12, leap: false, day: 30 })).toBeNull()
  expect(solarOf({ year: 2200, month: 1, leap: false, day: 1 })).toBeNull()
  expect(lunarOf(plainDate(1890, 1, 1)!)).toBeNull()
})

test('leap months are counted on the way', () => {
  expect(lunarMonthsAway({ year: 2025, month: 7, leap: false }, -1)).toEqual({ year: 2025, month: 6, leap: true })
  expect(lunarMonthsAway({ year: 2025, month: 6, leap: false }, 1)).toEqual({ year: 2025, month: 6, leap: true })
  expect(lunarMonthsAway({ year: 2026, month: 1, leap: false }, -1)).toEqual({ year: 2025, month: 12, leap: false })
})
