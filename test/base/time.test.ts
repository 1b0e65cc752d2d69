import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  dateAt,
  daysBetween,
  formatInstant,
  instant,
  instantOf,
  parseInstant,
  parsePlainDate,
  timeAt,
  type PlainDate,
} from '../../src/base/time.ts'

const date = (text: string) => parsePlainDate(text) as PlainDate

describe('civil days', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(date(from), months)).toBe(to)
  })

  test.each(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', ''])('%s is no day', (text) => {
    expect(parsePlainDate(text)).toBeNull()
  })

  test('adding days and counting them agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (days) => {
        expect(daysBetween(date('2026-11-22'), addDays(date('2026-11-22'), days))).toBe(days)
      }),
    )
  })
})

describe('moments and walls', () => {
  test('an instant shows its offset and reads back', () => {
    const at = parseInstant('2026-11-25T08:30:00+08:00')
    expect(at).not.toBeNull()
    expect(formatInstant(at as never, 'Asia/Shanghai')).toBe('2026-11-25T08:30:00+08:00')
    expect(formatInstant(at as never, 'UTC')).toBe('2026-11-25T00:30:00+00:00')
  })

  test.each(['2026-11-25T08:30:00', '2026-11-25', 'now', '2026-02-30T00:00:00Z+'])('%s is no instant', (text) => {
    expect(parseInstant(text)).toBeNull()
  })

  test.each(['Asia/Shanghai', 'America/New_York', 'Pacific/Apia', 'UTC'])(
    'in %s a wall time leads back to itself',
    (zone) => {
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(1995, 0), max: Date.UTC(2060, 0) }), (ms) => {
          const at = instant(ms)
          const again = instantOf(dateAt(at, zone), timeAt(at, zone), zone)
          expect(Math.abs(at - again)).toBeLessThanOrEqual(3_600_000 + 60_000)
          expect(dateAt(again, zone)).toBe(dateAt(at, zone))
        }),
      )
    },
  )

  test('the hour that summer time leaves out becomes the moment after it', () => {
    expect(formatInstant(instantOf(date('2026-03-08'), '02:30', 'America/New_York'), 'America/New_York')).toMatch(
      /^2026-03-08T0[13]:30:00/,
    )
  })
})
