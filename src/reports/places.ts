/** Places as reports show them, and which of them a report is about. */
import { AppError } from '../base/errors.ts'
import type { ReportReads, TerritoryRecord } from './ports.ts'

/** Most ids that are handed to a read; wider places are filtered here. */
const ID_LIMIT = 500

export interface Places {
  path(id: string | null): string
  /** Name of the place of that level on the way to it, "" when there is none. */
  nameAt(id: string | null, level: string): string
  includes(id: string | null): boolean
  /** For reads; null = everywhere, or too many to name. */
  readonly ids: readonly string[] | null
}

/** @throws AppError NOT_FOUND for a path that is no place. */
export async function readPlaces(reads: ReportReads, territory: string | null): Promise<Places> {
  const all = await reads.territories()
  const byId = new Map(all.map((place) => [place.id, place]))
  const wanted = territory === null ? null : within(all, territory)
  const lineage = (id: string | null) => {
    const found: TerritoryRecord[] = []
    for (let place = byId.get(id ?? ''); place; place = byId.get(place.parentId ?? '')) {
      found.push(place)
      if (found.length > 20) break
    }
    return found
  }
  return {
    path: (id) => byId.get(id ?? '')?.path ?? '',
    nameAt: (id, level) => lineage(id).find((place) => place.level === level)?.name ?? '',
    includes: (id) => wanted === null || (id !== null && wanted.has(id)),
    ids: wanted === null || wanted.size > ID_LIMIT ? null : [...wanted],
  }
}

function within(all: readonly TerritoryRecord[], path: string): ReadonlySet<string> {
  const plain = path.trim().replace(/\/+$/, '')
  const top = all.find((place) => place.path === plain)
  if (!top) throw new AppError('NOT_FOUND', { what: plain })
  const children = new Map<string, string[]>()
  for (const place of all) {
    if (place.parentId === null) continue
    const siblings = children.get(place.parentId)
    if (siblings) siblings.push(place.id)
    else children.set(place.parentId, [place.id])
  }
  const found = new Set<string>()
  const open = [top.id]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...(children.get(id) ?? []))
  }
  return found
}
