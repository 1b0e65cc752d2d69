import { Lunar, Solar } from 'lunar-javascript'
import { expect, test } from 'vitest'
import { FEASTS } from '../../src/domain/calendar/feast-table.ts'
import { statutoryDays } from '../../src/domain/calendar/statutory.ts'

const monthAndDay = (ymd: string): string => ymd.slice(5).replace('-', '')

test('the table of feasts agrees with the calendar package in every year', () => {
  const feasts = Object.keys(FEASTS).map(Number)
  expect([feasts[0], feasts.at(-1), feasts.length]).toEqual([2004, 2100, 97])
  for (const year of feasts) {
    const lunarDay = (month: number, day: number) => Lunar.fromYmd(year, month, day).getSolar().toYmd()
    const qingming = Solar.fromYmd(year, 4, 5).getLunar().getJieQiTable()['清明']?.toYmd() ?? ''
    expect(FEASTS[year]).toBe([lunarDay(1, 1), qingming, lunarDay(5, 5), lunarDay(8, 15)].map(monthAndDay).join(' '))
  }
})

test('a year has its statutory days (two of 2028 fall together), and beyond the table those of the solar calendar', () => {
  expect([...statutoryDays(2028)].sort()).toEqual(
    '01-01 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-28 10-01 10-02 10-03'.split(' ').map((day) => `2028-${day}`),
  )
  expect(statutoryDays(2101).size).toBe(6)
})
