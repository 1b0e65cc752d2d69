import { describe, expect, it } from 'vitest'
import { createRequire } from 'node:module'
import { addDays, dateAt, formatInstant, parseInstant, type Instant, type PlainDate } from '../../src/base/time.ts'
import { afterQuiet, parseQuietSpan } from '../../src/domain/calendar/quiet-hours.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'

const day = (text: string) => text as PlainDate
const calendar = workingCalendar()

describe('working days', () => {
  it.each([
    ['2026-02-14', true, 'Saturday worked before the Spring Festival'],
    ['2026-02-15', false, 'first day of the Spring Festival'],
    ['2026-02-16', false, 'a Monday within it'],
    ['2026-02-23', false, 'its last day, a Monday'],
    ['2026-02-24', true, 'the first day back'],
    ['2026-02-28', true, 'a Saturday worked for it'],
    ['2026-03-01', false, 'a plain Sunday'],
    ['2026-10-10', true, 'a Saturday worked for the National Day'],
    ['2026-11-23', true, 'a plain Monday'],
  ])('%s → %s: %s', (on, worked) => {
    expect(calendar.isWorkingDay(day(on))).toBe(worked)
    expect(calendar.isProvisional(day(on))).toBe(false)
  })

  it('agrees with the calendar package on every day it covers', () => {
    const source = createRequire(import.meta.url)('chinese-days') as { isWorkday(on: string): boolean }
    const wrong: string[] = []
    for (let on = day('2004-01-01'); on <= calendar.coveredUntil; on = addDays(on, 1)) {
      if (calendar.isWorkingDay(on) !== source.isWorkday(on)) wrong.push(on)
    }
    expect(wrong).toEqual([])
  })

  it('is provisional beyond the table: weekends and statutory days, by the lunar calendar where they are lunar', () => {
    expect(calendar.coveredUntil).toBe('2026-12-31')
    const off: string[] = []
    for (let on = day('2027-01-01'); on <= '2027-12-31'; on = addDays(on, 1)) {
      const weekend = [0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay())
      expect(calendar.isProvisional(on)).toBe(true)
      if (!calendar.isWorkingDay(on) && !weekend) off.push(on)
    }
    // 除夕 is Friday 5 February, 初三 Monday 8 February; 1–2 May and 2–3 October are weekend days.
    expect(off).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-08',
      '2027-04-05',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
    ])
  })

  it('finds the working day before and after a break', () => {
    expect(calendar.onOrBefore(day('2026-02-20'))).toBe('2026-02-14')
    expect(calendar.onOrAfter(day('2026-02-15'))).toBe('2026-02-24')
    expect(calendar.onOrAfter(day('2026-02-24'))).toBe('2026-02-24')
  })
})

describe('quiet hours', () => {
  const quiet = ['21:00-07:00', '12:00-14:00'].map((text) => parseQuietSpan(text)!)
  it.each([
    ['2026-11-23T20:59:00+08:00', '2026-11-23T20:59:00+08:00'],
    ['2026-11-23T21:00:00+08:00', '2026-11-24T07:00:00+08:00'],
    ['2026-11-24T00:30:00+08:00', '2026-11-24T07:00:00+08:00'],
    ['2026-11-24T07:00:00+08:00', '2026-11-24T07:00:00+08:00'],
    ['2026-11-24T12:00:00+08:00', '2026-11-24T14:00:00+08:00'],
  ])('%s → %s', (from, to) => {
    const at = afterQuiet(parseInstant(from) as Instant, quiet, 'Asia/Shanghai')
    expect(formatInstant(at, 'Asia/Shanghai')).toBe(to)
  })

  it('goes by the wall clock of the zone', () => {
    const at = parseInstant('2026-11-23T21:30:00+06:00') as Instant
    expect(dateAt(afterQuiet(at, quiet, 'Asia/Urumqi'), 'Asia/Urumqi')).toBe('2026-11-24')
    expect(afterQuiet(at, quiet, 'Europe/London')).toBe(at)
  })

  it.each(['21:00', '25:00-07:00', '07:00-07:00', '7:00-8:00', ''])('refuses %s', (text) => {
    expect(parseQuietSpan(text)).toBeNull()
  })
})
