/** `on_refusal: skip…` of a consent question, written as what it means: a further `relevant` of the questions it guards. */
import { textColumn } from './column.ts'
import type { LaidRow } from './layout.ts'
import type { Complaints } from './problems.ts'
import { spotOf } from './row-source.ts'

/** Row → expressions that must hold beside its own `relevant`. */
export function consentGates(rows: readonly LaidRow[], complaints: Complaints): ReadonlyMap<number, readonly string[]> {
  const gates = new Map<number, string[]>()
  for (const row of rows) {
    const refusal = textColumn(row.source, 'on_refusal')
    if (refusal === null || !refusal.startsWith('skip')) continue
    const guarded = guardedBy(row, refusal, rows, complaints)
    const own = textColumn(row.source, 'relevant')
    const agreed = `\${${row.field.name}} = 'OK'`
    const gate = own === null ? agreed : `(not(${own}) or ${agreed})`
    for (const at of guarded) gates.set(at, [...(gates.get(at) ?? []), gate])
  }
  return gates
}

function guardedBy(row: LaidRow, refusal: string, rows: readonly LaidRow[], complaints: Complaints): number[] {
  const target = refusal.slice('skip'.length).replace(/^:/, '').trim()
  if (target === '') {
    const purpose = textColumn(row.source, 'consent_for')
    return rows
      .filter((other) => other.at > row.at && purpose !== null && textColumn(other.source, 'consent_for') === purpose)
      .map((other) => other.at)
  }
  const to = rows.find((other) => other.field.name === target)
  if (!to) complaints.add('unknown_skip_target', spotOf(row.source, 'on_refusal'), { name: target })
  else if (to.at <= row.at) complaints.add('backward_skip', spotOf(row.source, 'on_refusal'), { name: target })
  else {
    const between: number[] = []
    for (let at = row.at + 1; at < to.at; at++)
      if ((rows[at] as LaidRow).parents.length === row.parents.length) between.push(at)
    return between
  }
  return []
}
