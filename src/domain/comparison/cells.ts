/** Cells as departments fill them in. */
import { plainDate } from '../../base/time.ts'
import { checkOf, readIdNumber, type IdNumberReading } from '../registry/import/id-number.ts'

/**
 * As `readIdNumber`, and the 15 digits that were given until 1999, which become 18: the century before the birth year and a
 * check character at the end.
 */
export function readAnyIdNumber(cell: string): IdNumberReading {
  const text = cell.normalize('NFKC').replace(/['’‘\s-]/g, '')
  if (!/^\d{15}$/.test(text)) return readIdNumber(cell)
  const year = 1900 + Number(text.slice(6, 8))
  if (plainDate(year, Number(text.slice(8, 10)), Number(text.slice(10, 12))) === null) return { kind: 'birth' }
  const digits = `${text.slice(0, 6)}19${text.slice(6)}`
  return readIdNumber(`'${digits}${checkOf(digits)}`)
}

/** What a column's title says its numbers are in. */
export const scaleOf = (title: string): number => (/万\s*元/u.test(title.normalize('NFKC')) ? 10_000 : 1)

/** Largest sum that a household has; more is a slipped column. */
const MOST = 100_000_000

/**
 * Whole yuan of `12,345.60`, `１２３元`, `1.2万元`, `¥800`.
 * @param scale of the column
 * @returns null for what is no sum
 */
export function readSum(cell: string, scale: number): number | null {
  const text = cell
    .normalize('NFKC')
    .replace(/[\s'’‘,¥￥]/g, '')
    .replace(/^(人民币|RMB)/iu, '')
  const match = /^(\d+(?:\.\d+)?(?:E[+-]?\d+)?)(万)?(?:元|圆|块)?整?$/iu.exec(text)
  if (!match) return null
  const value = Number(match[1]) * (match[2] ? 10_000 : scale)
  return Number.isFinite(value) && value <= MOST ? Math.round(value) : null
}
