/** Resident identity numbers (GB 11643): 17 digits and a check character by ISO 7064 MOD 11-2. */
import { plainDate, type PlainDate } from '../../../base/time.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

export type IdNumberReading =
  | { readonly kind: 'fine'; readonly number: string; readonly birthOn: PlainDate; readonly sex: 'male' | 'female' }
  /** `rounded`: a spreadsheet program kept 15 digits of it. */
  | { readonly kind: 'rounded' | 'length' | 'characters' | 'birth' | 'check' }

/**
 * A leading apostrophe is how spreadsheets mark text: such a number was not rounded, even where it ends in 000.
 */
export function readIdNumber(cell: string): IdNumberReading {
  const marked = /^['’‘]/.test(cell.trim())
  const text = cell
    .normalize('NFKC')
    .replace(/['’‘\s-]/g, '')
    .toUpperCase()
  if (/^\d(\.\d+)?E\+?\d+$/.test(text) || /^\d{15,}\.0+$/.test(text)) return { kind: 'rounded' }
  if (/[^\dX]/.test(text)) return { kind: 'characters' }
  if (text.length !== 18) return { kind: 'length' }
  if (!/^\d{17}[\dX]$/.test(text)) return { kind: 'characters' }
  if (!marked && text.endsWith('000')) return { kind: 'rounded' }
  const birthOn = plainDate(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))
  if (birthOn === null || birthOn < '1880-01-01') return { kind: 'birth' }
  if (checkOf(text) !== text[17]) return { kind: 'check' }
  return { kind: 'fine', number: text, birthOn, sex: Number(text[16]) % 2 === 1 ? 'male' : 'female' }
}

/** The check character for the first 17 digits. */
export const checkOf = (digits: string): string => {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return CHECKS[sum % 11] as string
}
