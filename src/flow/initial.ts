/** Values that are there before anybody is asked: defaults and metadata. */
import { dateAt, formatInstant } from '../base/time.ts'
import { AnswersEnvironment } from './answers-environment.ts'
import { keepMoment, momentKey, put, type Source } from './derive.ts'
import type { AskRow, Row } from './program.ts'
import type { Run } from './run.ts'

/** Fills one frame: the whole form (`repeat` null), or one instance. Each default is evaluated once. */
export function initialise(run: Run, repeat: Row | null, position: readonly number[], source: Source = 'now'): void {
  const innermost = repeat?.at
  for (const row of run.program.rows) {
    if (row.scope.at(-1) !== innermost) continue
    const value = initialOf(run, row, position, source)
    if (value === null || value === '') continue
    const cell = run.cell(row, position)
    if (cell.k === 'n' || cell.k === 'v') put(run, row, position, { ...cell, k: 'v', v: value })
  }
}

/** The default of a question, which an answer taken back leaves behind; null without one. */
export function givenValue(run: Run, row: AskRow, position: readonly number[]): string | null {
  return initialOf(run, row, position, 'kept') || null
}

function initialOf(run: Run, row: Row, position: readonly number[], source: Source): string | null {
  if (row.kind !== 'ask' && row.kind !== 'silent') return null
  if (typeof row.initial === 'string') return row.initial
  const isMeta = row.kind === 'silent' && (row.source === 'start' || row.source === 'today' || row.source === 'session')
  if (row.initial === null && !isMeta) return null
  const key = momentKey(run, row, position, '=')
  const kept = run.more.moments?.[key]
  if (kept !== undefined) return kept
  if (source === 'kept') return null
  const value = row.initial?.string(new AnswersEnvironment(run, position, '')) ?? metadata(run, row)
  keepMoment(run, key, value)
  return value
}

function metadata(run: Run, row: Row): string {
  const { at, zone, known } = run.turn
  if (row.kind !== 'silent') return ''
  if (row.source === 'today') return dateAt(at, zone)
  if (row.source === 'start') return formatInstant(at, zone)
  return known.get(row.name)?.value ?? ''
}
