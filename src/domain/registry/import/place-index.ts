/** The places an import knows, found as files name them. */
import { tidyName } from './normal-form.ts'
import type { ImportedTerritory } from './ports.ts'

export type Place = { -readonly [Field in keyof ImportedTerritory]: ImportedTerritory[Field] }

export interface PlaceIndex {
  byPath(path: string): Place | undefined
  byId(id: string): Place | undefined
  byCode(code: string): Place | undefined
  /** A path from the county down, one that begins above the county, or an official code. */
  find(cell: string): Place | undefined
  /** The place itself and all that it lies in, the nearest first. */
  lineage(id: string): readonly Place[]
  hasChatCode(code: string): boolean
  add(place: Place): void
  indexCode(place: Place): void
}

export function placeIndex(territories: readonly ImportedTerritory[]): PlaceIndex {
  const paths = new Map<string, Place>()
  const ids = new Map<string, Place>()
  const codes = new Map<string, Place>()
  const chatCodes = new Set<string>()

  const indexCode = (place: Place) => {
    if (place.code !== null) codes.set(place.code, place)
  }
  const add = (place: Place) => {
    paths.set(place.path, place)
    ids.set(place.id, place)
    chatCodes.add(place.chatCode)
    indexCode(place)
  }
  for (const territory of territories) add({ ...territory })

  const lineage = (id: string) => {
    const found: Place[] = []
    for (let place = ids.get(id); place; place = place.parentId === null ? undefined : ids.get(place.parentId)) {
      found.push(place)
      if (found.length > 20) break
    }
    return found
  }

  return {
    byPath: (path) => paths.get(path),
    byId: (id) => ids.get(id),
    byCode: (code) => codes.get(code),
    find(cell) {
      const names = cell
        .normalize('NFKC')
        .split(/[/\\>]/)
        .map(tidyName)
        .filter((name) => name !== '')
      for (let above = 0; above < Math.min(3, names.length); above++) {
        const place = paths.get(names.slice(above).join('/'))
        if (!place) continue
        const outer = lineage(place.id).map((each) => each.name)
        if (names.slice(0, above).every((name) => outer.includes(name))) return place
      }
      return names.length === 1 ? codes.get(names[0] as string) : undefined
    },
    lineage,
    hasChatCode: (code) => chatCodes.has(code),
    add,
    indexCode,
  }
}
