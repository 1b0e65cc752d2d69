/** Whether a question in play needs asking. */
import { AnswersEnvironment } from './answers-environment.ts'
import { isRequired } from './enough.ts'
import { keep } from './keep.ts'
import type { Place } from './place.ts'
import type { AskRow } from './program.ts'
import { shownRows } from './question.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import { isBegun } from './begun.ts'

/**
 * Answered, skipped, known or given; or with nothing to choose from. An earlier answer that is not allowed any more is
 * taken back.
 */
export function isSettled(run: Run, row: AskRow, place: Place): boolean {
  if (isBegun(run, row) && run.more.hasty !== 1) return false
  const cell = run.cell(row, place.position)
  if (cell.k === 'n') return isMoot(run, row, place) || isKnown(run, row, place)
  if (cell.k !== 'a' || holds(run, row, place, cell.v)) return true
  run.spend()
  record(run, place, 'superseded')
  run.say('flow:check_again')
  return false
}

function isMoot(run: Run, row: AskRow, place: Place): boolean {
  if (row.filter && shownRows(run, row, place.position).length === 0) return true
  return run.more.hasty === 1 && !isRequired(run, row, place.position)
}

/** A confirmed fact about the speaker is taken without asking. */
function isKnown(run: Run, row: AskRow, place: Place): boolean {
  const fact = row.fact === null ? undefined : run.turn.known.get(row.fact)
  if (!fact?.confirmed) return false
  run.spend()
  if (fact.label !== fact.value) keep(run, place, { label: fact.label })
  record(run, place, 'answered', { raw: '', value: fact.value })
  return true
}

function holds(run: Run, row: AskRow, place: Place, value: string): boolean {
  if (
    row.constraint &&
    !value.startsWith('voice:') &&
    !row.constraint.boolean(new AnswersEnvironment(run, place.position, value))
  )
    return false
  if (!row.filter) return true
  const names = new Set(shownRows(run, row, place.position).map(({ name }) => name))
  return value.split(' ').every((name) => names.has(name))
}
