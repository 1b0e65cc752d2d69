/** Who answers for a matter in a place. Never nobody, as long as anybody up to the county holds a role. */
import type { PlainDate } from '../../base/time.ts'
import type { RegistryReads, RoleRecord, StaffAccount, TerritoryRecord } from './ports.ts'

/** Roles that answer for a place, in the order in which they are asked; at each place first, then one level up. */
export const RESPONSIBLE_ROLES = [
  'grid_worker',
  'village_staff',
  'resident_team',
  'first_secretary',
  'site_manager',
  'township_reviewer',
  'county_officer',
] as const

/** Who leads at a level, when a matter climbs. */
const LEADING_ROLES: Readonly<Record<string, readonly string[]>> = {
  village: ['village_staff', 'first_secretary', 'resident_team'],
  township: ['township_reviewer'],
  county: ['county_officer'],
}
const LEVELS_UPWARD = ['village', 'township', 'county']

/** Everybody who holds a role on the way from a place up to the county, read once. */
export interface Chain {
  /** The place first. */
  readonly lineage: readonly TerritoryRecord[]
  readonly holders: readonly RoleRecord[]
  readonly accounts: readonly StaffAccount[]
}

export async function readChain(reads: RegistryReads, territoryId: string): Promise<Chain> {
  const lineage = await reads.lineage(territoryId)
  const holders = await reads.holders(
    lineage.map((place) => place.id),
    RESPONSIBLE_ROLES,
  )
  const accounts = await reads.accounts([...new Set(holders.map((holder) => holder.staffId))])
  return { lineage, holders, accounts }
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

/** Who leads at this level above the place, else at the next one up that has somebody. */
export function leadIn(chain: Chain, level: string, on: PlainDate): string | null {
  for (const each of LEVELS_UPWARD.slice(Math.max(0, LEVELS_UPWARD.indexOf(level)))) {
    const place = chain.lineage.find((territory) => territory.level === each)
    for (const role of LEADING_ROLES[each] ?? []) {
      const found = place && holderOf(chain, place.id, role, on)
      if (found) return found
    }
  }
  return null
}

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

function holderOf(chain: Chain, territoryId: string, role: string, on: PlainDate): string | null {
  const holders = chain.holders.filter(
    (holder) => holder.territoryId === territoryId && holder.role === role && isThere(holder.leftOn, on),
  )
  return (holders.find((holder) => isReachable(chain, holder.staffId)) ?? holders[0])?.staffId ?? null
}

/** `leftOn` is the first day on which they are gone. */
export const isThere = (leftOn: PlainDate | null, on: PlainDate): boolean => leftOn === null || on < leftOn
