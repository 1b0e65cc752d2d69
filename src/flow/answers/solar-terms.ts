/** 立春 to 大寒: the days of the 24 solar terms. */
import type { PlainDate } from '../../base/time.ts'
import { plainDate } from '../../base/time.ts'
import { EARLIEST, FIRST_TERM_YEAR, TERM_DAYS, TERM_NAMES } from './solar-terms-table.ts'

const PLACES: ReadonlyMap<string, number> = new Map(TERM_NAMES.map((name, place) => [name, place]))

export const isSolarTerm = (name: string): boolean => PLACES.has(name)

/** @returns null for what is no solar term, before 1900 and after 2100 */
export function solarTerm(name: string, year: number): PlainDate | null {
  const place = PLACES.get(name)
  const month = place === undefined ? -1 : place >> 1
  const digit = TERM_DAYS[year - FIRST_TERM_YEAR]?.[month]
  if (place === undefined || digit === undefined) return null
  const later = Number.parseInt(digit, 16) >> (place % 2 === 0 ? 2 : 0)
  return plainDate(year, month + 1, (EARLIEST[place] as number) + (later & 3))
}
