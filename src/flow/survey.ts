/** Going through all answers in the order of the flow. For what happens seldom: review, back, counting anew. */
import { OUTSIDE, type Place } from './place.ts'
import type { AskRow, RepeatRow, SilentRow } from './program.ts'
import type { Run } from './run.ts'

export interface Answer {
  readonly place: Place
  readonly row: AskRow | SilentRow | RepeatRow
}

/** Rows in play with their instances; repeats come once for each instance they have, before what is inside. */
export function answersOf(run: Run): readonly Answer[] {
  const found: Answer[] = []
  within(run, 0, run.program.rows.length, OUTSIDE, found)
  return found
}

function within(run: Run, from: number, to: number, position: readonly number[], found: Answer[]): void {
  for (let at = from; at < to; at++) {
    const row = run.row(at)
    if (row.kind === 'group' || row.kind === 'note') continue
    if (row.kind !== 'repeat') {
      if (run.inPlay(row, position)) found.push({ place: { row: at, position }, row })
      continue
    }
    const instances = run.inPlay(row, position) ? run.instances(row, position) : 0
    for (let instance = 0; instance < instances; instance++) {
      const inside = [...position, instance]
      found.push({ place: { row: at, position: inside }, row })
      within(run, at + 1, row.end, inside, found)
    }
    at = row.end - 1
  }
}

/** Every place with an answer, in play or not; a repeat before what is inside. */
export function* everyPlace(run: Run): Generator<Place> {
  yield* inFrame(run, 0, run.program.rows.length, OUTSIDE)
}

function* inFrame(run: Run, from: number, to: number, position: readonly number[]): Generator<Place> {
  for (let at = from; at < to; at++) {
    const row = run.row(at)
    if (row.kind === 'ask') {
      const { k } = run.cell(row, position)
      if (k === 'a' || k === 's' || k === 'k') yield { row: at, position }
    }
    if (row.kind !== 'repeat') continue
    const { n, c, f } = run.repeat(row, position)
    if (n > 0 || c === 1) yield { row: at, position: [...position, 0] }
    for (let instance = 0; instance < f.length; instance++)
      yield* inFrame(run, at + 1, row.end, [...position, instance])
    at = row.end - 1
  }
}

/** Progress from scratch: questions in play, without known facts and given values; and how many of them are dealt with. */
export function countAnswers(run: Run): void {
  let done = 0
  let of = 0
  let said = 0
  for (const { place, row } of answersOf(run)) {
    if (row.kind !== 'ask') continue
    const { k } = run.cell(row, place.position)
    if (k === 'k' || k === 'v') continue
    of++
    if (k === 'a' || k === 's') done++
    if (k === 'a' && row.type !== 'acknowledge') said++
  }
  run.done = done
  run.of = of
  run.said = said
}
