/**
 * Where a conversation stands. What is stored is `Parked` (small, never the answers) and the append-only log of
 * answers; a cold chat is rebuilt from the two by `revive`. All of it is JSON.
 */
import type { Instant } from '../base/time.ts'

/** Version of the stored form of `Parked`. */
export const STATE_FORMAT = 1

export type Phase =
  | 'asking'
  | 'review'
  /** Set aside with its answers kept: stopped, or silent for too long. */
  | 'draft'
  | 'submitted'
  | 'ended'

export interface Parked {
  readonly format: typeof STATE_FORMAT
  /** Digest of the flow's source: the version this conversation is pinned to. */
  readonly flow: string
  readonly revision: number
  readonly phase: Phase
  /** Path of the open question (`members`, `people[2].name`; instances from 1), null outside `asking`. */
  readonly cursor: string | null
  /** Answers to the open question that were not accepted. */
  readonly attempts: number
  /** Entries in the log so far. */
  readonly logged: number
  readonly startedAt: Instant
  /** Anything else the engine keeps between turns: small, plain JSON (pending candidates, visited notes, seed …). */
  readonly more: { readonly [key: string]: unknown }
}

/** One line of the answer log. Lines are only ever added. */
export interface LogEntry {
  /** 1-based within the conversation. */
  readonly seq: number
  readonly question: string
  readonly kind: 'answered' | 'superseded' | 'skipped'
  /** What was said, as it was said; "" for a value that came from known facts or a default. */
  readonly raw: string
  /** As stored: see flows.md types; "" for skipped and superseded. */
  readonly value: string
  readonly approximate: boolean
  /** How many tries it took, from 1. */
  readonly attempt: number
  readonly at: Instant
}

/**
 * The state of a turn. `values` is the engine's own persistent structure over the answers (JSON too); a turn shares what it
 * does not change, so its cost does not grow with the answers already given.
 */
export interface FlowState {
  readonly parked: Parked
  readonly values: unknown
}
