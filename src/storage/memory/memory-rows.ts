/** Rows from tables in memory, by the same conditions as from a database. */
import type { BlindIndex } from '../blind.ts'
import type { Query, RowSource, TableName, Where } from '../row-source.ts'
import type { MemoryRow, MemoryTable, MemoryTables } from './memory-tables.ts'

export function memoryRows(tables: MemoryTables, blind: BlindIndex): RowSource {
  const select = (name: TableName, where: Where<TableName> | undefined) => {
    const rows = [...(tables.get(name) as MemoryTable).rows.values()]
    return where ? rows.filter((row) => fits(row, where)) : rows
  }

  const find = (name: TableName, query: Query<TableName>): MemoryRow[] => {
    const found = select(name, query.where)
    if (query.order) found.sort(comparing(query.order))
    const columns = (query.columns ??
      (tables.get(name) as MemoryTable).table.columns.map((column) => column.name)) as string[]
    return found
      .slice(0, query.limit ?? found.length)
      .map((row) => Object.fromEntries(columns.map((column) => [column, structuredClone(row[column]) ?? null])))
  }

  return {
    find: (async (name: TableName, query: Query<TableName>) => find(name, query)) as RowSource['find'],
    first: (async (name: TableName, query: Query<TableName>) =>
      find(name, { ...query, limit: 1 })[0] ?? null) as RowSource['first'],
    count: async (name, where) => select(name, where as Where<TableName>).length,
    distinct: (async (name: TableName, column: string, where: Where<TableName>) => [
      ...new Set(select(name, where).map((row) => row[column])),
    ]) as RowSource['distinct'],
    hash: (column, value) => blind.hash(column, value),
  }
}

export type Order = NonNullable<Query<TableName>['order']>

/** Nulls come first, as in SQLite. */
export function comparing(order: Order): (a: MemoryRow, b: MemoryRow) => number {
  return (a, b) => {
    for (const part of order) {
      const [column, sign] = typeof part === 'object' ? [part.down, -1] : [part, 1]
      const difference = compare(a[column as string], b[column as string])
      if (difference !== 0) return difference * sign
    }
    return 0
  }
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return (a as string) < (b as string) ? -1 : 1
}

function fits(row: MemoryRow, where: Where<TableName>): boolean {
  const { or, ...columns } = where as Where<TableName> & Record<string, unknown>
  for (const [name, condition] of Object.entries(columns)) {
    if (condition !== undefined && !fitsCondition(row[name], condition)) return false
  }
  return or === undefined || or.some((one) => fits(row, one))
}

function fitsCondition(value: unknown, condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return value === condition
  if ('in' in condition) return (condition.in as unknown[]).includes(value)
  if ('notIn' in condition) return value !== null && !(condition.notIn as unknown[]).includes(value)
  if ('not' in condition) return value !== condition.not && (condition.not === null || value !== null)
  if (value === null) return false
  const { lt, lte, gt, gte } = condition as Record<string, unknown>
  return (
    (lt === undefined || compare(value, lt) < 0) &&
    (lte === undefined || compare(value, lte) <= 0) &&
    (gt === undefined || compare(value, gt) > 0) &&
    (gte === undefined || compare(value, gte) >= 0)
  )
}
