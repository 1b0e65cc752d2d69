/** The prepared statements of one connection, made when a shape is first seen. */
import type Database from 'better-sqlite3'
import type { Stored } from '../encode.ts'
import { link } from './audit-chain.ts'
import { insertSql, updateSql } from './sqlite-sql.ts'
import type { InsertStep, Step, UpdateStep } from './plan.ts'
import type { TablePlan } from './table-plan.ts'

export interface Statements {
  startGroup(): void
  /** @returns false when the row was there already, or was not as expected. A delete of what is gone is fine. */
  run(step: Step): boolean
}

interface TableStatements {
  insert?: Database.Statement
  once?: Database.Statement
  expect?: Database.Statement
  delete?: Database.Statement
  readonly updates: Map<number, Database.Statement>
}

export function createStatements(db: Database.Database, chain: string): Statements {
  const byTable: TableStatements[] = []
  const lastHash = db
    .prepare('SELECT "hash" FROM "AuditEntry" WHERE "chain" = ? ORDER BY "id" DESC LIMIT 1')
    .pluck() as Database.Statement<[string], string>
  /** Undefined until the group's first audit entry. */
  let head: string | null | undefined

  const of = (table: TablePlan): TableStatements => (byTable[table.order] ??= { updates: new Map() })

  const insert = (step: InsertStep): boolean => {
    if (step.audit) {
      if (head === undefined) head = lastHash.get(chain) ?? null
      head = link(step, chain, head)
    }
    const own = of(step.table)
    const statement = (own[step.op] ??= db.prepare(insertSql(step.table, step.op)))
    return statement.run(step.values).changes === 1
  }

  const update = (step: UpdateStep): boolean => {
    const { updates } = of(step.table)
    let statement = updates.get(step.shape.key)
    if (!statement) {
      statement = db.prepare(updateSql(step.table, step.shape))
      updates.set(step.shape.key, statement)
    }
    const bound: Stored[] = [...step.values, step.id]
    if (step.expected !== null) bound.push(step.expected)
    return statement.run(bound).changes === 1
  }

  return {
    startGroup() {
      head = undefined
    },
    run(step) {
      switch (step.op) {
        case 'once':
        case 'insert':
          return insert(step)
        case 'update':
          return update(step)
        case 'expect': {
          const sql = `SELECT 1 FROM "${step.table.name}" WHERE "id" = ? AND "revision" = ?`
          const statement = (of(step.table).expect ??= db.prepare(sql))
          return statement.get(step.id, step.expected) !== undefined
        }
        case 'delete': {
          const statement = (of(step.table).delete ??= db.prepare(`DELETE FROM "${step.table.name}" WHERE "id" = ?`))
          statement.run(step.id)
          return true
        }
      }
    },
  }
}
