/** Runs groups of changesets on tables in memory: the same outcomes as the databases, on no disk. */
import { link } from '../writing/audit-chain.ts'
import type { Changeset, GroupResult, Lost, WriteConnection } from '../writing/connection.ts'
import type { InsertStep, Step, UpdateStep } from '../writing/plan.ts'
import { uniqueKeys, type MemoryRow, type MemoryTable, type MemoryTables } from './memory-tables.ts'

const AUDIT_CHAIN = 'main'

type Undo = () => void

export function memoryWriteConnection(tables: MemoryTables): WriteConnection {
  let head: string | null = null
  const of = (step: Step) => tables.get(step.table.name) as MemoryTable

  const runStep = (step: Step, undo: Undo[]): Lost['kind'] | null => {
    const table = of(step)
    switch (step.op) {
      case 'once':
      case 'insert': {
        if (step.audit) {
          const before = head
          undo.push(() => (head = before))
          head = link(step, AUDIT_CHAIN, head)
        }
        if (put(table, insertedRow(table, step), undo)) return null
        return step.op === 'once' ? 'duplicate' : 'conflict'
      }
      case 'update':
        return update(table, step, undo) ? null : 'conflict'
      case 'expect':
        return table.rows.get(step.id)?.['revision'] === step.expected ? null : 'conflict'
      case 'delete':
        take(table, step.id, undo)
        return null
    }
  }

  const runChangeset = ({ steps }: Changeset): Lost | null => {
    const undo: Undo[] = []
    for (const step of steps) {
      const kind = runStep(step, undo)
      if (kind === null) continue
      for (const one of undo.reverse()) one()
      return { kind, table: step.table.name }
    }
    return null
  }

  return {
    run(group): GroupResult {
      const losers = new Map<Changeset, Lost>()
      for (const changeset of group) {
        const lost = runChangeset(changeset)
        if (lost) losers.set(changeset, lost)
      }
      return { committed: true, losers }
    },
    close() {},
  }
}

function insertedRow(table: MemoryTable, step: InsertStep): MemoryRow {
  const row: MemoryRow = table.table.autoincrement ? { id: ++table.lastId } : {}
  step.table.inserted.forEach((column, index) => (row[column.name] = step.values[index] ?? null))
  return row
}

function update(table: MemoryTable, step: UpdateStep, undo: Undo[]): boolean {
  const before = table.rows.get(step.id)
  if (!before || (step.expected !== null && before['revision'] !== step.expected)) return false
  const after: MemoryRow = { ...before }
  step.shape.columns.forEach((column, index) => (after[column.name] = step.values[index] ?? null))
  if (step.expected !== null) after['revision'] = step.expected + 1
  take(table, step.id, undo)
  return put(table, after, undo)
}

/** @returns false where a unique key is taken: nothing has changed then. */
function put(table: MemoryTable, row: MemoryRow, undo: Undo[]): boolean {
  const keys = uniqueKeys(table.table, row)
  if (keys.some((key, index) => key !== null && table.taken[index]?.has(key))) return false
  const id = String(row['id'])
  table.rows.set(id, row)
  keys.forEach((key, index) => key !== null && table.taken[index]?.set(key, id))
  undo.push(() => {
    table.rows.delete(id)
    keys.forEach((key, index) => key !== null && table.taken[index]?.delete(key))
  })
  return true
}

function take(table: MemoryTable, id: string, undo: Undo[]): void {
  const row = table.rows.get(id)
  if (!row) return
  const keys = uniqueKeys(table.table, row)
  table.rows.delete(id)
  keys.forEach((key, index) => key !== null && table.taken[index]?.delete(key))
  undo.push(() => {
    table.rows.set(id, row)
    keys.forEach((key, index) => key !== null && table.taken[index]?.set(key, id))
  })
}
