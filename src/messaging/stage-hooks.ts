/** What else happens when a matter moves from one stage to another: one hook for each concern, in the order of wire.ts. */
import type { Change, Row } from '../base/change.ts'
import type { IdSource } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'
import type { CaseRecord } from '../domain/cases/ports.ts'
import type { Notice } from './handlers.ts'

export interface StageChange {
  readonly before: CaseRecord
  readonly after: CaseRecord
  readonly by: { readonly kind: 'villager' | 'staff' | 'system'; readonly id: string | null }
  /** What was given as the reason, where the stage asks for one. */
  readonly reason: string | null
  /** The villager was there when it happened (a visit that was noted): nobody needs to be told. */
  readonly isPresent?: boolean
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

export interface StageConsequence {
  /** Never of the Case row itself. */
  readonly changes: readonly Change[]
  readonly notices: readonly Notice[]
  /** Columns of the Case row, merged into the one update of the move. */
  readonly set?: Readonly<Record<string, Row[string]>>
}

export type StageHook = (change: StageChange) => Promise<StageConsequence>
