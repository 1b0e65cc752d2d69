import type { Scope } from '../expression/environment.ts'
import type { LaidRow } from './layout.ts'

/**
 * The names of a flow. Of several rows of a name the nearest counts: the one that shares most of the repeats around the
 * expression, of these the one in the fewest repeats.
 */
export function scopeOf(rows: readonly LaidRow[], instances: ReadonlySet<string>, columns?: readonly string[]): Scope {
  const byName = new Map<string, LaidRow[]>()
  for (const row of rows) {
    if (row.type.kind === 'group') continue
    const same = byName.get(row.field.name)
    if (same) same.push(row)
    else byName.set(row.field.name, [row])
  }
  return {
    field(name, from) {
      const found = byName.get(name)
      if (!found) return null
      if (found.length === 1) return (found[0] as LaidRow).field
      const distance = (row: LaidRow) => {
        const { repeats } = row.field
        const common = repeats.findIndex((repeat, depth) => repeat !== from[depth])
        const shared = common < 0 ? repeats.length : common
        return (repeats.length - shared) * 100 + (from.length - shared)
      }
      const sorted = found.map((row) => ({ row, distance: distance(row) })).sort((a, b) => a.distance - b.distance)
      const [first, second] = sorted as [{ row: LaidRow; distance: number }, { row: LaidRow; distance: number }]
      return first.distance === second.distance ? 'ambiguous' : first.row.field
    },
    children: (repeat) =>
      rows.filter((row) => row.type.kind !== 'group' && row.scopeNames.at(-1) === repeat).map((row) => row.field.name),
    hasInstance: (name) => instances.has(name),
    ...(columns && { columns }),
  }
}
