/** Reading the columns of a row. */
import { isLocatedList, textOf } from './located.ts'
import type { Complaints } from './problems.ts'
import { spotOf, type RowSource } from './row-source.ts'

const YES = /^(yes|true|true\(\))$/i
const NO = /^(no|false|false\(\))$/i

export const textColumn = (row: RowSource, column: string): string | null => textOf(row.columns.get(column))

/** `[audio, image]` of a YAML file, or the same words of a workbook's cell. */
export function listColumn(row: RowSource, column: string): readonly string[] {
  const value = row.columns.get(column)?.value
  if (value !== undefined && isLocatedList(value)) return value.flatMap((one) => textOf(one) ?? [])
  return textColumn(row, column)?.split(/[\s,]+/) ?? []
}

/** XLSForm's yes and no; anything else is an expression. */
export function flagOrExpression(row: RowSource, column: string): boolean | string {
  const text = textColumn(row, column)?.trim()
  if (text === undefined || NO.test(text)) return false
  return YES.test(text) ? true : text
}

/** A whole number of at least 1. */
export function countColumn(row: RowSource, column: string, otherwise: number, complaints: Complaints): number {
  const text = textColumn(row, column)
  if (text === null) return otherwise
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  complaints.add('wrong_value', spotOf(row, column), { key: column, expected: 'number' })
  return otherwise
}

/** One of several words. */
export function oneOf<Word extends string>(
  row: RowSource,
  column: string,
  words: readonly Word[],
  otherwise: Word,
  complaints: Complaints,
): Word {
  const text = textColumn(row, column)
  if (text === null) return otherwise
  if ((words as readonly string[]).includes(text)) return text as Word
  complaints.add('wrong_value', spotOf(row, column), { key: column, expected: words.join(' ') })
  return otherwise
}

/** `start=0 end=10 step=1` → a map. */
export function parametersOf(row: RowSource): ReadonlyMap<string, string> {
  const text = textColumn(row, 'parameters') ?? ''
  return new Map(
    [...text.matchAll(/([\w-]+)\s*=\s*([^\s,;]+)/g)].map((match) => [
      (match[1] as string).toLowerCase(),
      match[2] as string,
    ]),
  )
}

/** Static text, or an expression when it holds a function, an operator or `${}` (pyxform's rule). */
export const isDynamic = (text: string): boolean =>
  /\$\{|[\p{L}_][\p{L}\p{Nd}_:-]*\(|\s(\+|\*|-|div|mod|and|or|=|!=|<|>|<=|>=)\s/u.test(text)
