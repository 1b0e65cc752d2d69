/** What rules about visits read. Writes are `Change` values. */
import type { PlainDate } from '../../base/time.ts'

export interface VisitPlanRecord {
  readonly id: string
  /** Name in flows/policy/visit-plans.yaml. */
  readonly plan: string
  readonly subjectKind: 'household' | 'member' | 'site' | 'grid'
  /** Null for a site or a grid. */
  readonly householdId: string | null
  readonly memberId: string | null
  /** The matter that it follows (look-back). */
  readonly caseId: string | null
  readonly territoryId: string
  readonly assigneeId: string | null
  readonly mode: 'in_person' | 'phone' | 'either'
  readonly dueOn: PlainDate
  readonly number: string | null
  readonly openKey: string | null
  /** Times that nobody was met. */
  readonly attempts: number
  readonly closedOn: PlainDate | null
  readonly revision: number
}

export interface VisitReads {
  /** At most 500 ids; closed ones too. */
  plans(ids: readonly string[]): Promise<readonly VisitPlanRecord[]>
  planByNumber(number: string): Promise<VisitPlanRecord | null>
  openPlansOf(householdIds: readonly string[]): Promise<readonly VisitPlanRecord[]>
  /** Open ones due on that day or earlier, by (due, id), at most `limit`. */
  openPlansAssignedTo(staffId: string, dueUntil: PlainDate, limit: number): Promise<readonly VisitPlanRecord[]>
}
