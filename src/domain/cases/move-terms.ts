/** What a move is asked and decided with. */
import type { Change, Row } from '../../base/change.ts'
import type { PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { Watching } from '../watching.ts'
import type { CaseRecord, ConfirmationRecord, TimelineEntry, VerificationRecord } from './ports.ts'
import type { CaseStages } from './stages.ts'
import type { Need } from './stages-schema.ts'

/** Why something is refused; the words are `stages:refused.<code>`. */
export type MoveRefusal =
  | 'closed'
  | 'open'
  | 'already'
  | 'not_next'
  | 'no_stage'
  | 'too_early'
  | 'months'
  | 'no_scope'
  | 'no_role'
  | 'self_approval'
  | 'date_future'
  | 'date_before'
  | 'no_sign_off'
  | 'signed_off'
  | 'twin_open'
  | 'not_reopened'
  | 'never_hard'
  | 'hard_already'
  | `${Need}_missing`
  | 'more_needed'

/** Who moves it. */
export interface Mover {
  readonly kind: 'villager' | 'staff' | 'system'
  readonly id: string | null
  /** Of staff: roles that reach the place of the matter. None: it is out of scope. */
  readonly roles: readonly string[]
}

export interface Move {
  /** A stage. */
  readonly to: string
  readonly by: Mover
  readonly reason: string | null
  readonly lateReason: string | null
  /** The day on which it happened, when it is noted later; null = today. */
  readonly on: PlainDate | null
  /** The matter that this one is the same as. */
  readonly otherId: string | null
  /** What is fulfilled by other changes of the same commit. */
  readonly fulfilled: readonly Need[]
}

export interface MoveFacts {
  readonly stages: CaseStages
  readonly calendar: WorkingCalendar
  readonly watching: Watching
  /** Oldest first. */
  readonly timeline: readonly TimelineEntry[]
  /** Oldest first. */
  readonly verifications: readonly VerificationRecord[]
  readonly confirmations: readonly ConfirmationRecord[]
  /** Not dropped. */
  readonly measures: readonly { readonly kind: string; readonly state: string }[]
  readonly isWithoutLabour: boolean
}

export interface Refused {
  readonly kind: 'refused'
  readonly reason: MoveRefusal
  /** For the sentence. */
  readonly params: Readonly<Record<string, string | number>>
}

export type MoveDecision =
  | {
      readonly kind: 'moved'
      readonly matter: CaseRecord
      /** Columns of the Case row that change; the caller writes them in one update. */
      readonly set: Readonly<Record<string, Row[string]>>
      /** Everything but the Case row. */
      readonly changes: readonly Change[]
    }
  | Refused

export const refused = (reason: MoveRefusal, params: Refused['params'] = {}): Refused => ({
  kind: 'refused',
  reason,
  params,
})
