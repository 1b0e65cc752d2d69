/** `from: household` on a hidden question: it takes what the registry knows of the household that is picked. */
import { PICKERS } from '../answers/understanding.ts'
import type { Row, SilentRow } from '../program.ts'
import { textColumn } from './column.ts'
import type { LaidRow } from './layout.ts'
import type { Complaints } from './problems.ts'
import { spotOf } from './row-source.ts'

/** Picker → the hidden rows that name it, which must stand in the same repeat. */
export function fillsOf(
  laid: readonly LaidRow[],
  rows: readonly Row[],
  complaints: Complaints,
): ReadonlyMap<number, readonly SilentRow[]> {
  const fills = new Map<number, SilentRow[]>()
  for (const { at, source, scope } of laid) {
    const name = textColumn(source, 'from')
    if (name === null) continue
    const hidden = rows[at]
    const picker = rows.find((row) => row.name === name && row.scope.join() === scope.join())
    if (hidden?.kind !== 'silent') complaints.add('not_for_this_type', spotOf(source, 'from'), { key: 'from' })
    else if (picker?.kind !== 'ask' || !PICKERS.has(picker.type))
      complaints.add('unknown_picker', spotOf(source, 'from'), { name })
    else fills.set(picker.at, [...(fills.get(picker.at) ?? []), hidden])
  }
  return fills
}
