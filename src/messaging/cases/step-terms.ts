/** What a step that staff ask for is given, and what becomes of it. */
import type { Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import type { MoveRefusal } from '../../domain/cases/move-terms.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { Outcome, StageWord } from '../commands/stage-said.ts'
import type { Notice } from '../handlers.ts'
import type { StageHook } from '../stage-hooks.ts'

/** What the word was given. */
export interface StepSaid {
  readonly word: StageWord
  readonly outcome: Outcome | null
  readonly reason: string | null
  readonly lateReason: string | null
  /** The day on which it happened, for what is noted later. */
  readonly on: PlainDate | null
  readonly other: CaseRecord | null
  /** How a house was mended, as the reason says. */
  readonly remedy: string | null
}

export interface StepPlace {
  readonly casework: Casework
  readonly hooks: readonly StageHook[]
  readonly staffId: string
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

export type StepResult =
  | {
      readonly kind: 'done'
      readonly matter: CaseRecord
      readonly changes: readonly Change[]
      readonly notices: readonly Notice[]
      readonly say: TextRef
    }
  | {
      readonly kind: 'refused'
      readonly reason: MoveRefusal | 'outcome_missing' | 'nothing_noted'
      readonly params: Readonly<Record<string, string | number>>
    }
