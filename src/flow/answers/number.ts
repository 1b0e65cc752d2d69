/** integer, decimal and range. */
import { dateAt, partsOf } from '../../base/time.ts'
import { readQuantity } from './quantity.ts'
import { unspaced } from './normalise.ts'
import { REASONS } from './reasons.ts'
import type { Asked, Said, Understanding } from './understanding.ts'
import { echoOf } from './units.ts'

/** Nine digits, as forms on a phone allow for whole numbers. */
const LARGEST_WHOLE = 999_999_999
const LARGEST = 999_999_999_999

/** What forbids the value, apart from the flow's constraint; null when nothing does. */
export function refusalOf(value: number, asked: Asked): Understanding | null {
  if (asked.type === 'range' && asked.bounds) {
    const { start, end, step } = asked.bounds
    const [low, high] = start <= end ? [start, end] : [end, start]
    const params = { start, end, step }
    if (value < low || value > high) return { result: 'not_allowed', why: asked.why ?? REASONS.bounds, params }
    const steps = (value - start) / step
    if (step !== 0 && Math.abs(steps - Math.round(steps)) > 1e-9)
      return { result: 'not_allowed', why: asked.why ?? REASONS.step, params }
    return null
  }
  if (value < 0 && (asked.allows === undefined || (asked.unit !== undefined && asked.unit !== 'yuan')))
    return { result: 'not_allowed', why: asked.why ?? REASONS.negative }
  if (asked.type === 'integer' && !Number.isInteger(value)) return { result: 'not_allowed', why: REASONS.whole }
  if (Math.abs(value) > (asked.type === 'integer' ? LARGEST_WHOLE : LARGEST))
    return { result: 'not_allowed', why: REASONS.tooBig }
  return null
}

/** Digits and nothing else, as they would be stored: no tables needed. @returns null for anything else. */
export function literalNumber(text: string, asked: Asked, said: Said): Understanding | null {
  if (text.length > 16 || !/^-?\d+(?:\.\d+)?$/.test(text)) return null
  const value = Number(text)
  if (String(value) !== text || (asked.unit === 'year' && value >= FIRST_BIRTH && value <= LAST_BIRTH)) return null
  return (
    refusalOf(value, asked) ?? {
      result: 'understood',
      value,
      literal: true,
      echo: echoOf(value, asked.unit, said.language),
    }
  )
}

/** Nobody is this old: where years are asked, the number is a year of birth. */
const FIRST_BIRTH = 1900
const LAST_BIRTH = 2100
const BORN = /^(?:我|他|她)?(?:是)?(?:(?:19|20)\d\d年?|\d\d年)(?:\d{1,2}月(?:\d{1,2}[日号]?)?)?(?:出生|生人|生|的)*$/

/** Age asked, year of birth said: the two ages that it may be this year. */
function agesOf(spoken: string, asked: Asked, said: Said): number[] | null {
  const text = spoken.replace(/^(?:[零一二三四五六七八九]{4}|[零一二三四五六七八九]{2})(?=年)/, (run) =>
    [...run].map((char) => '零一二三四五六七八九'.indexOf(char)).join(''),
  )
  if (asked.unit !== 'year' || !BORN.test(text)) return null
  const digits = /\d+/.exec(text)?.[0] ?? ''
  const [thisYear] = partsOf(dateAt(said.at, said.zone))
  const short = Math.floor(thisYear / 100) * 100 + Number(digits)
  const year = digits.length === 4 ? Number(digits) : short > thisYear ? short - 100 : short
  if (digits.length === 2 && !/[生的]/.test(text)) return null
  const age = thisYear - year
  return age < 0 || year < FIRST_BIRTH ? null : [age, age - 1].filter((years) => years >= 0)
}

/** @param text normalised */
export function parseNumber(text: string, asked: Asked, said: Said): Understanding {
  const ages = agesOf(unspaced(text), asked, said)
  if (ages)
    return {
      result: 'ambiguous',
      candidates: ages.map((value) => ({ value, echo: echoOf(value, asked.unit, said.language) })),
    }
  const quantity = readQuantity(text, asked.unit)
  if (!quantity) return { result: 'not_understood' }
  const values = quantity.values.filter((value) => refusalOf(value, asked) === null)
  const [only] = values
  if (only === undefined) return refusalOf(quantity.values[0] as number, asked) ?? { result: 'not_understood' }
  const echo = (value: number) => echoOf(value, asked.unit, said.language)
  if (values.length > 1 || quantity.unsure)
    return { result: 'ambiguous', candidates: values.map((value) => ({ value, echo: echo(value) })) }
  return {
    result: 'understood',
    value: only,
    literal: false,
    echo: echo(only),
    ...(quantity.approximate && { approximate: true as const }),
  }
}
