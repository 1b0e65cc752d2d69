/** Rows of a flow file as they stand there: XLSForm's columns, with lines, groups already nested. */
import { isLocatedList, isLocatedMap, textOf, type Located, type LocatedMap } from './located.ts'
import type { Complaints, Spot } from './problems.ts'
import { rowTypeOf, type RowType } from './row-type.ts'

export interface RowSource {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly type: RowType
  readonly columns: LocatedMap
  /** Where its words are: `flows/hardship_report`, `blocks/who`. */
  readonly namespace: string
  /** Rows inside a group or repeat. */
  readonly rows: readonly RowSource[]
  /** Not written by anybody: the question behind `or_other`. */
  readonly made?: true
}

export const spotOf = (row: RowSource, column?: string): Spot => ({
  file: row.file,
  line: (column === undefined ? undefined : row.columns.get(column)?.line) ?? row.line,
  question: row.name,
})

const COLUMNS = new Set(
  (
    'name type label hint short example guidance_hint required required_message relevant constraint constraint_message ' +
    'calculation default choice_filter trigger read_only repeat_count appearance parameters accepts unit max max_attempts ' +
    'on_failure pii separate_consent consent_for fact on_refusal alert prefill confirm refused full any another image audio video questions ' +
    'unit_to instance_name disabled from'
  ).split(' '),
)

const NAME = /^[\p{L}_][\p{L}\p{M}\p{Nd}\-_.]*$/u

/** Reads a list of questions, flat (`begin_group` … `end_group`) or nested (`questions:` under the `begin_` row). */
export function readRows(list: Located, file: string, namespace: string, complaints: Complaints): RowSource[] {
  const open: { source: RowSource | null; rows: RowSource[] }[] = [{ source: null, rows: [] }]
  if (!isLocatedList(list.value)) {
    complaints.add('wrong_value', { file, line: list.line }, { key: 'questions', expected: 'list' })
    return []
  }
  for (const item of list.value) {
    const source = readRow(item, file, namespace, complaints)
    if (!source) continue
    const { kind } = source.type
    if (kind === 'end_group' || kind === 'end_repeat') {
      const closing = open.length > 1 ? open.pop() : undefined
      if (closing?.source?.type.kind !== kind.slice(4)) complaints.add('unbalanced_group', spotOf(source))
      continue
    }
    ;(open.at(-1) as { rows: RowSource[] }).rows.push(source)
    if ((kind === 'group' || kind === 'repeat') && !source.columns.has('questions'))
      open.push({ source, rows: source.rows as RowSource[] })
  }
  for (const { source } of open.slice(1)) if (source) complaints.add('unbalanced_group', spotOf(source))
  return (open[0] as { rows: RowSource[] }).rows
}

function readRow(item: Located, file: string, namespace: string, complaints: Complaints): RowSource | null {
  if (!isLocatedMap(item.value)) {
    complaints.add('wrong_value', { file, line: item.line }, { key: 'questions', expected: 'map' })
    return null
  }
  const columns = item.value
  const typeText = textOf(columns.get('type'))
  const name = textOf(columns.get('name')) ?? ''
  const spot = { file, line: item.line, question: name || null }
  if (textOf(columns.get('disabled')) !== null && /^(yes|true)$/i.test(textOf(columns.get('disabled')) as string))
    return null
  if (typeText === null) {
    complaints.add('type_missing', spot)
    return null
  }
  const type = rowTypeOf(typeText)
  if (type === 'unknown' || type === 'refused') {
    const line = columns.get('type')?.line ?? item.line
    complaints.add(type === 'unknown' ? 'type_unknown' : 'type_refused', { ...spot, line }, { type: typeText })
    return null
  }
  for (const [column, { line }] of columns)
    if (!COLUMNS.has(column) && !/::|--/.test(column)) complaints.add('unknown_key', { ...spot, line }, { key: column })
  const isEnd = type.kind === 'end_group' || type.kind === 'end_repeat'
  if (!isEnd && name === '') complaints.add('name_missing', spot)
  else if (!isEnd && !NAME.test(name)) complaints.add('name_invalid', spot, { name })
  const nested = columns.get('questions')
  const rows = nested ? readRows(nested, file, namespace, complaints) : []
  return { file, line: item.line, name, type, columns, namespace, rows }
}
