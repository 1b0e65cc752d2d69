/** Who answers for a matter in a place. Never nobody, as long as anybody up to the county holds a role. */
import type { PlainDate } from '../../base/time.ts'
import { standIn } from './cover.ts'
import type { CoverRecord, RegistryReads, RoleRecord, StaffAccount, TerritoryRecord } from './ports.ts'

/**
 * Roles that answer for a place, in the order in which they are asked; at each place first, then one level up. So a household
 * in a ten-household unit is its head's, then the workers' of its grid, then the village's; one in a site its manager's.
 */
export const RESPONSIBLE_ROLES = [
  'grid_worker',
  'village_staff',
  'resident_team',
  'first_secretary',
  'site_manager',
  'ten_household_head',
  'township_reviewer',
  'county_officer',
] as const

/** Who leads at a level, when a matter climbs. A resettlement site beside the villages stands at their level. */
const LEADING_ROLES: Readonly<Record<string, readonly string[]>> = {
  village: ['village_staff', 'first_secretary', 'resident_team', 'site_manager'],
  township: ['township_reviewer'],
  county: ['county_officer'],
}
const LEVELS_UPWARD = ['village', 'township', 'county']
const SITE = 'resettlement_site'

/** Roles that look after nothing, wherever they are held. */
const ANSWERS_FOR_NOTHING: ReadonlySet<string> = new Set(['proxy', 'exporter'])

/** Everybody who holds a role on the way from a place up to the county, read once. */
export interface Chain {
  /** The place first. */
  readonly lineage: readonly TerritoryRecord[]
  readonly holders: readonly RoleRecord[]
  readonly accounts: readonly StaffAccount[]
  /** When they are away, and who stands in. */
  readonly covers: readonly CoverRecord[]
}

export async function readChain(reads: RegistryReads, territoryId: string): Promise<Chain> {
  const lineage = await reads.lineage(territoryId)
  const holders = await reads.holders(
    lineage.map((place) => place.id),
    null,
  )
  const staffIds = [...new Set(holders.map((holder) => holder.staffId))]
  const [accounts, covers] = await Promise.all([reads.accounts(staffIds), reads.covers(staffIds)])
  return { lineage, holders, accounts, covers }
}

/** @returns a staff id; null when nobody up to the county is left to ask. Among equals, who can be reached comes first. */
export function responsibleIn(chain: Chain, on: PlainDate): string | null {
  for (const place of chain.lineage) {
    for (const role of RESPONSIBLE_ROLES) {
      const found = holderOf(chain, place.id, role, on)
      if (found !== null) return found
    }
  }
  return null
}

/** Who answers for the place without that person, from the level above the own role up; else a colleague at the top. */
export function responsibleAbove(chain: Chain, staffId: string, on: PlainDate): string | null {
  const others = { ...chain, holders: chain.holders.filter((holder) => holder.staffId !== staffId) }
  return responsibleIn({ ...others, lineage: chain.lineage.slice(1) }, on) ?? responsibleIn(others, on)
}

/** Who leads at this level above the place, else at the next one up that has somebody. */
export function leadIn(chain: Chain, level: string, on: PlainDate): string | null {
  for (const each of LEVELS_UPWARD.slice(Math.max(0, LEVELS_UPWARD.indexOf(level)))) {
    const place =
      chain.lineage.find((territory) => territory.level === each) ??
      (each === 'village' ? chain.lineage.find((territory) => territory.level === SITE) : undefined)
    for (const role of LEADING_ROLES[each] ?? []) {
      const found = place && holderOf(chain, place.id, role, on)
      if (found) return found
    }
  }
  return null
}

/**
 * The one of that department who is nearest upward, else who stands for departments in general, else the county's officer.
 * @param department a department, or an `officer`, of flows/policy/routing.yaml
 */
export function departmentOfficer(chain: Chain, department: string, on: PlainDate): string | null {
  for (const role of [departmentRole(department), DEPARTMENT_ROLE, 'county_officer']) {
    for (const place of chain.lineage) {
      const found = holderOf(chain, place.id, role, on)
      if (found !== null) return found
    }
  }
  return null
}

export const DEPARTMENT_ROLE = 'department_officer'

/** `department_officer:medical` */
export const departmentRole = (department: string): string => `${DEPARTMENT_ROLE}:${department}`

/** Everybody on the way up who can be reached, nearest first: where danger goes when the one who should hear it can't be. */
export function reachableIn(chain: Chain, on: PlainDate): readonly string[] {
  const found: string[] = []
  for (const place of chain.lineage) {
    for (const role of RESPONSIBLE_ROLES) {
      const holder = holderOf(chain, place.id, role, on)
      if (holder !== null && isReachable(chain, holder) && !found.includes(holder)) found.push(holder)
    }
  }
  return found
}

export const isReachable = (chain: Chain, staffId: string): boolean =>
  chain.accounts.some((account) => account.staffId === staffId)

/**
 * Who answers in fact for what that person has to do in the place: the person, or while away who stands in, if that one may
 * open it; else whoever answers for the place.
 * @param covers of that person, where the chain does not hold them
 * @param seenFrom lowest level that may know of it; null = everybody
 */
export function answererIn(
  chain: Chain,
  staffId: string,
  on: PlainDate,
  covers: readonly CoverRecord[] = [],
  seenFrom: string | null = null,
): string | null {
  const known = [...covers, ...chain.covers]
  const found = standIn(staffId, known, (id) => mayOpen(chain, id, on, seenFrom), on)
  return found ?? (seenFrom === null ? responsibleIn(chain, on) : leadIn(chain, seenFrom, on))
}

/**
 * Who owns for good what is opened in a place. Days of leave change nothing of it: who answers meanwhile is found when it is told.
 * @param meantId a helper, or whoever has the matter that it belongs to; passed over where that one may not open it
 * @param seenFrom lowest level that may know of it; null = everybody
 */
export function ownerIn(
  chain: Chain,
  on: PlainDate,
  meantId: string | null = null,
  seenFrom: string | null = null,
): string | null {
  if (meantId !== null && mayOpen(chain, meantId, on, seenFrom)) return meantId
  return seenFrom === null ? responsibleIn(asAtWork(chain), on) : leadIn(asAtWork(chain), seenFrom, on)
}

/** The same, as if nobody were on leave: for whoever owns something longer than a leave lasts. */
export const asAtWork = (chain: Chain): Chain => ({ ...chain, covers: [] })

/** Whether somebody is there and holds a role in the place or above it, at that level at least. */
export function mayOpen(chain: Chain, staffId: string, on: PlainDate, seenFrom: string | null = null): boolean {
  const from = seenFrom === null ? 0 : chain.lineage.findIndex(({ level }) => level === seenFrom)
  if (from < 0) return false
  const places = new Set(chain.lineage.slice(from).map(({ id }) => id))
  return chain.holders.some(
    (holder) =>
      holder.staffId === staffId &&
      places.has(holder.territoryId) &&
      isThere(holder.leftOn, on) &&
      !ANSWERS_FOR_NOTHING.has(holder.role),
  )
}

/** Whoever is away is found through who stands in; where nobody does, a colleague of the same role answers. */
function holderOf(chain: Chain, territoryId: string, role: string, on: PlainDate): string | null {
  const holders = chain.holders.filter(
    (holder) => holder.territoryId === territoryId && holder.role === role && isThere(holder.leftOn, on),
  )
  // Nobody leads a level for whoever leads it without being of that level.
  const upward = { ...chain, lineage: chain.lineage.slice(chain.lineage.findIndex(({ id }) => id === territoryId)) }
  const mayAnswer = (staffId: string) => mayOpen(upward, staffId, on)
  const answering = [...holders]
    .sort((a, b) => Number(isReachable(chain, b.staffId)) - Number(isReachable(chain, a.staffId)))
    .map(({ staffId }) => standIn(staffId, chain.covers, mayAnswer, on))
  return answering.find((staffId) => staffId !== null) ?? null
}

/** `leftOn` is the first day on which they are gone. */
export const isThere = (leftOn: PlainDate | null, on: PlainDate): boolean => leftOn === null || on < leftOn
