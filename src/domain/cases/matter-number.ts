/**
 * Numbers that people read out on the phone: YYMMDD of the local day, the sequence of that day (four digits, more when
 * there are more), and one check digit after ISO 7064 MOD 11,10, which catches any one wrong digit and nearly every swap.
 */
import type { PlainDate } from '../../base/time.ts'

/** `2026-11-22`, 1 → `26112200012`. */
export function matterNumber(on: PlainDate, sequence: number): string {
  const digits = `${dayKey(on)}${String(sequence).padStart(4, '0')}`
  return digits + checkDigit(digits)
}

/** `2026-11-22` → `261122`. */
export const dayKey = (on: PlainDate): string => on.slice(2).replaceAll('-', '')

/** At least 11 digits, and the last one fits the others. */
export const isMatterNumber = (text: string): boolean =>
  /^\d{11,16}$/.test(text) && checkDigit(text.slice(0, -1)) === text.slice(-1)

/** YYMMDD and at least five digits more, blanks allowed, whatever the check digit: no phone (13 to 19 …), no sum of money. */
export const isLikeMatterNumber = (text: string): boolean =>
  text.length < 30 && /^[2-9]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{5,10}$/.test(text.replace(/[\s-]/g, ''))

/** ISO 7064:2003, hybrid system MOD 11,10. */
export function checkDigit(digits: string): string {
  let product = 10
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return String((11 - product) % 10)
}
