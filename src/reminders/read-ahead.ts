/**
 * Reads in a few reads what a wave of reminders asks of the registry one by one: who the assignees are and how they are
 * reached, and for rungs that go higher, everybody on the way up. What was not read ahead is read as ever.
 */
import type {
  CoverRecord,
  GroupRecord,
  RegistryReads,
  StaffAccount,
  TerritoryRecord,
} from '../domain/registry/ports.ts'
import { assigneeOf, territoryOf, type Subject } from './subjects.ts'

/** Fewer are read one by one. */
const WORTH_IT = 20
/** Ports take so many ids. */
const LIST = 500
/** Levels of a tree of places, far more than any has. */
const DEEPEST = 20

export interface AheadOf {
  readonly subjects: readonly Subject[]
  /** Places whose people on the way up, and groups, are asked for. */
  readonly upward: readonly Subject[]
}

export async function readAhead(registry: RegistryReads, { subjects, upward }: AheadOf): Promise<RegistryReads> {
  if (subjects.length < WORTH_IT) return registry
  const assignees = distinct(subjects.map(assigneeOf))
  const staff = byId(await inLists(assignees, (ids) => registry.staff(ids)))
  const accounts = grouped(assignees, await inLists(assignees, (ids) => registry.accounts(ids)))
  const above = await peopleAbove(registry, distinct(upward.map(territoryOf)))
  const accountsOf = (id: string): readonly StaffAccount[] | undefined => accounts.get(id) ?? above.accounts.get(id)
  return {
    ...registry,
    staff: async (ids) => allKnown(ids, (id) => one(staff.get(id))) ?? registry.staff(ids),
    accounts: async (ids) => allKnown(ids, accountsOf) ?? registry.accounts(ids),
    lineage: async (id) => above.lineage(id) ?? registry.lineage(id),
    holders: async (ids, roles) =>
      (roles === null ? allKnown(ids, (id) => above.holders.get(id)) : null) ?? registry.holders(ids, roles),
    covers: async (ids) => allKnown(ids, (id) => above.covers.get(id)) ?? registry.covers(ids),
    groupsIn: async (ids) => allKnown(ids, (id) => above.groups.get(id)) ?? registry.groupsIn(ids),
  }
}

const one = <T>(found: T | undefined): readonly T[] | undefined => found && [found]

/** Rows of these ids, in the order of the ids as ports give them; null when one of them was not read ahead. */
function allKnown<T>(ids: readonly string[], rowsOf: (id: string) => readonly T[] | undefined): readonly T[] | null {
  const found: T[] = []
  for (const id of ids.length > 1 ? [...new Set(ids)].sort() : ids) {
    const rows = rowsOf(id)
    if (!rows) return null
    found.push(...rows)
  }
  return found
}

async function peopleAbove(registry: RegistryReads, territoryIds: readonly string[]) {
  const places = await upwards(registry, territoryIds)
  const ids = [...places.keys()]
  const held = await inLists(ids, (list) => registry.holders(list, null))
  const people = distinct(held.map(({ staffId }) => staffId))
  const covers = await inLists(people, (list) => registry.covers(list))
  const groups = await inLists(ids, (list) => registry.groupsIn(list))
  return {
    holders: grouped(ids, held, ({ territoryId }) => territoryId),
    accounts: grouped(people, await inLists(people, (list) => registry.accounts(list))),
    covers: grouped<CoverRecord>(people, covers),
    groups: grouped<GroupRecord>(ids, groups, ({ territoryId }) => territoryId),
    lineage(id: string): readonly TerritoryRecord[] | null {
      const line: TerritoryRecord[] = []
      for (let place = places.get(id); place && line.length <= DEEPEST; place = places.get(place.parentId ?? ''))
        line.push(place)
      return line.length > 0 ? line : null
    },
  }
}

/** These places and all that they lie in. */
async function upwards(registry: RegistryReads, ids: readonly string[]): Promise<ReadonlyMap<string, TerritoryRecord>> {
  const places = new Map<string, TerritoryRecord>()
  for (let next = ids, depth = 0; next.length > 0 && depth <= DEEPEST; depth++) {
    const found = await inLists(next, (list) => registry.territories(list))
    for (const place of found) places.set(place.id, place)
    next = distinct(found.map(({ parentId }) => parentId)).filter((id) => !places.has(id))
  }
  return places
}

async function inLists<T>(
  ids: readonly string[],
  read: (list: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = []
  for (let from = 0; from < ids.length; from += LIST) found.push(...(await read(ids.slice(from, from + LIST))))
  return found
}

const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

const byId = <T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

/** Every id has its rows, none where there are none. */
function grouped<T extends { readonly staffId: string } | { readonly territoryId: string }>(
  ids: readonly string[],
  rows: readonly T[],
  keyOf: (row: T) => string = (row) => ('staffId' in row ? row.staffId : row.territoryId),
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>(ids.map((id) => [id, []]))
  for (const row of rows) found.get(keyOf(row))?.push(row)
  return found
}
