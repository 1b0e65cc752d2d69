import type { InsertStep, UpdateShape } from './plan.ts'
import type { ColumnPlan, TablePlan } from './table-plan.ts'

const quoted = (name: string) => `"${name}"`

export function insertSql(table: TablePlan, op: InsertStep['op']): string {
  const columns = table.inserted.map((column) => quoted(column.name))
  const marks = columns.map(() => '?')
  const once = op === 'once' ? ' ON CONFLICT DO NOTHING' : ''
  return `INSERT INTO ${quoted(table.name)} (${columns.join()}) VALUES (${marks.join()})${once}`
}

/** Bound: the columns of the shape, the id, and the expected revision where the table has one. */
export function updateSql(table: TablePlan, shape: UpdateShape): string {
  const sets = shape.columns.map((index) => `${quoted((table.columns[index] as ColumnPlan).name)} = ?`)
  if (table.table.revision) sets.push('"revision" = "revision" + 1')
  const guard = table.table.revision ? ' AND "revision" = ?' : ''
  return `UPDATE ${quoted(table.name)} SET ${sets.join()} WHERE "id" = ?${guard}`
}
