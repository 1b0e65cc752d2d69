/** What a row changes on a record that is there: an empty cell leaves a value as it is. */
import { seal, type Cell, type Row } from '../../../base/change.ts'
import type { Json, JsonObject } from '../../../base/json.ts'

/** Sets the fields of `record` to those of `wanted` that are not null and differ. @returns what was set; null = nothing. */
export function amend<Record_ extends object>(
  record: Record_,
  wanted: { readonly [Field in keyof Record_]?: Record_[Field] | null },
  sealed: readonly (keyof Record_ & string)[] = [],
): Row | null {
  const set: { [column: string]: Cell } = {}
  for (const [name, value] of Object.entries(wanted) as [keyof Record_ & string, unknown][]) {
    if (value === null || value === undefined) continue
    const before: unknown = record[name]
    const after = name === 'extra' ? merged(before as JsonObject | null, value as JsonObject) : value
    if (same(before as Json, after as Json)) continue
    record[name] = after as Record_[typeof name]
    set[name] = sealed.includes(name) ? seal(String(after)) : (after as Cell)
  }
  return Object.keys(set).length > 0 ? set : null
}

const merged = (before: JsonObject | null, added: JsonObject): JsonObject => ({ ...before, ...added })

/** Equal as JSON, whatever the order of names. */
function same(a: Json, b: Json): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([name, value]) => same(value, right.get(name) ?? null))
}
