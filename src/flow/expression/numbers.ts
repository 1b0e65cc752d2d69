import { dayNumber } from './dates.ts'

const NUMERAL = /^[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*$/

/**
 * XPath's number(): decimal digits with an optional sign and point, blanks around allowed, no exponent.
 * An ISO date or date-time is its day number in the zone's local time. @returns NaN for everything else, "" too.
 */
export function numberOf(text: string, zone: string): number {
  const length = text.length
  // Short runs of digits are nearly all numbers that people answer with.
  if (length > 0 && length <= 9) {
    let value = 0
    let index = 0
    for (; index < length; index++) {
      const digit = text.charCodeAt(index) - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (index === length) return value
  }
  if (length === 0) return NaN
  if (NUMERAL.test(text)) return Number(text)
  return dayNumber(text, zone)
}

/** XPath's string() of a number: no exponent, no trailing zeros, "0" for -0, "NaN", "Infinity", "-Infinity". */
export function numberText(value: number): string {
  const text = String(value)
  const exponentAt = text.indexOf('e')
  if (exponentAt < 0) return text
  const exponent = Number(text.slice(exponentAt + 1))
  const sign = value < 0 ? '-' : ''
  const [whole = '', fraction = ''] = text.slice(sign.length, exponentAt).split('.')
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`
  return `${sign}${whole}${fraction.padEnd(exponent, '0')}`
}

/** Half away from zero, on the decimal digits that are shown: roundTo(1.005, 2) is 1.01. `places` may be negative. */
export function roundTo(value: number, places: number): number {
  if (!Number.isFinite(value)) return value
  if (Number.isNaN(places)) return NaN
  const digits = Math.max(-400, Math.min(400, Math.trunc(places)))
  const shifted = digits === 0 ? Math.abs(value) : shift(Math.abs(value), digits)
  // Beyond the digits of a double there is nothing to round.
  if (!Number.isFinite(shifted)) return value
  const rounded = digits === 0 ? Math.round(shifted) : shift(Math.round(shifted), -digits)
  return value < 0 && rounded !== 0 ? -rounded : rounded
}

function shift(value: number, digits: number): number {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  return Number(`${mantissa}e${Number(exponent) + digits}`)
}

/** Toward zero, and never -0. */
export const truncated = (value: number): number => Math.trunc(value) + 0
