import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../src/base/time.ts'
import { checkDigit, isMatterNumber, matterNumber } from '../../src/domain/cases/matter-number.ts'

const on = '2026-11-22' as PlainDate

describe('matter number', () => {
  it('is day, sequence and check digit', () => {
    expect(matterNumber(on, 1)).toBe('26112200012')
    expect(isMatterNumber('26112200012')).toBe(true)
    expect(matterNumber(on, 12_345)).toHaveLength(12)
  })

  it('has the check digit of ISO 7064 MOD 11,10 (the example of the standard: 0794 → 5)', () => {
    expect(checkDigit('0794')).toBe('5')
  })

  it('notices any one wrong digit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.nat(10),
        fc.integer({ min: 1, max: 9 }),
        (sequence, at, by) => {
          const number = matterNumber(on, sequence)
          const place = at % number.length
          const wrong = number.slice(0, place) + ((Number(number[place]) + by) % 10) + number.slice(place + 1)
          return isMatterNumber(number) && !isMatterNumber(wrong)
        },
      ),
    )
  })

  it.each(['', '2611220001', '26112200013', '261122000123456789', '2611220001a'])('refuses %s', (text) => {
    expect(isMatterNumber(text)).toBe(false)
  })
})
