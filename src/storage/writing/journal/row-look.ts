/** Whether a row is there, and at which revision: in the table, or pending. */
import type Database from 'better-sqlite3'
import type { Changeset } from '../connection.ts'
import type { TablePlan } from '../table-plan.ts'
import type { Pending } from './pending.ts'

export interface RowLook {
  exists(table: TablePlan, id: string): boolean
  revisionOf(table: TablePlan, id: string): number | undefined
  /** Revisions that a changeset gave need not be read again. */
  remember(changeset: Changeset): void
  /** A changeset changed rows behind our back. */
  drop(changeset: Changeset): void
  forget(): void
}

/** Revisions kept: those of the chats that are talking now. */
const MOST_REVISIONS = 10_000

export function createRowLook(db: Database.Database, pending: Pending): RowLook {
  const existing = new Map<TablePlan, Database.Statement<[string]>>()
  const revisions = new Map<TablePlan, Database.Statement<[string], number>>()
  const known = new Map<string, number>()

  const read = (table: TablePlan, id: string): number | undefined => {
    let statement = revisions.get(table)
    if (!statement) {
      statement = db.prepare(`SELECT "revision" FROM "${table.name}" WHERE "id" = ?`).pluck() as typeof statement &
        object
      revisions.set(table, statement)
    }
    return statement.get(id)
  }

  return {
    exists(table, id) {
      if (pending.isBorn(table, id)) return true
      let statement = existing.get(table)
      if (!statement) {
        statement = db.prepare<[string]>(`SELECT 1 FROM "${table.name}" WHERE "id" = ?`).pluck()
        existing.set(table, statement)
      }
      return statement.get(id) !== undefined
    },
    revisionOf: (table, id) => known.get(keyOf(table, id)) ?? pending.revisionOf(table, id) ?? read(table, id),
    remember({ steps }) {
      if (known.size > MOST_REVISIONS) known.clear()
      for (const step of steps) {
        if (step.op === 'update' && step.expected !== null) known.set(keyOf(step.table, step.id), step.expected + 1)
      }
    },
    drop({ steps }) {
      for (const { table, id } of steps) if (id !== null) known.delete(keyOf(table, id))
    },
    forget: () => known.clear(),
  }
}

const keyOf = (table: TablePlan, id: string) => `${table.name}\n${id}`
