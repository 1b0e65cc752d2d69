/**
 * Finds the next question: from a place on, top to bottom, past what is not in play and what is answered, saying notes on
 * the way. Answers that are passed again after an edit are kept while they are still allowed.
 */
import { OUTSIDE, type Place } from './place.ts'
import { MAX_INSTANCES } from './limits.ts'
import { isSettled } from './settled.ts'
import type { AskRow, RepeatRow } from './program.ts'
import { putQuestion } from './question.ts'
import { record } from './record.ts'
import { openReview } from './review.ts'
import type { Run } from './run.ts'
import { offerList } from './offer.ts'
import { sayNote } from './note.ts'

/** A place while walking: `at` may be the row behind the last one of a repeat. */
interface Spot {
  readonly at: number
  readonly position: readonly number[]
  /** Repeats that `position` counts in. */
  readonly scope: readonly number[]
}

/** Goes on behind a question that has just been dealt with; earlier ones that it brought into play come first. */
export function walkOn(run: Run, done: Place): void {
  if (run.more.jumped === 1) {
    const { jumped: _jumped, ...rest } = run.more
    run.more = rest
    return walkAll(run)
  }
  const row = run.row(done.row)
  walk(run, row.reaches < row.at ? startOf(run, row.reaches) : behind(run, done))
}

/** Goes on behind a place: for a repeat's own row, behind the whole repeat. */
export const walkPast = (run: Run, place: Place): void => walk(run, behind(run, place))

/** Into the instance that the person has just said there is. */
export function walkInto(run: Run, { row, position }: Place): void {
  const { reaches, scope } = run.row(row)
  walk(run, reaches < row ? startOf(run, reaches) : { at: row + 1, position, scope: [...scope, row] })
}

function behind(run: Run, place: Place): Spot {
  const row = run.row(place.row)
  const at = row.kind === 'repeat' ? row.end : row.at + 1
  return {
    at,
    position: row.scope.length === 0 ? OUTSIDE : place.position.slice(0, row.scope.length),
    scope: row.scope,
  }
}

/** Goes through everything from the first row on. */
export const walkAll = (run: Run): void => walk(run, { at: 0, position: OUTSIDE, scope: OUTSIDE })

/** The row itself, or the outermost repeat it is in. */
function startOf(run: Run, row: number): Spot {
  const at = run.row(row).scope[0] ?? row
  return { at, position: OUTSIDE, scope: OUTSIDE }
}

function walk(run: Run, from: Spot): void {
  const { rows } = run.program
  let { at, position, scope } = from
  for (;;) {
    const around = scope.length > 0 ? (rows[scope[scope.length - 1] as number] as RepeatRow) : null
    if (around !== null && at >= around.end) {
      const next = enter(run, around, position.slice(0, -1), (position.at(-1) as number) + 1)
      if (next === null) return
      ;({ at, position, scope } = next)
      continue
    }
    const row = rows[at]
    if (row === undefined) return openReview(run)
    if (!run.inPlay(row, position)) {
      at = row.kind === 'group' || row.kind === 'repeat' ? row.end : at + 1
      continue
    }
    if (row.kind === 'repeat') {
      const next = enter(run, row, position, 0)
      if (next === null) return
      ;({ at, position, scope } = next)
      continue
    }
    if (row.kind === 'ask') {
      const place = { row: at, position }
      if (!isSettled(run, row, place)) return open(run, row, place)
    } else sayNote(run, row, { row: at, position })
    at++
  }
}

/**
 * Into an instance of a repeat, or past the repeat when there are no more.
 * @returns null when the person is asked whether there is another
 */
function enter(run: Run, repeat: RepeatRow, outer: readonly number[], instance: number): Spot | null {
  const inside = { at: repeat.at + 1, position: [...outer, instance], scope: [...repeat.scope, repeat.at] }
  const past = { at: repeat.end, position: outer, scope: repeat.scope }
  const { n, c, t } = run.repeat(repeat, outer)
  const most = repeat.count ? t : MAX_INSTANCES
  if (instance >= most) return past
  if (instance < n) return inside
  const place = { row: repeat.at, position: inside.position }
  if (repeat.count || (repeat.atLeastOne && instance === 0)) {
    run.spend()
    record(run, place, 'answered', { raw: '', value: 'yes' })
    return inside
  }
  if (c === 1 || run.more.hasty === 1) return past
  openAt(run, place)
  return null
}

function open(run: Run, row: AskRow, place: Place): void {
  const fact = row.fact === null ? undefined : run.turn.known.get(row.fact)
  if (fact && run.cell(row, place.position).k === 'n')
    run.more = { ...run.more, confirming: { value: fact.value, label: fact.label } }
  else offerList(run, row)
  openAt(run, place)
}

function openAt(run: Run, place: Place): void {
  run.phase = 'asking'
  run.cursor = place
  run.attempts = 0
  putQuestion(run)
}
