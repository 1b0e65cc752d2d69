/** What rules about visits read. Writes are `Change` values. */
import type { Json } from '../../base/json.ts'
import type { Instant, PlainDate } from '../../base/time.ts'

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

/** A household as visits see it, with its members. */
export interface VisitedHousehold {
  readonly id: string
  readonly head: string
  readonly territoryId: string
  readonly helperId: string | null
  readonly size: number
  readonly phone: string | null
  /** Status flags. */
  readonly status: readonly string[]
  readonly monitoredType: string | null
  readonly labourCapacity: string | null
  readonly housingGrade: string | null
  readonly lastVisitOn: PlainDate | null
  /** No visit is owed before that day. */
  readonly mutedUntil: PlainDate | null
  /** away | moved | refuses */
  readonly mutedFor: string | null
  readonly closedOn: PlainDate | null
  readonly members: readonly VisitedMember[]
  readonly revision: number
}

export interface VisitedMember {
  readonly id: string
  readonly name: string
  readonly careFlags: readonly string[]
  readonly health: readonly string[]
  readonly diedOn: PlainDate | null
}

export interface VisitRecord {
  readonly id: string
  readonly householdId: string
  readonly territoryId: string
  readonly planId: string | null
  readonly staffId: string
  readonly visitedOn: PlainDate
  readonly mode: 'in_person' | 'phone'
  readonly attempt: boolean
  readonly loggedAt: Instant
  readonly undoneAt: Instant | null
  readonly revision: number
}

/** A resettlement site. */
export interface SiteRecord {
  readonly id: string
  readonly path: string
  readonly name: string
  /** Households that live there, as the places' file or the last report says; null = nobody has said. */
  readonly households: number | null
}

/** The quarter's figures of a site. */
export interface SiteQuarterRecord {
  readonly id: string
  readonly siteId: string
  /** 2026Q4 */
  readonly quarter: string
  readonly figures: Readonly<Record<string, number>>
  readonly flags: readonly string[]
  readonly revision: number
}

export interface VisitReads {
  /** At most 500 ids; closed ones too. */
  plans(ids: readonly string[]): Promise<readonly VisitPlanRecord[]>
  planByNumber(number: string): Promise<VisitPlanRecord | null>
  openPlansOf(householdIds: readonly string[]): Promise<readonly VisitPlanRecord[]>
  /** Of sites and grids. */
  openPlansAt(territoryIds: readonly string[]): Promise<readonly VisitPlanRecord[]>
  /** Open ones of a matter. */
  openPlansFor(caseId: string): Promise<readonly VisitPlanRecord[]>
  /** Open ones due on that day or earlier, by (due, id), at most `limit`. */
  openPlansAssignedTo(staffId: string, dueUntil: PlainDate, limit: number): Promise<readonly VisitPlanRecord[]>
  /** At most 500 ids. */
  visited(householdIds: readonly string[]): Promise<readonly VisitedHousehold[]>
  /** What this person logged at that moment or later and did not take back, latest first. */
  loggedBy(staffId: string, from: Instant): Promise<readonly VisitRecord[]>
  /** What was written down about these subjects under that name (AuditEntry), latest first. */
  noted(
    subjects: readonly string[],
    action: string,
    limit: number,
  ): Promise<readonly { readonly subject: string; readonly detail: Json }[]>
  /** Every resettlement site, by path. */
  sites(): Promise<readonly SiteRecord[]>
  siteQuarters(siteIds: readonly string[], quarters: readonly string[]): Promise<readonly SiteQuarterRecord[]>
}
