import lunar from 'lunar-javascript'
import { expect, test } from 'vitest'
import { solarTerm } from '../../../src/flow/answers/solar-terms.ts'
import { TERM_NAMES } from '../../../src/flow/answers/solar-terms-table.ts'

interface Package {
  Lunar: { fromYmd(year: number, month: number, day: number): { getJieQiTable(): Record<string, { toYmd(): string }> } }
}
const { Lunar } = lunar as unknown as Package

test('the table says what the package calculates', () => {
  for (let year = 1901; year <= 2099; year += 2) {
    const near = [year, year + 1].map((each) => Lunar.fromYmd(each, 6, 1).getJieQiTable())
    for (const [place, name] of TERM_NAMES.entries()) {
      const month = `${year}-${String((place >> 1) + 1).padStart(2, '0')}`
      const theirs = near.map((table) => table[name]?.toYmd()).find((day) => day?.startsWith(month))
      expect(solarTerm(name, year)).toBe(theirs)
    }
  }
})

test('no other word and no other year', () => {
  expect(solarTerm('端午', 2026)).toBeNull()
  expect(solarTerm('立秋', 1899)).toBeNull()
  expect(solarTerm('立秋', 2101)).toBeNull()
})
