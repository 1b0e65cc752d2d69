import { deriveFrame } from './derive.ts'
import type { Flow } from './flow.ts'
import { initialise } from './initial.ts'
import type { More } from './more.ts'
import { OUTSIDE, placeOf } from './place.ts'
import type { Program } from './program.ts'
import { applyEntry } from './record.ts'
import { Run } from './run.ts'
import type { FlowState, LogEntry, Parked } from './state.ts'
import { countAnswers } from './survey.ts'
import type { Turn } from './turn.ts'
import { blankFrame, type Values } from './values.ts'

/** What is stored of a state beside the log. */
export const park = (state: FlowState): Parked => state.parked

/**
 * The state again, from what was parked and the whole log of the conversation, oldest first. Lines about questions that
 * the flow does not have are left aside (the caller pins the flow's version, so there are none).
 */
export function revive(flow: Flow, parked: Parked, log: readonly LogEntry[]): FlowState {
  const program = flow.program as Program
  const blank: Values = { top: blankFrame(program.slots), done: 0, of: 0, said: 0 }
  const rebuilt = new Run(flow, { parked, values: blank }, turnOf(parked))
  initialise(rebuilt, null, OUTSIDE, 'kept')
  for (const entry of log) {
    const place = placeOf(program, entry.question)
    if (place === null) continue
    applyEntry(rebuilt, place, entry)
    const row = rebuilt.row(place.row)
    if (row.kind === 'repeat' && entry.kind === 'answered' && entry.value === 'yes')
      initialise(rebuilt, row, place.position, 'kept')
  }
  deriveFrame(rebuilt, null, OUTSIDE, 'kept')
  countAnswers(rebuilt)
  return {
    parked,
    values: { top: rebuilt.top, done: rebuilt.done, of: rebuilt.of, said: rebuilt.said } satisfies Values,
  }
}

/** Nothing that is rebuilt depends on the moment: what did is among the moments that were kept. */
function turnOf(parked: Parked): Turn {
  const { seed, zone } = parked.more as unknown as More
  return { at: parked.startedAt, zone, language: '', seed, known: new Map(), found: new Map() }
}
