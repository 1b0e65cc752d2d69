/** Writes pending rows to their tables: new ones many at a time, changed ones in their final form. */
import type Database from 'better-sqlite3'
import { AppError } from '../../../base/errors.ts'
import type { Stored } from '../../encode.ts'
import type { Statements } from '../sqlite-statements.ts'
import type { ColumnPlan, TablePlan } from '../table-plan.ts'
import type { Changed, Pending } from './pending.ts'

const updates = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** @throws AppError INTERNAL where a row that was checked when it was journalled can't be written after all */
export function putInto(db: Database.Database, statements: Statements, pending: Pending): void {
  for (const { table, born, changed } of pending.tables) {
    if (born.length > 0 && !statements.insertAll(born)) broken(table)
    for (const row of changed.values()) if (!write(db, table, row)) broken(table)
  }
}

function write(db: Database.Database, table: TablePlan, { id, set, revision }: Changed): boolean {
  let own = updates.get(db)
  if (!own) updates.set(db, (own = new Map()))
  const columns = [...set.keys()]
  const key = `${table.name} ${columns.join()} ${revision !== null}`
  let statement = own.get(key)
  if (!statement) own.set(key, (statement = db.prepare(sqlOf(table, columns, revision !== null))))
  const values: Stored[] = [...set.values()]
  return (revision === null ? statement.run(...values, id) : statement.run(...values, revision, id)).changes === 1
}

function sqlOf(table: TablePlan, columns: readonly number[], revised: boolean): string {
  const sets = columns.map((index) => `"${(table.columns[index] as ColumnPlan).name}" = ?`)
  if (revised) sets.push('"revision" = ?')
  return `UPDATE "${table.name}" SET ${sets.join()} WHERE "id" = ?`
}

function broken(table: TablePlan): never {
  throw new AppError('INTERNAL', { why: `the journal does not fit ${table.name}` })
}
