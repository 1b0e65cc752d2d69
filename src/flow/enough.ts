/** Whether what must be known is known: from then on the person may submit. */
import { AnswersEnvironment } from './answers-environment.ts'
import { OUTSIDE, type Place } from './place.ts'
import type { AskRow, RepeatRow } from './program.ts'
import type { Run } from './run.ts'

export function isRequired(run: Run, row: AskRow, position: readonly number[]): boolean {
  if (typeof row.required === 'boolean') return row.required
  return row.required.boolean(new AnswersEnvironment(run, position, run.cell(row, position).v))
}

/** Something has been answered and no required question is left from the open one on. */
export function mayEnd(run: Run): boolean {
  if (run.said === 0 || run.cursor === null || run.more.jumped === 1) return false
  const { nextRequired, rows, owing } = run.program
  for (let at = nextRequired[run.cursor.row] as number; at < rows.length; at = nextRequired[at + 1] as number)
    if (isMissing(run, run.row(at) as AskRow, run.cursor)) return false
  return !owing.some((row) => owesInstances(run, row))
}

/** Rows of other repeats are not looked into: how many instances there will be is not known. */
function isMissing(run: Run, row: AskRow, open: Place): boolean {
  const { scope } = run.row(open.row)
  if (row.scope.some((repeat, depth) => scope[depth] !== repeat)) return false
  const position = open.position.length === row.scope.length ? open.position : open.position.slice(0, row.scope.length)
  if (!run.inPlay(row, position)) return false
  const { k } = run.cell(row, position)
  return k === 'n' && isRequired(run, row, position)
}

/** A repeat whose number of instances is given has not got them all. */
function owesInstances(run: Run, row: RepeatRow): boolean {
  if (!run.inPlay(row, OUTSIDE)) return false
  const cell = run.repeat(row, OUTSIDE)
  return row.count ? cell.n < cell.t : row.atLeastOne && cell.n === 0
}
