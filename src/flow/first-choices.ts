/** A long list is put with its first choices and “more”. Whatever stands behind them is understood all the same. */
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
  return said.split(/[\s,、]+/).some((piece) => placeSaid(piece, row.first + 1) === row.first)
}

/** A tap on “more”, alone or together with ticks. */
export const tapsRest = (run: Run, row: AskRow, id: string): boolean =>
  isShortened(run, row) && id.split(' ').includes(MORE.id)

/** From now on the whole list is shown. */
export function unfold(run: Run, row: AskRow): void {
  run.more = { ...run.more, unfolded: row.path }
}
