/** The answer log and what it does to the answers. Reviving a conversation applies the same lines again. */
import { propagate, put, deriveFrame } from './derive.ts'
import { givenValue, initialise } from './initial.ts'
import { pathOf, type Place } from './place.ts'
import type { RepeatRow, Row } from './program.ts'
import type { Run } from './run.ts'
import type { LogEntry } from './state.ts'
import { countAnswers } from './survey.ts'
import { blankFrame } from './values.ts'

export interface Said {
  readonly raw: string
  readonly value: string
  readonly approximate?: boolean
}

const NOTHING_SAID: Said = { raw: '', value: '' }

/** Adds a line to the log and lets it take effect. */
export function record(run: Run, place: Place, kind: LogEntry['kind'], said: Said = NOTHING_SAID): void {
  const entry: LogEntry = {
    seq: run.nextSeq,
    question: place === run.cursor && run.openPath !== null ? run.openPath : pathOf(run.program, place),
    kind,
    raw: said.raw,
    value: said.value,
    approximate: said.approximate === true,
    attempt: run.attempts + 1,
    at: run.turn.at,
  }
  run.log.push(entry)
  const row = run.row(place.row)
  const before = row.kind === 'ask' ? run.cell(row, place.position).k : null
  applyEntry(run, place, entry)
  const isNewInstance = row.kind === 'repeat' && entry.value === 'yes'
  if (isNewInstance) {
    initialise(run, row, place.position)
    deriveFrame(run, row, place.position, 'now')
  }
  const flipped = propagate(run, row, place.position)
  if (flipped || row.kind === 'repeat') countAnswers(run)
  else if (before !== null) tally(run, row, place, before)
}

/** Keeps the two counts of progress without looking at other questions. */
function tally(run: Run, row: Row, place: Place, before: string): void {
  if (!run.inPlay(row, place.position)) return
  const after = run.cell(row, place.position).k
  const isDone = (kind: string) => kind === 'a' || kind === 's'
  const counts = (kind: string) => kind !== 'k' && kind !== 'v'
  run.done += Number(isDone(after)) - Number(isDone(before))
  run.of += Number(counts(after)) - Number(counts(before))
  if (row.kind === 'ask' && row.type !== 'acknowledge') run.said += Number(after === 'a') - Number(before === 'a')
}

/** What a line of the log does to the answers, without what follows from them. */
export function applyEntry(
  run: Run,
  place: Place,
  entry: Pick<LogEntry, 'kind' | 'raw' | 'value' | 'approximate'>,
): void {
  const row = run.row(place.row)
  if (row.kind === 'repeat') return applyInstance(run, row, place, entry)
  const cell = run.cell(row, place.position)
  const r = cell.r
  if (entry.kind === 'answered') {
    const k = row.kind === 'silent' ? 'v' : entry.raw === '' ? 'k' : 'a'
    put(run, row, place.position, { k, v: entry.value, r, p: entry.approximate ? 1 : 0 })
  } else if (entry.kind === 'skipped') {
    put(run, row, place.position, { k: 's', v: '', r, p: 0 })
  } else if (cell.k === 'a' || cell.k === 's' || cell.k === 'k') {
    const initial = row.kind === 'ask' ? givenValue(run, row, place.position) : null
    put(run, row, place.position, { k: initial === null ? 'n' : 'v', v: initial ?? '', r, p: 0 })
  }
}

function applyInstance(run: Run, row: RepeatRow, place: Place, entry: Pick<LogEntry, 'kind' | 'value'>): void {
  const outer = place.position.slice(0, -1)
  const instance = place.position.at(-1) as number
  const cell = run.repeat(row, outer)
  if (entry.kind === 'answered' && entry.value === 'yes') {
    const frames = cell.f.length > instance ? cell.f : [...cell.f, blankFrame(row.slots)]
    put(run, row, outer, { ...cell, n: instance + 1, c: 0, f: frames })
  } else {
    put(run, row, outer, { ...cell, n: instance, c: entry.kind === 'superseded' ? 0 : 1 })
  }
}
