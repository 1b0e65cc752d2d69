/** Reads the cells of one row and keeps what was wrong, so that a row tells all its faults at once. */
import type { PlainDate } from '../../../base/time.ts'
import { readDay } from './day-cell.ts'
import { tidy, tidyName, wordsOf, normalForm } from './normal-form.ts'
import { readPhone } from './phone-cell.ts'
import type { RawRow, Reading, Refusal } from './row.ts'
import type { ListName, Vocabulary } from './vocabulary.ts'

/** Longest text of a cell; a longer one is a slipped column. */
const TEXT_LIMIT = 500
const NAME_LIMIT = 60

export interface ReadContext {
  /** The day where the import runs. */
  readonly today: PlainDate
  readonly vocabulary: Vocabulary
  /** Names of the channels a group or account may be on. */
  readonly channels: readonly string[]
}

export interface RowReader {
  /** The cell as it is, null when empty. */
  raw(column: string): string | null
  text(column: string, limit?: number): string | null
  /** Text of a column that may not be empty; "" when it is (and then the row is refused). */
  name(column: string): string
  wholeNumber(column: string, range: { min: number; max: number }): number | null
  /** A sum; rounded to whole yuan. */
  money(column: string): number | null
  day(column: string, bounds?: { notAfterToday?: boolean }): PlainDate | null
  phone(column: string, allow: 'mobile' | 'any' | 'public'): string | null
  /** A word of the list, by name or title. */
  word(column: string, list: ListName): string | null
  /** Words of the list without repetition, in the order of the list. */
  words(column: string, list: ListName, order: readonly string[]): readonly string[]
  /** As `words` for lists that a county may extend: what is not known stays as written. */
  openWords(column: string, list: ListName): readonly string[]
  refuse(column: string, reason: string, params?: Refusal['params']): void
  done<Row>(row: Row): Reading<Row>
}

export function rowReader(row: RawRow, context: ReadContext): RowReader {
  const refusals: Refusal[] = []
  const refuse = (column: string, reason: string, params?: Refusal['params']) => {
    refusals.push(params ? { column, reason, params } : { column, reason })
  }
  const raw = (column: string) => {
    const cell = row.cells.get(column)
    return cell === undefined || cell.trim() === '' ? null : cell
  }
  const known = (list: ListName) => context.vocabulary.get(list) ?? new Map<string, string>()

  const text = (column: string, limit = TEXT_LIMIT) => {
    const cell = raw(column)
    if (cell === null) return null
    const words = tidy(cell)
    if (words.length > limit) refuse(column, 'too_long', { max: limit })
    return words === '' ? null : words
  }

  return {
    raw,
    text,
    name(column) {
      const cell = raw(column)
      const name = cell === null ? '' : tidyName(cell)
      if (name === '') refuse(column, 'missing')
      else if (name.length > NAME_LIMIT) refuse(column, 'too_long', { max: NAME_LIMIT })
      return name
    },
    wholeNumber(column, { min, max }) {
      const cell = raw(column)
      if (cell === null) return null
      const value = numberIn(cell)
      if (value === null || !Number.isInteger(value)) refuse(column, 'not_whole', { value: short(cell) })
      else if (value < min || value > max) refuse(column, 'out_of_range', { value, min, max })
      else return value
      return null
    },
    money(column) {
      const cell = raw(column)
      if (cell === null) return null
      const value = numberIn(cell)
      if (value === null) refuse(column, 'not_number', { value: short(cell) })
      else if (value < 0 || value > 2_000_000_000) refuse(column, 'out_of_range', { value, min: 0, max: 2_000_000_000 })
      else return Math.round(value)
      return null
    },
    day(column, bounds = {}) {
      const cell = raw(column)
      if (cell === null) return null
      const day = readDay(cell)
      if (day === null) refuse(column, 'not_a_day', { value: short(cell) })
      else if (bounds.notAfterToday && day > context.today) refuse(column, 'in_future', { value: day })
      return day
    },
    phone(column, allow) {
      const cell = raw(column)
      if (cell === null) return null
      const reading = readPhone(cell, allow)
      if (reading.kind === 'fine') return reading.phone
      refuse(column, reading.kind === 'rounded' ? 'phone_rounded' : 'phone_shape')
      return null
    },
    word(column, list) {
      const cell = raw(column)
      if (cell === null) return null
      const name = known(list).get(normalForm(cell))
      if (name === undefined) refuse(column, 'unknown_word', { value: short(cell) })
      return name ?? null
    },
    words(column, list, order) {
      const cell = raw(column)
      if (cell === null) return []
      const names = new Set<string>()
      for (const word of wordsOf(cell)) {
        const name = known(list).get(normalForm(word))
        if (name === undefined) refuse(column, 'unknown_word', { value: short(word) })
        else names.add(name)
      }
      return order.filter((name) => names.has(name))
    },
    openWords(column, list) {
      const cell = raw(column)
      if (cell === null) return []
      return [...new Set(wordsOf(cell).map((word) => known(list).get(normalForm(word)) ?? tidy(word)))]
    },
    refuse,
    done: (result) => (refusals.length > 0 ? { refusals } : { row: result }),
  }
}

/** A plain number with thousands separators, full-width digits or 元 behind it. */
function numberIn(cell: string): number | null {
  const text = cell
    .normalize('NFKC')
    .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '')
    .replace(/[\s'¥￥]|元$|人$|口$/g, '')
  if (!/^-?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

/** What a refusal repeats of a cell. */
const short = (cell: string): string => (cell.length > 20 ? `${cell.slice(0, 20)}…` : cell)
