/** Coming back to a conversation: after a pause, a detour to the menu, a change of language. */
import { putOpen } from './command.ts'
import { refresh } from './derive.ts'
import type { Effect } from './effects.ts'
import type { Flow } from './flow.ts'
import { Run } from './run.ts'
import { faultOf, run, type StepResult } from './step.ts'
import type { FlowState } from './state.ts'
import type { Turn } from './turn.ts'
import type { Values } from './values.ts'
import { walkAll } from './walk.ts'

/** Says again what is open, in the turn's language; nothing when nothing is. */
export function ask(flow: Flow, state: FlowState, turn: Turn): readonly Effect[] {
  if (state.parked.phase !== 'asking' && state.parked.phase !== 'review') return []
  try {
    const asked = new Run(flow, state, turn)
    putOpen(asked)
    return asked.effects
  } catch (error) {
    return faultOf(error, state.parked.cursor)
  }
}

/** Questions dealt with, of those in play now (known facts count in neither). */
export function remaining(_flow: Flow, state: FlowState): { readonly done: number; readonly of: number } {
  const { done, of } = state.values as Values
  return { done, of }
}

/** Takes a draft up again at the first question that is open; a conversation that is not a draft stays as it is. */
export function reopen(flow: Flow, state: FlowState, turn: Turn): StepResult {
  if (state.parked.phase !== 'draft') return { state, log: [], effects: ask(flow, state, turn) }
  return run(flow, state, turn, (draft) => {
    const { nudged: _nudged, hasty: _hasty, left: _left, ...more } = draft.more
    draft.more = more
    refresh(draft)
    walkAll(draft)
  })
}
