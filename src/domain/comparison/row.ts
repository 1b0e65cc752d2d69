/** One row of a department's sheet: a person, or something that is none. */
import type { PlainDate } from '../../base/time.ts'
import { readDay } from '../registry/import/day-cell.ts'
import { normalForm, tidy, tidyName } from '../registry/import/normal-form.ts'
import type { Refusal } from '../registry/import/row.ts'
import { readAnyIdNumber, readSum } from './cells.ts'

export const COMPARISON_COLUMNS = [
  'round',
  'source',
  'kind',
  'id_number',
  'name',
  'territory',
  'county',
  'township',
  'village',
  'amount',
  'happened_on',
  'note',
] as const

export interface ComparedPerson {
  readonly idNumber: string | null
  readonly name: string | null
  /** What the sheet says of the place, from wide to narrow. */
  readonly places: readonly string[]
  /** Yuan. */
  readonly amount: number | null
  readonly happenedOn: PlainDate | null
  readonly note: string | null
}

export type ComparedRow =
  | { readonly kind: 'person'; readonly person: ComparedPerson }
  /** Blank, a total, a line below the table. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

export interface RowReading {
  readonly today: PlainDate
  /** What the first words of a row of totals or remarks begin with, in normal form. */
  readonly notPeople: readonly string[]
  /** What the numbers of the amount column are in: 1 or 10,000. */
  readonly scale: number
}

const NAME_LIMIT = 60
const NOTE_LIMIT = 500

/** @param all every cell of the row, known column or not */
export function readComparedRow(
  cells: ReadonlyMap<string, string>,
  all: readonly string[],
  { today, notPeople, scale }: RowReading,
): ComparedRow {
  const cell = (column: string): string | null => {
    const text = cells.get(column)
    return text === undefined || tidy(text) === '' ? null : text
  }
  const filled = all.map(normalForm).filter((text) => text !== '')
  const isRemark = (text: string) => notPeople.some((word) => text.startsWith(word))
  if (filled.length === 0 || filled.slice(0, 2).some(isRemark)) return { kind: 'nobody' }
  const written = cell('id_number')
  const said = cell('name')
  const name = said === null ? null : tidyName(said).replace(/(?<=\p{Script=Han})[*＊]+$/u, '')
  if (name !== null && isRemark(normalForm(name))) return { kind: 'nobody' }
  // A serial number, a signature, a page number.
  if (written === null && name === null && filled.length <= 2) return { kind: 'nobody' }

  const refusals: Refusal[] = []
  if (written === null && name === null) refusals.push({ column: 'name', reason: 'nobody_named' })
  if (name !== null && name.length > NAME_LIMIT)
    refusals.push({ column: 'name', reason: 'too_long', params: { max: NAME_LIMIT } })
  const id = written === null ? null : readAnyIdNumber(written)
  if (id && id.kind !== 'fine') refusals.push({ column: 'id_number', reason: `id_${id.kind}` })

  const sum = cell('amount')
  const amount = sum === null || isEmptyMark(sum) ? null : readSum(sum, scale)
  if (sum !== null && !isEmptyMark(sum) && amount === null)
    refusals.push({ column: 'amount', reason: 'not_number', params: { value: short(sum) } })
  const day = cell('happened_on')
  const happenedOn = day === null || isEmptyMark(day) ? null : readDay(day)
  if (day !== null && !isEmptyMark(day) && happenedOn === null)
    refusals.push({ column: 'happened_on', reason: 'not_a_day', params: { value: short(day) } })
  if (happenedOn !== null && happenedOn > today)
    refusals.push({ column: 'happened_on', reason: 'in_future', params: { value: happenedOn } })
  if (refusals.length > 0) return { kind: 'refused', refusals }

  const note = cell('note')
  return {
    kind: 'person',
    person: {
      idNumber: id?.kind === 'fine' ? id.number : null,
      name: name === '' ? null : name,
      places: ['territory', 'county', 'township', 'village'].flatMap((column) => tidyName(cell(column) ?? '') || []),
      amount,
      happenedOn,
      note: note === null ? null : tidy(note).slice(0, NOTE_LIMIT),
    },
  }
}

/** `-`, `/`, `—`: nothing. */
const isEmptyMark = (text: string): boolean => /^[-/—–\\\s]+$/.test(text.normalize('NFKC'))

const short = (text: string): string => (text.length > 20 ? `${text.slice(0, 20)}…` : text)

/** What makes a row the same row in a file that is sent again; to be hashed with a key. */
export const identityText = ({ idNumber, name, places, amount, happenedOn, note }: ComparedPerson): string =>
  JSON.stringify([idNumber, name, places, amount, happenedOn, note])
