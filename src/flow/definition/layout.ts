/** Gives every row its place: order, path, repeats around it, slot in the frame of answers. */
import type { RowField } from '../program.ts'
import { textColumn } from './column.ts'
import type { Located } from './located.ts'
import type { Complaints } from './problems.ts'
import { spotOf, type RowSource } from './row-source.ts'
import type { RowType } from './row-type.ts'

export interface LaidRow {
  readonly source: RowSource
  readonly type: RowType
  readonly at: number
  /** First row behind it and all inside. */
  end: number
  readonly key: string
  readonly path: string
  readonly scope: readonly number[]
  readonly scopeNames: readonly string[]
  readonly slot: number
  /** Groups and repeats around it, innermost last. */
  readonly parents: readonly number[]
  readonly field: RowField
  /** Slots in the frame of one instance, for repeats. */
  slots: number
}

export interface Layout {
  readonly rows: readonly LaidRow[]
  readonly slots: number
}

interface Around {
  readonly parents: readonly number[]
  readonly scope: readonly number[]
  readonly scopeNames: readonly string[]
  /** Keys of the repeats around, each with a dot. */
  readonly prefix: string
  /** Names of the groups inside the innermost repeat. */
  readonly groups: readonly string[]
  readonly frame: { slots: number; readonly counts: ReadonlyMap<string, number>; readonly keys: Set<string> }
}

/** Repeats inside repeats beyond this are refused. */
export const MAX_REPEAT_DEPTH = 4

export function layOut(sources: readonly RowSource[], complaints: Complaints): Layout {
  const rows: LaidRow[] = []
  const visit = (row: RowSource, around: Around): void => {
    const { name, type } = row
    const { frame } = around
    let key = name
    if ((frame.counts.get(name) ?? 0) > 1 && around.groups.length > 0) key = [...around.groups, name].join('.')
    if (frame.keys.has(key)) complaints.add('duplicate_name', spotOf(row), { name })
    frame.keys.add(key)
    const laid: LaidRow = {
      source: row,
      type,
      at: rows.length,
      end: rows.length + 1,
      key,
      path: around.prefix + key,
      scope: around.scope,
      scopeNames: around.scopeNames,
      slot: frame.slots++,
      parents: around.parents,
      field: {
        name,
        repeats: around.scopeNames,
        kind: type.kind === 'repeat' ? 'repeat' : 'question',
        at: rows.length,
      },
      slots: 0,
    }
    rows.push(laid)
    if (type.kind !== 'group' && type.kind !== 'repeat') return
    const parents = [...around.parents, laid.at]
    if (type.kind === 'group') {
      for (const child of row.rows) visit(child, { ...around, parents, groups: [...around.groups, name] })
    } else {
      if (around.scope.length >= MAX_REPEAT_DEPTH) complaints.add('too_deep', spotOf(row))
      const inner = { slots: 0, counts: countNames(row.rows), keys: new Set<string>() }
      const scope = [...around.scope, laid.at]
      const scopeNames = [...around.scopeNames, name]
      const prefix = `${laid.path}.`
      for (const child of row.rows) visit(child, { parents, scope, scopeNames, prefix, groups: [], frame: inner })
      laid.slots = inner.slots
    }
    laid.end = rows.length
  }
  const expanded = sources.flatMap((row) => withOther(row, complaints))
  const top = { slots: 0, counts: countNames(expanded), keys: new Set<string>() }
  for (const row of expanded) visit(row, { parents: [], scope: [], scopeNames: [], prefix: '', groups: [], frame: top })
  return { rows, slots: top.slots }
}

/** How often a name is used outside inner repeats. */
function countNames(rows: readonly RowSource[]): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (row: RowSource) => {
    counts.set(row.name, (counts.get(row.name) ?? 0) + 1)
    if (row.type.kind === 'group') row.rows.forEach(count)
  }
  rows.forEach(count)
  return counts
}

/** `or_other` is a further question behind the select, asked when `other` was chosen. */
function withOther(row: RowSource, complaints: Complaints): RowSource[] {
  const expanded = { ...row, rows: row.rows.flatMap((child) => withOther(child, complaints)) }
  if (row.type.kind !== 'ask' || !row.type.orOther) return [expanded]
  if (textColumn(row, 'choice_filter') !== null) complaints.add('or_other_with_filter', spotOf(row))
  const cell = (value: string): Located => ({ line: row.line, value })
  const columns = new Map([
    ['type', cell('text')],
    ['relevant', cell(`selected(\${${row.name}}, 'other')`)],
    ['required', cell(textColumn(row, 'required') === null ? 'no' : 'yes')],
  ])
  const pii = row.columns.get('pii')
  if (pii) columns.set('pii', pii)
  const type: RowType = { kind: 'ask', type: 'text', list: null, level: null, orOther: false }
  return [expanded, { ...row, name: `${row.name}_other`, type, columns, rows: [], made: true }]
}
