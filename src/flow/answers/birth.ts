/** A year of birth where a number is asked: 六四年的, 1976年生, 属龙. Age asked, it gives the ages that it may be. */
import { dateAt, partsOf } from '../../base/time.ts'
import { fullYear } from './date-text.ts'
import { unspaced } from './normalise.ts'
import { readNumeral } from './numeral.ts'
import type { Asked, Said } from './understanding.ts'
import { oneCharacter } from './variants.ts'
import { zodiacSaid, zodiacYears } from './zodiac.ts'

/** Nobody is this old: where years are asked, the number is a year of birth. */
export const FIRST_BIRTH = 1900
export const LAST_BIRTH = 2100

const DIGITS = '零一二三四五六七八九'
const SPOKEN = new RegExp(`^([${DIGITS}]{4}(?=年|$)|[${DIGITS}]{2}(?=年))`)
const BORN =
  /^(?:我|他|她|娃|孩子)?(?:是)?(?<year>(?:19|20)\d\d|\d\d(?=年))(?<mark>年)?(?:\d{1,2}月(?:\d{1,2}[日号]?)?)?(?<tail>出生的?|生人|生的?|的|人)?(?:[,，、]?(?<animal>属.{1,2}?)的?)?$/
const ENGLISH = /^(?:(?:i|he|she) (?:was|is) )?born in ((?:19|20)\d\d)$/

/** As a number of years is read back. */
const DIGITS_THEN_BLANK = /\d 年/

interface Born {
  /** Years of birth, likeliest first. */
  readonly years: readonly number[]
  /** 64年 may as well be 64 years, 七八年 seven or eight. */
  readonly orYears: readonly number[]
}

function bornIn(spoken: string, thisYear: number): Born | null {
  const english = ENGLISH.exec(spoken)
  if (english) return { years: [Number(english[1])], orYears: [] }
  const text = oneCharacter(unspaced(spoken))
  const animal = zodiacSaid(text)
  if (animal !== null) return { years: zodiacYears(animal, thisYear), orYears: [] }
  const digits = text.replace(SPOKEN, (run) => [...run].map((char) => DIGITS.indexOf(char)).join(''))
  const groups = BORN.exec(digits)?.groups
  if (!groups?.['year']) return null
  const year = fullYear(groups['year'], thisYear)
  const own = year > thisYear ? year - 100 : year
  if (own < FIRST_BIRTH) return null
  const said = groups['animal'] === undefined ? null : zodiacSaid(groups['animal'])
  if (groups['animal'] !== undefined && (said === null || !zodiacYears(said, thisYear).includes(own))) return null
  const bare = groups['year'].length === 2 && groups['tail'] === undefined && said === null
  if (bare && DIGITS_THEN_BLANK.test(spoken)) return null
  const counted = bare ? readNumeral(text) : null
  return { years: [own], orYears: counted && (digits === text || counted.values.length > 1) ? counted.values : [] }
}

/**
 * The numbers that a birth may mean; null where none was told.
 * Asked in years: ages, this year's birthday past or not. Asked without a unit, but with a constraint: the years where it
 * allows them, else the ages that it allows.
 * @param text normalised
 */
export function birthNumbers(text: string, asked: Asked, said: Said): readonly number[] | null {
  const { allows } = asked
  if (asked.unit !== 'year' && (asked.unit !== undefined || allows === undefined)) return null
  const [thisYear] = partsOf(dateAt(said.at, said.zone))
  const born = bornIn(text, thisYear)
  if (!born) return null
  const ages = born.years.flatMap((year) => [thisYear - year, thisYear - year - 1]).filter((age) => age >= 0)
  if (asked.unit === 'year') return [...ages, ...born.orYears]
  const fit = (numbers: readonly number[]): number[] => numbers.filter((number) => allows?.(String(number)) === true)
  const years = fit(born.years)
  return years.length > 0 ? years : fit(ages)
}
