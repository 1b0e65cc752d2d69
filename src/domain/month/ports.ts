/** What the figures of a month are counted from. */
import type { Instant, PlainDate } from '../../base/time.ts'

export interface MonthCase {
  readonly number: string
  readonly kind: string
  readonly territoryId: string
  readonly seenFrom: string | null
  readonly leadOn: PlainDate
  readonly decideBy: PlainDate | null
  readonly decidedOn: PlainDate | null
  readonly closedAt: Instant | null
}

export interface MonthPlan {
  readonly id: string
  /** Name in flows/policy/visit-plans.yaml. */
  readonly plan: string
  readonly dueOn: PlainDate
  readonly closedOn: PlainDate | null
}

/** Days inclusive; any number of territories. */
export interface MonthReads {
  /** Cases whose lead or decision falls into these days, and all that are open; by number. */
  monthCases(territoryIds: readonly string[], from: PlainDate, to: PlainDate): Promise<readonly MonthCase[]>
  /** Visits that were due on these days. */
  monthPlans(territoryIds: readonly string[], from: PlainDate, to: PlainDate): Promise<readonly MonthPlan[]>
  /** Plans that a visit on these days was logged for, attempts and what was taken back left out. */
  visitedPlans(territoryIds: readonly string[], from: PlainDate, to: PlainDate): Promise<ReadonlySet<string>>
}
