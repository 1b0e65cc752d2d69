import type { Instant } from '../base/time.ts'
import type { Candidate } from './answers/understanding.ts'
import type { LookupKey } from './lookups.ts'

/** A fact the bot has already: asked once, then skipped; one that is not confirmed is put as a yes-no question first. */
export interface KnownFact {
  readonly value: string
  readonly label: string
  readonly confirmed: boolean
}

/** Fact name (`consent`, `village`, `name`, `phone`) → fact. */
export type KnownFacts = ReadonlyMap<string, KnownFact>

/** What was told before the first question; see told.ts. */
export interface Told {
  /** Whoever runs the flow finds the words again by it when a consent is given; kept while one is waited for. */
  readonly ref: string
  /** As it was said. */
  readonly text: string
  /** The part that answers may be read from: nothing in it is denied or taken back. */
  readonly clear: string
}

/** Everything from outside that a turn may depend on. */
export interface Turn {
  readonly at: Instant
  /** IANA name. */
  readonly zone: string
  readonly language: string
  /** For random(), randomize(): the same seed gives the same turn. */
  readonly seed: number
  readonly known: KnownFacts
  readonly found: ReadonlyMap<LookupKey, readonly Candidate[]>
  /** What was told before the first question: given when the flow begins, and as long as it waits for a consent. */
  readonly told?: Told | null
  /** Where sensitive data may not be told: questions with `pii: sensitive` are not in play. */
  readonly withoutSensitive?: true
}
