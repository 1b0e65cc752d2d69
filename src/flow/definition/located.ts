/** YAML with the line of everything. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml'
import type { Complaints } from './problems.ts'

export interface Located {
  readonly line: number
  /** Scalars as they are; a list of Located; a map of Located. */
  readonly value: string | number | boolean | null | readonly Located[] | LocatedMap
}

export type LocatedMap = ReadonlyMap<string, Located>

export const isLocatedMap = (value: Located['value'] | undefined): value is LocatedMap => value instanceof Map
export const isLocatedList = (value: Located['value'] | undefined): value is readonly Located[] => Array.isArray(value)

/** @returns null when the file is no YAML map; the complaint is made. */
export function locate(file: string, yaml: string, complaints: Complaints): LocatedMap | null {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, strict: true, uniqueKeys: true })
  for (const error of document.errors)
    complaints.add(
      'yaml',
      { file, line: lines.linePos(error.pos[0]).line },
      { message: error.message.split('\n')[0] as string },
    )
  if (document.errors.length > 0) return null
  const lineOf = (node: Node | null | undefined) => (node?.range ? lines.linePos(node.range[0]).line : 0)
  const convert = (node: unknown, line: number): Located => {
    if (isMap(node)) {
      const map = new Map<string, Located>()
      for (const pair of node.items) {
        const key = pair.key as Node
        map.set(String(isScalar(key) ? key.value : key), convert(pair.value, lineOf(key)))
      }
      return { line: lineOf(node) || line, value: map }
    }
    if (isSeq(node)) return { line: lineOf(node) || line, value: node.items.map((item) => convert(item, line)) }
    if (isScalar(node)) {
      const value = node.value
      const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
      return { line: lineOf(node) || line, value: plain }
    }
    return { line, value: null }
  }
  const root = convert(document.contents, 1)
  if (isLocatedMap(root.value)) return root.value
  complaints.add('not_a_map', { file, line: 1 })
  return null
}

/** A scalar as XLSForm reads a cell: text; numbers and booleans written out; nothing for an empty one. */
export function textOf(located: Located | undefined): string | null {
  const value = located?.value
  if (typeof value === 'string') return value.trim() === '' ? null : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** Located → plain JSON. */
export function plainOf(located: Located): unknown {
  if (isLocatedMap(located.value))
    return Object.fromEntries([...located.value].map(([key, value]) => [key, plainOf(value)]))
  return isLocatedList(located.value) ? located.value.map(plainOf) : located.value
}
