/** Days that were set beyond the table that ships, against tables made by hand. */
import { describe, expect, test } from 'vitest'
import { addDays, instantOf, weekdayOf, type PlainDate } from '../../src/base/time.ts'
import { calendarKeeper } from '../../src/domain/calendar/keeper.ts'
import type { CalendarDayRecord } from '../../src/domain/calendar/ports.ts'
import {
  shippedKind,
  workingCalendar,
  type SetDay,
  type WorkingCalendar,
} from '../../src/domain/calendar/working-days.ts'

const day = (text: string) => text as PlainDate

/** Seven letters from Monday on: `.` worked, `-` off. */
function weeks(calendar: WorkingCalendar, monday: string, count: number): string[] {
  expect(weekdayOf(day(monday))).toBe(1)
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_each, place) =>
      calendar.isWorkingDay(addDays(day(monday), week * 7 + place)) ? '.' : '-',
    ).join(''),
  )
}

describe('by hand', () => {
  test.each([
    ['the new year of 2026', '2025-12-29', ['...---.', '.....--']],
    ['the Spring Festival of 2026', '2026-02-09', ['......-', '-------', '-.....-', '.....--']],
    ['the National Day of 2026', '2026-09-14', ['.....-.', '....---', '...----', '---...-', '.....--']],
  ])('%s', (_, monday, expected) => {
    expect(weeks(workingCalendar(), monday, expected.length)).toEqual(expected)
  })

  test('2028, whose notice nobody knows: 除夕 to 初三, a leap day, and all of it provisional', () => {
    const calendar = workingCalendar()
    expect(weeks(calendar, '2028-01-24', 2)).toEqual(['.------', '.....--'])
    expect(weeks(calendar, '2028-02-28', 1)).toEqual(['.....--'])
    expect(calendar.isWorkingDay(day('2028-02-29'))).toBe(true)
    expect(calendar.isProvisional(day('2028-02-29'))).toBe(true)
    expect(calendar.isProvisional(day('2026-12-31'))).toBe(false)
    expect(calendar.coveredUntil).toBe('2026-12-31')
  })
})

const off = (territoryId: string | null, ...dates: string[]): SetDay[] =>
  dates.map((date) => ({ date: day(date), kind: 'off', territoryId }))
const work = (territoryId: string | null, ...dates: string[]): SetDay[] =>
  dates.map((date) => ({ date: day(date), kind: 'work', territoryId }))

/** The weekdays that the law gives in 2027. */
const STATUTORY_2027 = [
  '2027-01-01',
  '2027-02-05',
  '2027-02-08',
  '2027-04-05',
  '2027-06-09',
  '2027-09-15',
  '2027-10-01',
]

describe('an imported notice', () => {
  const whole = workingCalendar([...off(null, ...STATUTORY_2027, '2027-02-09'), ...work(null, '2027-02-20')])

  test('covers its year once every statutory day is named', () => {
    expect(whole.coveredUntil).toBe('2027-12-31')
    expect(whole.isProvisional(day('2027-06-01'))).toBe(false)
    expect(whole.isProvisional(day('2028-01-03'))).toBe(true)
    expect(weeks(whole, '2027-02-01', 3)).toEqual(['....---', '--...--', '......-'])
  })

  test('half of it counts at once, and the year stays provisional', () => {
    const half = workingCalendar([...off(null, '2027-02-09'), ...work(null, '2027-02-20')])
    expect(half.coveredUntil).toBe('2026-12-31')
    expect(half.isProvisional(day('2027-02-09'))).toBe(true)
    expect(half.isWorkingDay(day('2027-02-09'))).toBe(false)
    expect(half.isWorkingDay(day('2027-02-20'))).toBe(true)
    expect(half.isWorkingDay(day('2027-10-01'))).toBe(false)
  })

  test('a year behind a gap is known, but the calendar is not covered up to it', () => {
    const later = workingCalendar(
      off(
        null,
        '2029-01-01',
        '2029-02-12',
        '2029-02-13',
        '2029-02-14',
        '2029-02-15',
        '2029-04-04',
        '2029-05-01',
      ).concat(off(null, '2029-05-02', '2029-06-16', '2029-09-22', '2029-10-01', '2029-10-02', '2029-10-03')),
    )
    expect(later.isProvisional(day('2029-03-01'))).toBe(false)
    expect(later.coveredUntil).toBe('2026-12-31')
  })

  test('wins over the table that ships', () => {
    expect(shippedKind(day('2026-05-09'))).toBe('work')
    expect(workingCalendar(off(null, '2026-05-09')).isWorkingDay(day('2026-05-09'))).toBe(false)
  })
})

describe('local days', () => {
  const setters = new Map([
    ['jishou', ['jishou']],
    ['aizhai', ['jishou']],
    ['yangmeng', ['yangmeng', 'jishou']],
  ])
  const calendar = workingCalendar(
    [...off('jishou', '2026-09-21'), ...work('yangmeng', '2026-09-21'), ...work('jishou', '2026-10-01')],
    setters,
  )
  test.each([
    ['jishou', false],
    ['aizhai', false],
    ['yangmeng', true],
    ['huayuan', true],
  ])('a day off in one county: %s works: %s', (place, worked) => {
    expect(calendar.forPlace(place).isWorkingDay(day('2026-09-21'))).toBe(worked)
  })

  test('win over the country’s days, and only there', () => {
    expect(calendar.isWorkingDay(day('2026-10-01'))).toBe(false)
    expect(calendar.forPlace('aizhai').isWorkingDay(day('2026-10-01'))).toBe(true)
    expect(calendar.forPlace('huayuan').isWorkingDay(day('2026-10-01'))).toBe(false)
    expect(calendar.forPlace('aizhai').onOrAfter(day('2026-09-21'))).toBe('2026-09-22')
    expect(calendar.forPlace('aizhai').onOrBefore(day('2026-09-21'))).toBe('2026-09-20')
  })
})

test('a running program takes in what was imported: at its start, and at the first look of the next day', async () => {
  const stored: CalendarDayRecord[] = []
  const set = (date: string, territoryId: string | null) =>
    stored.push({
      id: `${date} ${territoryId ?? ''}`,
      date: day(date),
      territoryId,
      kind: 'off',
      name: null,
      source: null,
      revision: 0,
    })
  const zone = 'Asia/Shanghai'
  const within = async (id: string) => [id, `${id}/village`]
  const { calendar, job, refresh } = calendarKeeper({ calendarDays: async () => [...stored] }, { within }, zone)
  const at = (text: string) => instantOf(day(text.slice(0, 10)), text.slice(11), zone)
  await refresh(at('2026-11-23 09:00'))
  set('2026-11-25', null)
  set('2026-11-26', 'county')
  await job.run(at('2026-11-23 23:59'))
  expect(calendar.isWorkingDay(day('2026-11-25'))).toBe(true)
  expect(await job.next(at('2026-11-23 23:59'))).toBe(at('2026-11-24 00:00'))
  await job.run(at('2026-11-24 07:12'))
  expect(calendar.isWorkingDay(day('2026-11-25'))).toBe(false)
  expect(calendar.forPlace('county/village').isWorkingDay(day('2026-11-26'))).toBe(false)
  expect(calendar.forPlace('elsewhere').isWorkingDay(day('2026-11-26'))).toBe(true)
})
