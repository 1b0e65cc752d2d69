/** Turns changesets into steps. Changes of one changeset that concern one row are folded into one step. */
import type { Change, Insert, InsertOnce, Row, Update } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import { AUDIT_TABLE, auditFacts } from '../audit.ts'
import type { Dialect } from '../encode.ts'
import { TABLES } from '../generated/catalogue.ts'
import { rankOf, type Step } from './plan.ts'
import { TablePlan } from './table-plan.ts'

export interface Planner {
  readonly tables: readonly TablePlan[]
  /** @throws AppError CHANGE_INVALID: a table or column that doesn't exist, a value that doesn't fit, changes that contradict. */
  plan(changes: readonly Change[]): Step[]
}

export function createPlanner(dialect: Dialect): Planner {
  const tables = Object.values(TABLES).map((table, order) => new TablePlan(table, order, dialect))
  const byName = new Map(tables.map((table) => [table.name, table]))

  const stepOf = (change: Change): Step => {
    const table = byName.get(change.table)
    if (!table) throw new AppError('CHANGE_INVALID', { table: change.table, why: 'no such table' })
    switch (change.op) {
      case 'insert':
      case 'insert-once': {
        const id = table.idOf(change.row)
        const op = change.op === 'insert' ? 'insert' : 'once'
        const audit = table.name === AUDIT_TABLE ? auditFacts(change.row) : null
        return { op, table, id, values: table.encodeInsert(change.row, id), audit }
      }
      case 'update': {
        const expected = checkedExpectation(table, change)
        const shape = table.shapeOf(change.set)
        const values = table.encodeUpdate(change.set, shape, change.id)
        const frees = shape.keys.some((place) => values[place] === null)
        return { op: 'update', table, id: change.id, expected, shape, values, frees }
      }
      case 'expect':
        if (!table.table.revision) table.refuse('revision', 'the table has none')
        return { op: 'expect', table, id: change.id, expected: change.revision }
      case 'delete':
        return { op: 'delete', table, id: change.id }
    }
  }

  return {
    tables,
    plan: (changes) => inOrder(foldByRow(changes).map(stepOf)),
  }
}

function checkedExpectation(table: TablePlan, change: Update): number | null {
  if (table.table.revision !== (change.expected !== null)) {
    table.refuse('revision', table.table.revision ? 'expected revision missing' : 'the table has no revision')
  }
  return change.expected
}

/** Most changesets come in order. */
function inOrder(steps: Step[]): Step[] {
  let last = 0
  for (const step of steps) {
    const rank = rankOf(step)
    if (rank < last) return steps.sort((a, b) => rankOf(a) - rankOf(b))
    last = rank
  }
  return steps
}

/** Up to this many changes, comparing each with each is cheaper than a map. */
const FEW = 8

function foldByRow(changes: readonly Change[]): readonly Change[] {
  return changes.length > FEW || hasTwins(changes) ? foldMany(changes) : changes
}

/** Whether two of the changes are about one row. */
function hasTwins(changes: readonly Change[]): boolean {
  for (let later = 1; later < changes.length; later++) {
    const change = changes[later] as Change
    for (let place = 0; place < later; place++) {
      const earlier = changes[place] as Change
      if (earlier.table !== change.table) continue
      const id = idOf(change)
      if (id !== null && id === idOf(earlier)) return true
    }
  }
  return false
}

function foldMany(changes: readonly Change[]): Change[] {
  const folded = new Map<string, Change>()
  for (const [index, change] of changes.entries()) {
    const id = idOf(change)
    const key = id === null ? `\n${index}` : `${change.table}\n${id}`
    const earlier = folded.get(key)
    folded.set(key, earlier ? fold(earlier, change) : change)
  }
  return [...folded.values()]
}

function idOf(change: Change): string | null {
  if (change.op !== 'insert' && change.op !== 'insert-once') return change.id
  const id = change.row['id']
  return typeof id === 'string' ? id : null
}

/** Two changes of one row in one changeset: an update joins the insert or update before it, a guard joins an update. */
function fold(first: Change, second: Change): Change {
  if (first.op === 'insert' || first.op === 'insert-once') {
    if (second.op === 'update') return intoInsert(first, second)
  } else if (first.op === 'update' && second.op === 'update' && first.expected === second.expected) {
    return { ...first, set: { ...first.set, ...second.set } as Row }
  } else if (first.op === 'update' && second.op === 'expect' && first.expected === second.revision) {
    return first
  } else if (first.op === 'expect' && second.op === 'update' && first.revision === second.expected) {
    return second
  } else if (first.op === 'expect' && second.op === 'expect' && first.revision === second.revision) {
    return first
  } else if (first.op === 'delete' && second.op === 'delete') {
    return first
  }
  throw new AppError('CHANGE_INVALID', { table: first.table, why: `${first.op} and ${second.op} of one row` })
}

/** The row is born as the update leaves it. */
function intoInsert<Change extends Insert | InsertOnce>(first: Change, second: Update): Change {
  const revision = first.row['revision'] ?? 0
  if (second.expected !== null && second.expected !== revision) {
    throw new AppError('CHANGE_INVALID', {
      table: first.table,
      why: 'update expects another revision than the insert gives',
    })
  }
  return { ...first, row: { ...first.row, ...second.set } as Row }
}
