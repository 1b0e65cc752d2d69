/** What rules about measures, referrals, duplicates, clusters and deaths read. Writes are `Change` values. */
import type { Instant, PlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../cases/ports.ts'
import type { TaskRecord } from '../tasks/ports.ts'

/** One line of a household's plan (一户一策). */
export interface MeasureRecord {
  readonly id: string
  readonly caseId: string | null
  readonly householdId: string | null
  readonly territoryId: string
  /** Name in flows/policy/measures.yaml. */
  readonly kind: string
  readonly department: string | null
  readonly ownerId: string | null
  readonly dueOn: PlainDate | null
  readonly state: 'planned' | 'done' | 'dropped'
  readonly doneOn: PlainDate | null
  /** Yuan. */
  readonly amount: number | null
  /** Id of a stored photo or paper. */
  readonly proof: string | null
  readonly note: string | null
  readonly createdById: string | null
  readonly createdAt: Instant
  readonly revision: number
}

/** A part of a matter at a department, or a matter offered to a colleague (`department` null). */
export interface ReferralRecord {
  readonly id: string
  readonly caseId: string
  readonly department: string | null
  readonly fromId: string | null
  readonly toId: string | null
  readonly territoryId: string
  readonly state: 'offered' | 'taken' | 'returned' | 'answered'
  readonly dueOn: PlainDate | null
  readonly note: string | null
  readonly at: Instant
  readonly answeredAt: Instant | null
  readonly openKey: string | null
  readonly revision: number
}

/** What the suggestion of measures goes by. */
export interface Circumstances {
  /** able | weak | none; null = not known. */
  readonly labour: string | null
  /** Names of `risk_cause`; the last verification's, else those of the report. */
  readonly causes: readonly string[]
}

export interface MeasureReads {
  /** Dropped ones too, in the order in which they were planned. At most 500 cases. */
  measuresOf(caseIds: readonly string[]): Promise<readonly MeasureRecord[]>
  measure(id: string): Promise<MeasureRecord | null>
  circumstances(matter: CaseRecord): Promise<Circumstances>
}

export interface ReferralReads {
  /** Open ones, by (at, id). */
  openReferralsOf(caseId: string): Promise<readonly ReferralRecord[]>
  referral(id: string): Promise<ReferralRecord | null>
}

export interface DuplicateReads {
  /** Open ones of that kind, by (opened, id). */
  openOfHousehold(householdId: string, kind: string): Promise<readonly CaseRecord[]>
  /** Open ones of that kind of somebody of that name, in the places, since then. */
  openNamed(name: string, territoryIds: readonly string[], kind: string, since: Instant): Promise<readonly CaseRecord[]>
  /** Those of that kind in the places since then, closed ones too but not merged, by (opened, id), at most 500. */
  openedIn(territoryIds: readonly string[], kind: string, since: Instant): Promise<readonly CaseRecord[]>
  /** Open ones of that kind whose reporter, or household, has this phone. */
  openOfSamePhone(phone: string, kind: string): Promise<readonly CaseRecord[]>
  /** Those that were merged into it. */
  mergedInto(caseId: string): Promise<readonly CaseRecord[]>
  /** Tasks of kind `cluster` about that place and kind of matter since then, closed ones too. */
  clustersSince(territoryId: string, kind: string, since: Instant): Promise<readonly TaskRecord[]>
}

export interface MemberRecord {
  readonly id: string
  readonly householdId: string
  readonly name: string
  readonly relation: string | null
  readonly diedOn: PlainDate | null
  readonly revision: number
}

export interface DeathReads {
  /** By (name, id), the dead among them. */
  membersOf(householdId: string): Promise<readonly MemberRecord[]>
  membersNamed(name: string, limit: number): Promise<readonly MemberRecord[]>
  /** `closedOn`: everybody has died or moved away for good. */
  householdState(id: string): Promise<{ readonly closedOn: PlainDate | null; readonly revision: number } | null>
  /** Open cases of the household, and of these profiles. */
  openMattersOf(householdId: string, profileIds: readonly string[]): Promise<readonly CaseRecord[]>
  /** The profiles that are this person, with the account they speak from and how many people speak from it. */
  accountsOfPerson(member: Pick<MemberRecord, 'id' | 'name'>, householdId: string): Promise<readonly PersonAccount[]>
  /** What `staffId` logged that day of deaths, newest first. */
  deathsLogged(staffId: string, on: PlainDate): Promise<readonly DeathLogged[]>
  /** When this staff member last logged a visit that stands; null = never. */
  lastVisitLogged(staffId: string): Promise<Instant | null>
}

export interface PersonAccount {
  readonly profileId: string
  readonly identityId: string
  readonly identityRevision: number
  readonly mutedAt: Instant | null
  /** Others speak from the same account. */
  readonly shared: boolean
}

/** What undoing it needs: ids only. */
export interface DeathLogged {
  readonly action: 'death' | 'death_undone'
  readonly at: Instant
  readonly detail: DeathDetail
}

export interface DeathDetail {
  readonly memberId: string
  readonly householdId: string
  /** The member's row was made for it. */
  readonly added: boolean
  readonly size: number
  readonly closed: boolean
  readonly plans: readonly { readonly id: string; readonly openKey: string }[]
  readonly identityIds: readonly string[]
  readonly taskIds: readonly string[]
  readonly caseIds: readonly string[]
}
