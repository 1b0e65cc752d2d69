/** The answers as a numbered list that a person reads. */
import type { TextRef } from './effects.ts'
import { pathOf, type Place } from './place.ts'
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'
import { masked, sentence, shown } from './spoken.ts'
import { answersOf, type Answer } from './survey.ts'

export interface Line {
  /** From 1: what 改 3 means. */
  readonly number: number
  readonly place: Place
  readonly row: AskRow
  readonly path: string
}

/**
 * Everything that was asked or given, in order; consents and what is still open are left out.
 * @param answers where they have been gone through already
 */
export function linesOf(run: Run, answers: readonly Answer[] = answersOf(run)): Line[] {
  const lines: Line[] = []
  for (const { place, row } of answers) {
    if (row.kind !== 'ask' || row.type === 'acknowledge') continue
    if (run.cell(row, place.position).k === 'n') continue
    lines.push({ number: lines.length + 1, place, row, path: pathOf(run.program, place) })
  }
  return lines
}

export const labelOf = (run: Run, { row, place }: Line): TextRef =>
  sentence(run, row.sentences.short ?? row.sentences.label, place.position)

/** @param mask whether sensitive answers are hidden */
export function answerShown(run: Run, { row, place }: Line, mask: boolean): TextRef {
  const cell = run.cell(row, place.position)
  if (cell.v === '') return { key: 'flow:review.unanswered' }
  const value = mask ? masked(run, row, place.position, cell.v) : shown(run, row, place.position, cell.v)
  return cell.p === 1 ? { key: 'flow:about', params: { value } } : value
}

export function sayLines(run: Run, lines: readonly Line[], key: string): void {
  for (const line of lines) {
    const params = { n: line.number, short: labelOf(run, line), value: answerShown(run, line, true) }
    run.effects.push({ kind: 'say', text: { key, params } })
  }
}
