/** Puts what a process left in the journal into its tables. */
import type Database from 'better-sqlite3'
import { stepsOf, type EntryStep } from './entry.ts'

/** Inside the caller's transaction. */
export function replay(db: Database.Database): void {
  const entries = db.prepare('SELECT "steps" FROM "Journal" ORDER BY "id"').pluck().all() as string[]
  if (entries.length === 0) return
  const statements = new Map<string, Database.Statement>()
  const run = (step: EntryStep) => {
    const sql = sqlOf(step)
    let statement = statements.get(sql)
    if (!statement) statements.set(sql, (statement = db.prepare(sql)))
    if (step.id === undefined) statement.run(...step.values)
    else statement.run(...step.values, step.id)
  }
  for (const entry of entries) for (const step of stepsOf(entry)) run(step)
  db.exec('DELETE FROM "Journal"')
}

/** In a transaction of its own; for whoever is about to change the tables themselves. */
export function replayAtStart(db: Database.Database): void {
  const known = db.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'Journal'`).get()
  if (known === undefined) return
  db.exec('BEGIN IMMEDIATE')
  try {
    replay(db)
    db.exec('COMMIT')
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}

const quoted = (name: string) => `"${name}"`

function sqlOf({ op, table, columns, rises }: EntryStep): string {
  if (op === 'insert') {
    return `INSERT INTO ${quoted(table)} (${columns.map(quoted).join()}) VALUES (${columns.map(() => '?').join()})`
  }
  const sets = columns.map((column) => `${quoted(column)} = ?`)
  if (rises) sets.push('"revision" = "revision" + 1')
  return `UPDATE ${quoted(table)} SET ${sets.join()} WHERE "id" = ?`
}
