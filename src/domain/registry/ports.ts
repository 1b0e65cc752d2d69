/**
 * What rules read about places, people and groups. Sealed columns arrive as plain text.
 * Lists handed in hold at most 500 entries; lists handed out are in the order of their ids unless said otherwise.
 */
import type { Instant, PlainDate } from '../../base/time.ts'

export interface TerritoryRecord {
  readonly id: string
  /** Names from the county down, joined by `/`. */
  readonly path: string
  readonly name: string
  readonly level: string
  readonly parentId: string | null
  readonly zone: string | null
  readonly publicPhone: string | null
}

export interface StaffRecord {
  readonly id: string
  readonly name: string
  readonly phone: string | null
  readonly position: string | null
  /** First day on which they are no longer there. */
  readonly leftOn: PlainDate | null
}

/** A role held within a territory by somebody. */
export interface RoleRecord {
  readonly staffId: string
  readonly role: string
  readonly territoryId: string
  readonly leftOn: PlainDate | null
}

/** Somebody is away, and somebody else answers meanwhile. */
export interface CoverRecord {
  readonly id: string
  readonly staffId: string
  readonly byStaffId: string
  readonly fromOn: PlainDate
  /** The last day included. */
  readonly toOn: PlainDate
  readonly revision: number
}

/** A bound account: a private chat of that staff member. */
export interface StaffAccount {
  readonly staffId: string
  readonly identityId: string
  readonly channel: string
  /** The account, which is also the name of the private chat with it. */
  readonly user: string
  readonly language: string | null
  /** When the account was heard last, a few minutes early at most; null = never. */
  readonly heardAt: Instant | null
}

export interface GroupRecord {
  readonly id: string
  readonly channel: string
  readonly chat: string
  readonly territoryId: string
  /** village, township, county, jobs. */
  readonly purposes: readonly string[]
  /** `staff` or `public`; whatever else is stored counts as public. */
  readonly audience: string
}

export interface HouseholdRecord {
  readonly id: string
  readonly head: string
  readonly territoryId: string
  readonly size: number
  /** Status flags. */
  readonly status: readonly string[]
  readonly monitoredType: string | null
  readonly helperId: string | null
  readonly phone: string | null
  readonly lastVisitOn: PlainDate | null
  readonly revision: number
}

/** Somebody who spoke from an account. */
export interface ProfileRecord {
  readonly id: string
  readonly name: string | null
  readonly phone: string | null
}

export interface RegistryReads {
  territories(ids: readonly string[]): Promise<readonly TerritoryRecord[]>
  /** The territory itself first, then what it lies in, up to the county (or further, where stored). Empty for an unknown id. */
  lineage(territoryId: string): Promise<readonly TerritoryRecord[]>
  /** The territory itself and everything in it, at any depth. */
  within(territoryId: string): Promise<readonly string[]>
  staff(ids: readonly string[]): Promise<readonly StaffRecord[]>
  /** Who holds any of these roles (null: any) in exactly these territories, those who left included; by (territory, role, staff id). */
  holders(territoryIds: readonly string[], roles: readonly string[] | null): Promise<readonly RoleRecord[]>
  /** Every role of these staff; by (territory, role, staff id). */
  rolesOf(staffIds: readonly string[]): Promise<readonly RoleRecord[]>
  /** All of that name, those who left included. */
  staffNamed(name: string): Promise<readonly StaffRecord[]>
  /** All with that phone, digits only. */
  staffWithPhone(phone: string): Promise<readonly StaffRecord[]>
  /** When these staff are away, past and future; without what was ended early. */
  covers(staffIds: readonly string[]): Promise<readonly CoverRecord[]>
  /** Who is away on that day; null = of everybody. */
  coversOn(staffIds: readonly string[] | null, on: PlainDate): Promise<readonly CoverRecord[]>
  /** For whom these staff stand in on that day. */
  coveredBy(staffIds: readonly string[], on: PlainDate): Promise<readonly CoverRecord[]>
  /** By (staff id, identity id). */
  accounts(staffIds: readonly string[]): Promise<readonly StaffAccount[]>
  households(ids: readonly string[]): Promise<readonly HouseholdRecord[]>
  profiles(ids: readonly string[]): Promise<readonly ProfileRecord[]>
  /** Groups that have this purpose, of the whole installation; without those that the bot was taken out of. */
  groupsFor(purpose: string): Promise<readonly GroupRecord[]>
  /** Without those that the bot was taken out of. */
  groupsIn(territoryIds: readonly string[]): Promise<readonly GroupRecord[]>
  group(channel: string, chat: string): Promise<GroupRecord | null>
}

export const WORK_KINDS = ['case', 'plan', 'task', 'measure', 'household', 'confirmation', 'referral'] as const
/** What somebody has to do, or (household) whom somebody helps. Each confirmation and referral that waits has a task too. */
export type WorkKind = (typeof WORK_KINDS)[number]

/** Something open that somebody owns. */
export interface OpenWork {
  readonly kind: WorkKind
  readonly id: string
  /** What staff call it by: a number, the head of a household. */
  readonly name: string | null
  readonly territoryId: string
  readonly householdId: string | null
  readonly ownerId: string | null
  /** Lowest level whose staff may know of it; null = everybody. */
  readonly seenFrom: string | null
  /** Who may not be given it: nobody confirms what was his own finding. */
  readonly notTo?: readonly string[]
  /** It was referred to this department. */
  readonly department?: string
  readonly revision: number
}

export interface OpenWorkReads {
  /** Open things of one kind that this person owns, by id, at most `limit`, from the one after `afterId` ("" = the first). */
  workOf(staffId: string, kind: WorkKind, afterId: string, limit: number): Promise<readonly OpenWork[]>
  /** All that is open about these households (at most 500) but visits and the households themselves, by (kind, id). */
  workAbout(householdIds: readonly string[]): Promise<readonly OpenWork[]>
  /** The open watch rows of these things, which know the place. */
  watchPlaces(
    subjectIds: readonly string[],
  ): Promise<readonly { readonly id: string; readonly territoryId: string; readonly revision: number }[]>
}
