/**
 * What imports read to decide between created, updated and unchanged. Sealed columns arrive as plain text.
 * Arguments that are lists hold at most 500 entries.
 */
import type { JsonObject } from '../../../base/json.ts'

export interface ImportedTerritory {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly level: string
  readonly parentId: string | null
  readonly code: string | null
  readonly zone: string | null
  readonly class: string | null
  readonly publicPhone: string | null
  readonly chatCode: string
  readonly extra: JsonObject | null
  readonly revision: number
}

export interface ImportedStaff {
  readonly id: string
  readonly name: string
  readonly phone: string | null
  readonly position: string | null
  readonly leftOn: string | null
  readonly extra: JsonObject | null
  readonly revision: number
  readonly roles: readonly { readonly id: string; readonly role: string; readonly territoryId: string }[]
}

export interface ImportedIdentity {
  readonly id: string
  readonly channel: string
  readonly user: string
  readonly staffId: string | null
  readonly revision: number
}

export interface ImportedGroup {
  readonly id: string
  readonly channel: string
  readonly chat: string
  readonly territoryId: string
  readonly purposes: string
  readonly audience: string
  readonly webhook: string | null
  readonly secret: string | null
  readonly pageCode: string
  readonly extra: JsonObject | null
  readonly revision: number
}

export interface ImportedHousehold {
  readonly id: string
  readonly identity: string
  readonly key: string | null
  readonly head: string
  readonly territoryId: string
  readonly size: number
  readonly status: string
  readonly monitoredType: string | null
  readonly labourCapacity: string | null
  readonly helperId: string | null
  readonly phone: string | null
  readonly lastVisitOn: string | null
  readonly perCapitaIncome: number | null
  readonly housingGrade: string | null
  readonly waterSource: string | null
  /** No visit is owed before that day. */
  readonly mutedUntil?: string | null
  /** Everybody has died or moved away for good. */
  readonly closedOn?: string | null
  readonly extra: JsonObject | null
  readonly revision: number
}

export interface ImportedMember {
  readonly id: string
  readonly identity: string
  readonly householdId: string
  readonly name: string
  readonly idNumber: string | null
  readonly birthOn: string | null
  readonly sex: string | null
  readonly relation: string | null
  readonly phone: string | null
  readonly health: string | null
  readonly workStatus: string | null
  readonly workPlace: string | null
  readonly skills: string | null
  readonly careFlag: string | null
  readonly extra: JsonObject | null
  readonly revision: number
}

export interface ImportedCourse {
  readonly id: string
  readonly identity: string
  readonly title: string
  readonly trade: string
  readonly organiser: string | null
  readonly place: string
  readonly startsOn: string
  readonly endsOn: string | null
  readonly hours: number | null
  readonly seats: number
  readonly allowance: string | null
  readonly certificate: string | null
  readonly extra: JsonObject | null
  readonly revision: number
}

export interface ImportReads {
  /** Keyed hash of a sensitive value, the same that the writer puts beside it (`phoneHash`, `idNumberHash`). */
  fingerprint(kind: 'phone' | 'idNumber', value: string): string
  territories(): Promise<readonly ImportedTerritory[]>
  /** All of them, those who left included. */
  staff(): Promise<readonly ImportedStaff[]>
  /** Accounts with these `<channel> <user>` names, and all that are bound to these staff. */
  identities(names: readonly string[], staffIds: readonly string[]): Promise<readonly ImportedIdentity[]>
  groups(): Promise<readonly ImportedGroup[]>
  householdsByIdentity(identities: readonly string[]): Promise<readonly ImportedHousehold[]>
  /** A household is also found by the key of the source system. */
  householdsByKey(keys: readonly string[]): Promise<readonly ImportedHousehold[]>
  membersByIdentity(identities: readonly string[]): Promise<readonly ImportedMember[]>
  coursesByIdentity(identities: readonly string[]): Promise<readonly ImportedCourse[]>
  /** Open visit plans of these households. */
  openPlans(householdIds: readonly string[]): Promise<
    readonly {
      readonly id: string
      readonly plan: string
      readonly householdId: string | null
      readonly memberId: string | null
      readonly caseId: string | null
      readonly territoryId: string
      readonly dueOn: string
      readonly assigneeId: string | null
      readonly revision: number
    }[]
  >
  /** Whether anything was ever stored (territories, staff, households, conversations), and whether it is the demo county. */
  contents(): Promise<{ readonly empty: boolean; readonly demo: boolean }>
}
