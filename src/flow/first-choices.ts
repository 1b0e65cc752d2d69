/**
 * A long list is put with its first choices and “more”. Whatever stands behind them is understood all the same; what is named
 * together with “more” is kept for when the rest has been answered.
 */
import { placeSaid } from './answers/choice-forms.ts'
import { normalise } from './answers/normalise.ts'
import { bare } from './answers/silence.ts'
import type { Choice } from './effects.ts'
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'

const MORE: Choice = { id: 'more', label: { key: 'flow:more_choice' } }

/** Longer texts tell something else. */
const LONGEST = 20

/** Only the first choices of the question are shown. */
export const isShortened = (run: Run, row: AskRow): boolean =>
  row.first > 0 && (row.list?.rows.length ?? 0) > row.first + 1 && run.more.unfolded !== row.path

export const shortened = (run: Run, row: AskRow, choices: readonly Choice[]): readonly Choice[] =>
  isShortened(run, row) ? [...choices.slice(0, row.first), MORE] : choices

/** “More” by its word or its number, also among other numbers. */
export function asksForRest(run: Run, row: AskRow, text: string): boolean {
  if (!isShortened(run, row) || text.length > LONGEST) return false
  const said = bare(normalise(text))
  const options = run.program.own.rest.spoken.get(run.language)?.options ?? []
  const words = options.flatMap(({ label, also = [] }) => [label, ...also])
  if (words.some((word) => normalise(word) === said)) return true
  return pieces(said).some((piece) => isRest(row, piece))
}

const pieces = (said: string): readonly string[] => said.split(/[\s,、]+/)

const isRest = (row: AskRow, piece: string): boolean => placeSaid(piece, row.first + 1) === row.first

/** What else was named: 1 7 → 1. */
export const besidesRest = (row: AskRow, text: string): string =>
  pieces(bare(normalise(text)))
    .filter((piece) => !isRest(row, piece))
    .join(' ')

/** A tap on “more”, alone or together with ticks. @returns the ticks; null when it is no such tap */
export function tickedWithRest(run: Run, row: AskRow, id: string): string | null {
  const ids = id.split(' ')
  return isShortened(run, row) && ids.includes(MORE.id) ? ids.filter((one) => one !== MORE.id).join(' ') : null
}

/**
 * From now on the whole list is shown.
 * @param picked choices named in the same breath, as they would be stored
 */
export function unfold(run: Run, row: AskRow, picked: string): void {
  const isKept = picked !== '' && row.type === 'select_multiple'
  run.more = { ...run.more, unfolded: row.path, ...(isKept && { picked }) }
}

export const pickedBefore = (run: Run, row: AskRow): string =>
  run.more.unfolded === row.path ? (run.more.picked ?? '') : ''

/** The answer with what was picked before, in the order of the list; from then on nothing is. */
export function takePicked(run: Run, row: AskRow, value: string): string {
  const before = pickedBefore(run, row)
  if (before === '') return value
  const { picked: _picked, ...rest } = run.more
  run.more = rest
  const names = new Set(`${before} ${value}`.split(' '))
  return (row.list?.rows ?? []).flatMap(({ name }) => (names.has(name) ? [name] : [])).join(' ')
}
