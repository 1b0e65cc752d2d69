/**
 * One turn of a conversation: a pure function of flow, state, input and what the turn brings from outside.
 * Reading order: receive.ts (kinds of input) → answer.ts (understanding) → accept.ts (storing) → walk.ts (what comes next)
 * → question.ts (putting it). Never throws: what goes wrong inside is a `fault` effect, and the state stays as it was.
 */
import { AppError } from '../base/errors.ts'
import type { Effect } from './effects.ts'
import type { Flow } from './flow.ts'
import type { Input } from './input.ts'
import { receive } from './receive.ts'
import { Run } from './run.ts'
import type { FlowState, LogEntry } from './state.ts'
import { expire, nudge } from './silence.ts'
import type { Turn } from './turn.ts'
import { walkAll } from './walk.ts'

export interface StepResult {
  /** The very same object when nothing changed. */
  readonly state: FlowState
  readonly log: readonly LogEntry[]
  readonly effects: readonly Effect[]
}

export function step(flow: Flow, state: FlowState, input: Input, turn: Turn): StepResult {
  const { phase, revision } = state.parked
  if (input.kind === 'nudge' || input.kind === 'expire') {
    if (input.revision !== revision) return { state, log: [], effects: [] }
    return run(flow, state, turn, input.kind === 'nudge' ? nudge : expire)
  }
  if (phase === 'asking' || phase === 'review')
    return run(flow, state, turn, (turned) => {
      if (phase === 'asking' && turned.cursor === null) walkAll(turned)
      else receive(turned, input)
    })
  return {
    state,
    log: [],
    effects: [{ kind: 'say', text: { key: phase === 'draft' ? 'flow:stopped_kept' : 'flow:ended' } }],
  }
}

/** Takes a turn; what is thrown inside becomes a fault that leaves the state as it was. */
export function run(flow: Flow, state: FlowState, turn: Turn, take: (run: Run) => void): StepResult {
  let turned: Run | null = null
  try {
    turned = new Run(flow, state, turn)
    take(turned)
    return { state: turned.changed ? turned.state() : state, log: turned.log, effects: turned.effects }
  } catch (error) {
    return { state, log: [], effects: faultOf(error, state.parked.cursor) }
  }
}

export function faultOf(error: unknown, question: string | null): readonly Effect[] {
  const code = error instanceof AppError ? error.code : 'INTERNAL'
  return [
    { kind: 'say', text: { key: 'flow:fault' } },
    { kind: 'fault', code, question },
  ]
}
