/**
 * A storage that is written to without anything being kept: what is written stays in memory and lies over the rows below,
 * which are only read. For looks at what would happen.
 */
import type { Change, Row, Writer } from '../base/change.ts'
import { memoryDialect } from './dialects.ts'
import { comparing, memoryRows, type Order } from './memory/memory-rows.ts'
import { memoryWriteConnection } from './memory/memory-connection.ts'
import { emptyTables, uniqueKeys, type MemoryRow, type MemoryTable, type MemoryTables } from './memory/memory-tables.ts'
import type { Query, RowSource, TableName, Where } from './row-source.ts'
import { createWriter } from './writer.ts'
import { createPlanner } from './writing/planner.ts'

export interface Overlay {
  readonly rows: RowSource
  readonly writer: Writer
}

/** Only for tables that name their rows by a text `id` and lose none of them. */
export function overlayOn(below: RowSource): Overlay {
  const blind = { hash: (kind: string, value: string) => below.hash(kind, value) }
  const tables = emptyTables()
  const writer = createWriter(memoryWriteConnection(tables), createPlanner(memoryDialect(blind)))
  return {
    rows: layered(below, memoryRows(tables, blind), tables),
    writer: {
      async commit(changes) {
        for (const change of changes) await lift(below, tables, change)
        return writer.commit(changes)
      },
    },
  }
}

/** A row that a change is about is brought up first, so that its revision is there to be compared. */
async function lift(below: RowSource, tables: MemoryTables, change: Change): Promise<void> {
  const table = tables.get(change.table) as MemoryTable
  const id = 'id' in change ? change.id : (change.row as Row)['id']
  if (typeof id !== 'string' || table.rows.has(id)) return
  const found = await below.first(change.table as TableName, { where: { id } as Where<TableName> })
  if (!found) return
  const row = found as unknown as MemoryRow
  table.rows.set(id, row)
  uniqueKeys(table.table, row).forEach((key, index) => key !== null && table.taken[index]?.set(key, id))
}

type AnyRow = Record<string, unknown>

function layered(below: RowSource, above: RowSource, tables: MemoryTables): RowSource {
  const over = (name: TableName): MemoryTable => tables.get(name) as MemoryTable

  const find = async (name: TableName, query: Query<TableName>): Promise<AnyRow[]> => {
    const { rows: lifted } = over(name)
    if (lifted.size === 0) return (await below.find(name, query)) as AnyRow[]
    const { columns, limit, order, ...rest } = query
    const under = (await below.find(name, {
      ...rest,
      ...(order && { order }),
      ...(limit !== undefined && { limit: limit + lifted.size }),
    })) as AnyRow[]
    const top = (await above.find(name, rest)) as AnyRow[]
    const all = [...under.filter((row) => !lifted.has(String(row['id']))), ...top]
    if (order) all.sort(comparing(order as Order) as (a: AnyRow, b: AnyRow) => number)
    return all
      .slice(0, limit ?? all.length)
      .map((row) => (columns ? Object.fromEntries(columns.map((column) => [column, row[column] ?? null])) : row))
  }

  return {
    find: find as RowSource['find'],
    first: (async (name: TableName, query: Query<TableName>) =>
      (await find(name, { ...query, limit: 1 }))[0] ?? null) as RowSource['first'],
    count: async (name, where) =>
      over(name).rows.size === 0
        ? below.count(name, where)
        : (await find(name, { where: where as Where<TableName> })).length,
    distinct: (async (name: TableName, column: string, where: Where<TableName>) =>
      over(name).rows.size === 0
        ? below.distinct(name, column as never, where)
        : [...new Set((await find(name, { where })).map((row) => row[column]))]) as RowSource['distinct'],
    hash: (column, value) => below.hash(column, value),
  }
}
