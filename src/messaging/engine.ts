/** The calls of `flow/` that a conversation makes, and where it finds flows. */
import { begin } from '../flow/begin.ts'
import type { Effect } from '../flow/effects.ts'
import { lookups, openingLookups } from '../flow/find-lookups.ts'
import type { Flow } from '../flow/flow.ts'
import type { Input } from '../flow/input.ts'
import type { Lookup } from '../flow/lookups.ts'
import { revive } from '../flow/park.ts'
import { ask, remaining, reopen } from '../flow/resume.ts'
import type { FlowState, LogEntry, Parked } from '../flow/state.ts'
import { step } from '../flow/step.ts'
import type { Turn } from '../flow/turn.ts'

export interface Stepped {
  readonly state: FlowState
  readonly log: readonly LogEntry[]
  readonly effects: readonly Effect[]
}

/** A seam for tests: what the engine does when it does something wrong. */
export interface Engine {
  begin(flow: Flow, turn: Turn, given?: Readonly<Record<string, string>>): Stepped
  step(flow: Flow, state: FlowState, input: Input, turn: Turn): Stepped
  lookups(flow: Flow, state: FlowState, input: Input): readonly Lookup[]
  /** Before `begin`, `reopen` and `ask`. */
  openingLookups(flow: Flow): readonly Lookup[]
  revive(flow: Flow, parked: Parked, log: readonly LogEntry[]): FlowState
  ask(flow: Flow, state: FlowState, turn: Turn): readonly Effect[]
  reopen(flow: Flow, state: FlowState, turn: Turn): Stepped
  remaining(flow: Flow, state: FlowState): { readonly done: number; readonly of: number }
}

export const flowEngine: Engine = { begin, step, lookups, openingLookups, revive, ask, reopen, remaining }

export interface FlowCatalogue {
  /** The versions that new conversations begin with. */
  readonly current: readonly Flow[]
  byId(id: string): Flow | undefined
  /** Any version that is still known, for conversations that began with it. */
  byDigest(digest: string): Flow | undefined
}
