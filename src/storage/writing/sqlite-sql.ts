import type { InsertStep } from './plan.ts'
import type { TablePlan } from './table-plan.ts'
import type { UpdateShape } from './update-shape.ts'

const quoted = (name: string) => `"${name}"`

const marks = (count: number) => Array<string>(count).fill('?').join()

/**
 * What a statement of many rows did before it fails stays until the transaction is rolled back. To undo that much alone,
 * SQLite would keep a copy of each page that the statement changes, in a file beyond 64 KiB.
 */
const OR_FAIL = ' OR FAIL'

/** Bound: row after row, the columns of an insert. */
export function insertSql(table: TablePlan, op: InsertStep['op'], rows = 1): string {
  const columns = table.inserted.map((column) => quoted(column.name))
  const values = Array<string>(rows).fill(`(${marks(columns.length)})`)
  const once = op === 'once' ? ' ON CONFLICT DO NOTHING' : ''
  return `INSERT${rows > 1 ? OR_FAIL : ''} INTO ${quoted(table.name)} (${columns.join()}) VALUES ${values.join()}${once}`
}

/** Bound: the columns of the shape, the id, and the expected revision where the table has one. */
export function updateSql(table: TablePlan, shape: UpdateShape): string {
  const guard = table.table.revision ? ' AND "revision" = ?' : ''
  return `UPDATE ${quoted(table.name)} SET ${setsOf(table, shape)} WHERE "id" = ?${guard}`
}

/** Sets many rows of a table without revisions to the same values. Bound: the columns of the shape, the ids. */
export function sameUpdateSql(table: TablePlan, shape: UpdateShape, rows: number): string {
  return `UPDATE${OR_FAIL} ${quoted(table.name)} SET ${setsOf(table, shape)} WHERE "id" IN (${marks(rows)})`
}

function setsOf(table: TablePlan, shape: UpdateShape): string {
  const sets = shape.columns.map((column) => `${quoted(column.name)} = ?`)
  if (table.table.revision) sets.push('"revision" = "revision" + 1')
  return sets.join()
}
