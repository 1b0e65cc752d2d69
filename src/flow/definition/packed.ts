/** What was read of a file, as JSON: the program is built with what it ships already read. */
import { isLocatedList, isLocatedMap, type Located } from './located.ts'
import type { Packed } from './packed-form.ts'

export function packed({ line, value }: Located): Packed {
  if (isLocatedMap(value)) return [line, { map: [...value].map(([key, inner]) => [key, packed(inner)]) }]
  return [line, isLocatedList(value) ? { list: value.map(packed) } : value]
}

export function unpacked([line, value]: Packed): Located {
  if (value === null || typeof value !== 'object') return { line, value }
  if ('list' in value) return { line, value: value.list.map(unpacked) }
  return { line, value: new Map(value.map.map(([key, inner]) => [key, unpacked(inner)])) }
}
