/**
 * Keeps what follows from answers up to date: relevance, calculations, repeat counts. A change reruns what reads it, in
 * the order found when the flow loaded, and nothing else.
 */
import { AnswersEnvironment } from './answers-environment.ts'
import type { Compiled } from './expression/environment.ts'
import { MAX_INSTANCES } from './limits.ts'
import { OUTSIDE, pathOf } from './place.ts'
import type { Derived, Row } from './program.ts'
import type { Run } from './run.ts'
import { withSlot, type Cell, type RepeatCell, type Slot } from './values.ts'

/** Where the values come from that can't be worked out again: evaluated now, or as they were kept. */
export type Source = 'now' | 'kept'

const MARKS = { relevant: '?', value: '', count: '#' } as const

export function momentKey(run: Run, row: Row, position: readonly number[], mark: string): string {
  const path =
    row.scope.length === 0
      ? row.path
      : pathOf(run.program, { row: row.at, position: position.slice(0, row.scope.length) })
  return path + mark
}

export function keepMoment(run: Run, key: string, value: string): void {
  if (run.more.moments?.[key] === value) return
  run.more = { ...run.more, moments: { ...run.more.moments, [key]: value } }
}

/** Writes the cell of a row. */
export function put(run: Run, row: Row, position: readonly number[], slot: Slot): void {
  run.top = withSlot(run.program, run.top, row, position, slot !== null && isUntouched(slot) ? null : slot)
}

/** A cell in which nothing is worth keeping is null, however it came to be so. */
function isUntouched(slot: Cell | RepeatCell): boolean {
  if (slot.r === 0) return false
  return slot.k === 'r' ? slot.n === 0 && slot.c === 0 && slot.t === -1 && slot.f.length === 0 : slot.k === 'n'
}

/** @returns whether anything changed. */
function evaluate(run: Run, derived: Derived, position: readonly number[], source: Source): boolean {
  const row = run.row(derived.row)
  const key = derived.kept ? momentKey(run, row, position, MARKS[derived.what]) : null
  const kept = key !== null && source === 'kept' ? run.more.moments?.[key] : undefined
  const result = kept ?? resultOf(run, derived.what, derived.compiled, row, position)
  if (key !== null && source === 'now') keepMoment(run, key, result)
  if (derived.what === 'value') {
    const cell = run.cell(row, position)
    if (cell.v === result && cell.k === 'v') return false
    put(run, row, position, { ...cell, k: 'v', v: result })
    return true
  }
  const cell = row.kind === 'repeat' ? run.repeat(row, position) : run.cell(row, position)
  if (derived.what === 'relevant') {
    const relevant = result === '1' ? 1 : 0
    if (cell.r === relevant) return false
    put(run, row, position, { ...cell, r: relevant })
    return true
  }
  const repeat = run.repeat(row, position)
  const target = Number(result)
  if (repeat.t === target) return false
  put(run, row, position, { ...repeat, t: target })
  return true
}

function resultOf(run: Run, what: Derived['what'], compiled: Compiled, row: Row, position: readonly number[]): string {
  const self = what === 'value' ? run.cell(row, position).v : ''
  const environment = new AnswersEnvironment(run, position, self)
  if (what === 'relevant') return compiled.boolean(environment) ? '1' : '0'
  if (what === 'value') return blankNaN(compiled.string(environment))
  const count = Math.trunc(compiled.number(environment))
  return String(Number.isFinite(count) ? Math.min(Math.max(count, 0), MAX_INSTANCES) : 0)
}

/** For people, NaN is nothing. */
const blankNaN = (text: string): string => (text === 'NaN' ? '' : text)

/** Every instance of the row that begins with `fixed`. */
function* positionsOf(run: Run, row: Row, fixed: readonly number[]): Generator<readonly number[]> {
  if (fixed.length >= row.scope.length) {
    yield fixed.length === row.scope.length ? fixed : fixed.slice(0, row.scope.length)
    return
  }
  const repeat = run.row(row.scope[fixed.length] as number)
  const count = run.repeat(repeat, fixed).f.length
  for (let at = 0; at < count; at++) yield* positionsOf(run, row, [...fixed, at])
}

/** How many of the repeats around two rows are the same. */
function sharedDepth(a: Row, b: Row): number {
  let depth = 0
  while (depth < a.scope.length && a.scope[depth] === b.scope[depth]) depth++
  return depth
}

/** Reruns what reads the row. @returns whether anything came into or out of play. */
export function propagate(run: Run, from: Row, position: readonly number[], source: Source = 'now'): boolean {
  const { affects, derived } = run.program
  const first = affects[from.at] as readonly number[]
  if (first.length === 0) return false
  let flipped = false
  const pending = new Map<number, { row: Row; position: readonly number[] }[]>()
  const queue = (row: Row, at: readonly number[]) => {
    for (const index of affects[row.at] as readonly number[]) {
      const waiting = pending.get(index)
      if (waiting) waiting.push({ row, position: at })
      else pending.set(index, [{ row, position: at }])
    }
  }
  queue(from, position)
  while (pending.size > 0) {
    const index = Math.min(...pending.keys())
    const causes = pending.get(index) as { row: Row; position: readonly number[] }[]
    pending.delete(index)
    const rule = derived[index] as Derived
    const row = run.row(rule.row)
    for (const at of placesToVisit(run, rule, row, causes)) {
      if (!evaluate(run, rule, at, source)) continue
      if (rule.what !== 'value') flipped = true
      queue(row, at)
    }
  }
  return flipped
}

function placesToVisit(
  run: Run,
  rule: Derived,
  row: Row,
  causes: readonly { row: Row; position: readonly number[] }[],
): readonly (readonly number[])[] {
  if (row.scope.length === 0) return [OUTSIDE]
  const visited = new Map<string, readonly number[]>()
  for (const cause of causes) {
    const fixed = rule.local ? cause.position.slice(0, sharedDepth(row, cause.row)) : OUTSIDE
    for (const at of positionsOf(run, row, fixed)) visited.set(at.join(), at)
  }
  return [...visited.values()]
}

/** Works out everything inside one frame that has just come into being: the whole form, or one instance of a repeat. */
export function deriveFrame(run: Run, repeat: Row | null, position: readonly number[], source: Source): void {
  for (const rule of run.program.derived) {
    const row = run.row(rule.row)
    if (repeat !== null && !row.scope.includes(repeat.at)) continue
    const triggered = rule.what === 'value' && row.kind === 'silent' && row.trigger !== null
    for (const at of positionsOf(run, row, position)) {
      if (triggered && (source === 'now' || run.more.moments?.[momentKey(run, row, at, '')] === undefined)) continue
      evaluate(run, rule, at, source)
    }
  }
}

/** Works out again what depends on the clock or on chance. */
export function refresh(run: Run): void {
  for (const rule of run.program.derived) {
    if (!rule.compiled.volatile) continue
    const row = run.row(rule.row)
    for (const at of positionsOf(run, row, OUTSIDE)) if (evaluate(run, rule, at, 'now')) propagate(run, row, at)
  }
}
