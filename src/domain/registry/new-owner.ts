/** Who owns something for good when its owner goes: not who stands in for some days. */
import type { PlainDate } from '../../base/time.ts'
import type { OpenWork } from './ports.ts'
import {
  DEPARTMENT_ROLE,
  departmentOfficer,
  departmentRole,
  leadIn,
  mayOpen,
  responsibleIn,
  type Chain,
} from './responsible.ts'

export interface NewOwner {
  /** Null when nobody up to the county is left. */
  readonly staffId: string | null
  /** Nobody below the county answers for the place: somebody should be appointed. */
  readonly ownerless: boolean
}

/** Levels at which nobody looks after a household in particular. */
const WIDE: ReadonlySet<string> = new Set(['county', 'prefecture', 'province'])

/** Role of the officers of a department, where it is not named like it (flows/policy/routing.yaml). */
export type OfficerOf = (department: string) => string

/** The same for something that not everybody may be given: what a department was asked stays with a department. */
export function newOwnerOf(
  chain: Chain,
  { seenFrom, notTo = [], department }: Pick<OpenWork, 'seenFrom' | 'notTo' | 'department'>,
  fromId: string,
  toId: string | null,
  on: PlainDate,
  officerOf: OfficerOf,
): NewOwner {
  const free: Chain = { ...chain, holders: chain.holders.filter(({ staffId }) => !notTo.includes(staffId)) }
  if (department === undefined) return newOwner(free, fromId, toId, seenFrom, on)
  const others: Chain = { ...free, holders: free.holders.filter(({ staffId }) => staffId !== fromId), covers: [] }
  const officer = officerOf(department)
  const roles: readonly string[] = [departmentRole(officer), DEPARTMENT_ROLE]
  const isOfficer = (id: string | null) =>
    others.holders.some(({ staffId, role }) => staffId === id && roles.includes(role))
  if (toId !== null && isOfficer(toId) && mayOpen(others, toId, on, seenFrom))
    return { staffId: toId, ownerless: false }
  const staffId = departmentOfficer(others, officer, on)
  return { staffId, ownerless: !isOfficer(staffId) }
}

/**
 * @param chain of its place
 * @param fromId whoever goes
 * @param toId whom it was meant for; passed over where that one may not open it
 */
export function newOwner(
  chain: Chain,
  fromId: string,
  toId: string | null,
  seenFrom: string | null,
  on: PlainDate,
): NewOwner {
  if (toId !== null && mayOpen(chain, toId, on, seenFrom)) return { staffId: toId, ownerless: false }
  const others: Chain = {
    ...chain,
    holders: chain.holders.filter((holder) => holder.staffId !== fromId),
    covers: [],
  }
  if (seenFrom !== null) {
    const lead = leadIn(others, seenFrom, on)
    return { staffId: lead, ownerless: lead === null }
  }
  const near = responsibleIn({ ...others, lineage: others.lineage.filter(({ level }) => !WIDE.has(level)) }, on)
  if (near !== null) return { staffId: near, ownerless: false }
  const county = responsibleIn(others, on)
  const wasOfCounty = chain.lineage.some(
    ({ id, level }) => WIDE.has(level) && chain.holders.some((one) => one.staffId === fromId && one.territoryId === id),
  )
  const isOfCounty = WIDE.has(chain.lineage[0]?.level ?? '') || wasOfCounty
  return { staffId: county, ownerless: county === null || !isOfCounty }
}
