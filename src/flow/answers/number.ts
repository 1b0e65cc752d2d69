/** integer, decimal and range. */
import { birthNumbers, FIRST_BIRTH, LAST_BIRTH } from './birth.ts'
import type { Quantity } from './quantity.ts'
import { readQuantity } from './quantity.ts'
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

/** @param text normalised */
export function parseNumber(text: string, asked: Asked, said: Said): Understanding {
  const born = birthNumbers(text, asked, said)
  if (born && born.length > 0)
    return outcome({ values: born, approximate: false, unsure: asked.unit === 'year' }, asked, said)
  const quantity = readQuantity(text, asked.unit)
  return quantity ? outcome(quantity, asked, said) : { result: 'not_understood' }
}

function outcome(quantity: Quantity, asked: Asked, said: Said): Understanding {
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
