/** The prepared statements of one connection, made when a shape is first seen. */
import type Database from 'better-sqlite3'
import type { Stored } from '../encode.ts'
import { link } from './audit-chain.ts'
import { insertSql, sameUpdateSql, updateSql } from './sqlite-sql.ts'
import type { InsertStep, Step, UpdateStep } from './plan.ts'
import type { TablePlan } from './table-plan.ts'

export interface Statements {
  startGroup(): void
  /** @returns false when the row was there already, or was not as expected. A delete of what is gone is fine. */
  run(step: Step): boolean
  /** Inserts of one kind into one table. @returns false when one of the rows was there already */
  insertAll(steps: readonly InsertStep[]): boolean
  /** Anything but inserts. @returns false when one of the rows was not as expected */
  changeAll(steps: readonly Step[]): boolean
}

interface TableStatements {
  insert?: Database.Statement
  once?: Database.Statement
  insertMany?: Database.Statement
  onceMany?: Database.Statement
  expect?: Database.Statement
  delete?: Database.Statement
  readonly updates: Map<number, Database.Statement>
  readonly sameUpdates: Map<number, Database.Statement>
}

/** Rows of one statement: a row costs 2.6 µs in one of 16 and 4 µs alone (measured); more rows bring little. */
const ROWS = 16

export function createStatements(db: Database.Database, chain: string): Statements {
  const byTable: TableStatements[] = []
  const lastHash = db
    .prepare('SELECT "hash" FROM "AuditEntry" WHERE "chain" = ? ORDER BY "id" DESC LIMIT 1')
    .pluck() as Database.Statement<[string], string>
  /** Undefined until the group's first audit entry. */
  let head: string | null | undefined

  const of = (table: TablePlan): TableStatements =>
    (byTable[table.order] ??= { updates: new Map(), sameUpdates: new Map() })

  const linkAudit = (step: InsertStep): void => {
    if (!step.audit) return
    if (head === undefined) head = lastHash.get(chain) ?? null
    head = link(step, chain, head)
  }

  // Values as arguments: handed over as an array, each row takes a fifth longer.
  const insert = (step: InsertStep): boolean => {
    linkAudit(step)
    const own = of(step.table)
    const statement = (own[step.op] ??= db.prepare(insertSql(step.table, step.op)))
    return statement.run(...step.values).changes === 1
  }

  const insertMany = (steps: readonly InsertStep[], from: number): boolean => {
    const { table, op } = steps[from] as InsertStep
    const bound: Stored[] = []
    for (let place = from; place < from + ROWS; place++) {
      const step = steps[place] as InsertStep
      linkAudit(step)
      for (const value of step.values) bound.push(value)
    }
    const statement = (of(table)[`${op}Many`] ??= db.prepare(insertSql(table, op, ROWS)))
    return statement.run(...bound).changes === ROWS
  }

  const update = ({ table, shape, values, id, expected }: UpdateStep): boolean => {
    const { updates } = of(table)
    let statement = updates.get(shape.key)
    if (!statement) updates.set(shape.key, (statement = db.prepare(updateSql(table, shape))))
    const { changes } = expected === null ? statement.run(...values, id) : statement.run(...values, id, expected)
    return changes === 1
  }

  const updateMany = (steps: readonly Step[], from: number): boolean => {
    const { table, shape, values } = steps[from] as UpdateStep
    const { sameUpdates } = of(table)
    let statement = sameUpdates.get(shape.key)
    if (!statement) sameUpdates.set(shape.key, (statement = db.prepare(sameUpdateSql(table, shape, ROWS))))
    const ids = steps.slice(from, from + ROWS).map(({ id }) => id)
    return statement.run(...values, ...ids).changes === ROWS
  }

  const run = (step: Step): boolean => {
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
  }

  return {
    startGroup() {
      head = undefined
    },
    run,
    insertAll(steps) {
      let place = 0
      for (; place + ROWS <= steps.length; place += ROWS) if (!insertMany(steps, place)) return false
      for (; place < steps.length; place++) if (!insert(steps[place] as InsertStep)) return false
      return true
    },
    changeAll(steps) {
      for (let place = 0; place < steps.length;) {
        const isMany = areSame(steps, place)
        if (!(isMany ? updateMany(steps, place) : run(steps[place] as Step))) return false
        place += isMany ? ROWS : 1
      }
      return true
    },
  }
}

/** Whether the next rows are updates, without revision, to the same values. */
function areSame(steps: readonly Step[], from: number): boolean {
  const first = steps[from] as Step
  if (first.op !== 'update' || first.expected !== null || from + ROWS > steps.length) return false
  for (let place = from + 1; place < from + ROWS; place++) {
    const step = steps[place] as Step
    if (step.op !== 'update' || step.shape !== first.shape || step.table !== first.table) return false
    if (step.values.some((value, column) => value !== first.values[column])) return false
  }
  return true
}
