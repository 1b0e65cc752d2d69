/** The kinds of files, and what each needs to look up. */
import {
  courseIdentity,
  COURSE_COLUMNS,
  decideCourse,
  readCourseRow,
  type CourseFacts,
} from '../../domain/registry/import/courses.ts'
import {
  decideGroup,
  groupFacts,
  GROUP_COLUMNS,
  readGroupRow,
  type GroupFacts,
} from '../../domain/registry/import/groups.ts'
import {
  decideHousehold,
  householdIdentities,
  HOUSEHOLD_COLUMNS,
  readHouseholdRow,
  type HouseholdFacts,
} from '../../domain/registry/import/households.ts'
import {
  decideMember,
  memberIdentities,
  MEMBER_COLUMNS,
  readMemberRow,
  type MemberFacts,
} from '../../domain/registry/import/members.ts'
import { placeIndex, type PlaceIndex } from '../../domain/registry/import/place-index.ts'
import type { ImportedHousehold, ImportReads } from '../../domain/registry/import/ports.ts'
import type { ColumnSpec } from '../../domain/registry/import/row.ts'
import { decideStaff, readStaffRow, STAFF_COLUMNS, type StaffFacts } from '../../domain/registry/import/staff.ts'
import { staffIndex } from '../../domain/registry/import/staff-index.ts'
import { decideTerritory, readTerritoryRow, TERRITORY_COLUMNS } from '../../domain/registry/import/territories.ts'
import type { ImportKind } from './kind-names.ts'
import type { OpenPlan, VisitPlanning } from './visit-planning.ts'
import { importSession, type Importer, type ImportSession, type SessionOptions } from './importer.ts'

export const COLUMNS: Readonly<Record<ImportKind, readonly ColumnSpec[]>> = {
  territories: TERRITORY_COLUMNS,
  staff: STAFF_COLUMNS,
  groups: GROUP_COLUMNS,
  households: HOUSEHOLD_COLUMNS,
  members: MEMBER_COLUMNS,
  courses: COURSE_COLUMNS,
}

export function openSession(
  kind: ImportKind,
  reads: ImportReads,
  planning: VisitPlanning,
  options: SessionOptions,
): ImportSession {
  switch (kind) {
    case 'territories':
      return importSession(territories(reads), options)
    case 'staff':
      return importSession(staff(reads), options)
    case 'groups':
      return importSession(groups(reads), options)
    case 'households':
      return importSession(households(reads, planning), options)
    case 'members':
      return importSession(members(reads, planning), options)
    case 'courses':
      return importSession(courses(reads), options)
  }
}

type RowOf<Read> = Read extends (...args: never[]) => infer Reading
  ? Extract<Reading, { readonly row: unknown }>['row']
  : never

const territories = (reads: ImportReads): Importer<RowOf<typeof readTerritoryRow>, PlaceIndex> => ({
  columns: TERRITORY_COLUMNS,
  read: readTerritoryRow,
  load: async (_, facts) => facts ?? placeIndex(await reads.territories()),
  decide: decideTerritory,
})

const staff = (reads: ImportReads): Importer<RowOf<typeof readStaffRow>, StaffFacts> => ({
  columns: STAFF_COLUMNS,
  read: readStaffRow,
  async load(rows, facts) {
    const begun = facts ?? {
      places: placeIndex(await reads.territories()),
      staff: staffIndex(await reads.staff(), []),
    }
    const unknown = rows.flatMap(({ account }) =>
      account && !begun.staff.account(account.channel, account.user) ? [`${account.channel} ${account.user}`] : [],
    )
    if (unknown.length > 0) {
      for (const account of await reads.identities(unknown, [])) begun.staff.addAccount({ ...account })
    }
    return begun
  },
  decide: decideStaff,
})

const groups = (reads: ImportReads): Importer<RowOf<typeof readGroupRow>, GroupFacts> => ({
  columns: GROUP_COLUMNS,
  read: readGroupRow,
  load: async (_, facts) => facts ?? groupFacts(placeIndex(await reads.territories()), await reads.groups()),
  decide: decideGroup,
})

interface HouseholdLookups extends HouseholdFacts {
  readonly plans: Map<string, readonly OpenPlan[]>
}

const households = (
  reads: ImportReads,
  planning: VisitPlanning,
): Importer<RowOf<typeof readHouseholdRow>, HouseholdLookups> => ({
  columns: HOUSEHOLD_COLUMNS,
  read: readHouseholdRow,
  async load(rows, facts) {
    const begun = facts ?? (await beginHouseholds(reads, planning))
    const wanted = new Set<string>()
    const territoryIds = new Set<string>()
    for (const row of rows) {
      const place = begun.places.find(row.territory)
      if (!place) continue
      territoryIds.add(place.id)
      const { keyed, plain } = householdIdentities(row, place.id, reads.fingerprint)
      for (const identity of keyed === null ? [plain] : [keyed, plain]) {
        if (!begun.households.has(identity)) wanted.add(identity)
      }
    }
    for (const identities of inPortions([...wanted])) {
      const found = await reads.householdsByIdentity(identities)
      for (const household of found) begun.households.set(household.identity, { ...household })
      const plans = found.length > 0 ? await reads.openPlans(found.map(({ id }) => id)) : []
      for (const plan of plans) keepPlan(begun.plans, plan)
      await planning.prepare([], plans)
    }
    await planning.prepare([...territoryIds], [])
    return begun
  },
  decide: decideHousehold,
})

async function beginHouseholds(reads: ImportReads, planning: VisitPlanning): Promise<HouseholdLookups> {
  const plans = new Map<string, readonly OpenPlan[]>()
  return {
    places: placeIndex(await reads.territories()),
    staff: staffIndex(await reads.staff(), []),
    households: new Map(),
    plans,
    visitsFollowing(household, visited) {
      const changes = planning.following(household, plans.get(household.id) ?? [], visited)
      // What was open is settled or replaced by now; a second row of the same household reads on at the next import.
      plans.delete(household.id)
      return changes
    },
  }
}

interface MemberLookups extends MemberFacts {
  readonly households: Map<string, string>
  /** By id. */
  readonly homes: Map<string, ImportedHousehold>
  readonly plans: Map<string, readonly OpenPlan[]>
}

const members = (
  reads: ImportReads,
  planning: VisitPlanning,
): Importer<RowOf<typeof readMemberRow>, MemberLookups> => ({
  columns: MEMBER_COLUMNS,
  read: readMemberRow,
  async load(rows, facts) {
    const begun = facts ?? beginMembers(planning)
    const keys = new Set(rows.map((row) => row.household).filter((key) => !begun.households.has(key)))
    for (const portion of inPortions([...keys])) {
      const found = await reads.householdsByKey(portion)
      for (const household of found) {
        if (household.key === null) continue
        begun.households.set(household.key, household.id)
        begun.homes.set(household.id, household)
      }
      const plans = found.length > 0 ? await reads.openPlans(found.map(({ id }) => id)) : []
      for (const plan of plans) keepPlan(begun.plans, plan)
      await planning.prepare([...new Set(found.map(({ territoryId }) => territoryId))], plans)
    }
    const wanted = new Set<string>()
    for (const row of rows) {
      const householdId = begun.households.get(row.household)
      if (householdId === undefined) continue
      const { byId, byName } = memberIdentities(row, householdId, reads.fingerprint)
      for (const identity of byId === null ? [byName] : [byId, byName]) {
        if (!begun.members.has(identity)) wanted.add(identity)
      }
    }
    for (const portion of inPortions([...wanted])) {
      for (const member of await reads.membersByIdentity(portion)) begun.members.set(member.identity, { ...member })
    }
    return begun
  },
  decide: decideMember,
})

function beginMembers(planning: VisitPlanning): MemberLookups {
  const homes = new Map<string, ImportedHousehold>()
  const plans = new Map<string, readonly OpenPlan[]>()
  const planned = new Set<string>()
  return {
    households: new Map(),
    homes,
    plans,
    members: new Map(),
    placed: new Map(),
    visitsFollowing(member) {
      const home = homes.get(member.householdId)
      // A second row of the same person reads on at the next import.
      if (!home || planned.has(member.id)) return []
      planned.add(member.id)
      return planning.memberFollowing(member, home, plans.get(home.id) ?? [])
    },
  }
}

function keepPlan(plans: Map<string, readonly OpenPlan[]>, plan: OpenPlan): void {
  const householdId = plan.householdId ?? ''
  plans.set(householdId, [...(plans.get(householdId) ?? []), plan])
}

const courses = (reads: ImportReads): Importer<RowOf<typeof readCourseRow>, CourseFacts> => ({
  columns: COURSE_COLUMNS,
  read: readCourseRow,
  async load(rows, facts) {
    const begun: CourseFacts = facts ?? new Map()
    const wanted = [...new Set(rows.map(courseIdentity))].filter((identity) => !begun.has(identity))
    for (const portion of inPortions(wanted)) {
      for (const course of await reads.coursesByIdentity(portion)) begun.set(course.identity, { ...course })
    }
    return begun
  },
  decide: decideCourse,
})

/** Lists handed to a port hold at most 500 entries. */
function* inPortions<Item>(items: readonly Item[], size = 500): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}
