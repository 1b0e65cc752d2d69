/** Rows through Prisma. The only place where sealed columns are opened. */
import type { BlindIndex } from './blind.ts'
import { TABLES } from './generated/catalogue.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'
import type { Query, RowSource, TableName, Where } from './row-source.ts'
import { looksSealed, placeOf, type Sealer } from './seal.ts'
import type { Column, Table } from './table.ts'

type Raw = Record<string, unknown>

/** The part of Prisma's models that is used, whatever the model. */
interface Model {
  findMany(query: object): Promise<Raw[]>
  count(query: object): Promise<number>
  groupBy(query: object): Promise<Raw[]>
}

export function prismaRows(client: PrismaClient, sealer: Sealer, blind: BlindIndex): RowSource {
  const models = client as unknown as Record<string, Model>
  const modelOf = (name: TableName) => models[name.charAt(0).toLowerCase() + name.slice(1)] as Model

  const find = async (name: TableName, query: Query<TableName>): Promise<Raw[]> => {
    const table = TABLES[name]
    const readers = readersOf(table, query.columns as readonly string[] | undefined, sealer)
    const rows = await modelOf(name).findMany({
      ...(query.columns && { select: selectOf(table, readers) }),
      ...(query.where && { where: whereOf(table, query.where) }),
      ...(query.order && { orderBy: query.order.map((part) => orderOf(part)) }),
      ...(query.limit !== undefined && { take: query.limit }),
    })
    return rows.map((row) => readRow(row, readers))
  }

  return {
    find: find as RowSource['find'],
    first: (async (name: TableName, query: Query<TableName>) =>
      (await find(name, { ...query, limit: 1 }))[0] ?? null) as RowSource['first'],
    count: (name, where) => modelOf(name).count({ where: whereOf(TABLES[name], where) }),
    distinct: (async (name: TableName, column: string, where: Where<TableName>) => {
      const groups = await modelOf(name).groupBy({ by: [column], where: whereOf(TABLES[name], where) })
      const [reader] = readersOf(TABLES[name], [column], sealer)
      return groups.map((group) => reader?.read(group[column], group))
    }) as RowSource['distinct'],
    hash: (column, value) => blind.hash(column, value),
  }
}

const orderOf = (part: PropertyKey | { readonly down: PropertyKey }) =>
  typeof part === 'object' ? { [part.down]: 'desc' } : { [part]: 'asc' }

interface Reader {
  readonly name: string
  read(value: unknown, row: Raw): unknown
}

function readersOf(table: Table, columns: readonly string[] | undefined, sealer: Sealer): Reader[] {
  const wanted = columns ? table.columns.filter(({ name }) => columns.includes(name)) : table.columns
  return wanted.map((column) => ({ name: column.name, read: readerOf(table, column, sealer) }))
}

function readerOf(table: Table, column: Column, sealer: Sealer): Reader['read'] {
  if (column.type === 'DateTime') return (value) => (value as Date | null)?.getTime() ?? null
  if (!column.seal) return (value) => value
  const idOf = (row: Raw) => (table.autoincrement ? null : (row['id'] as string))
  return (value, row) =>
    typeof value === 'string' && (column.seal === 'always' || looksSealed(value))
      ? sealer.open(value, placeOf(table.name, column.name, idOf(row)))
      : value
}

/** A sealed value is bound to its row: the id is read along. */
const selectOf = (table: Table, readers: readonly Reader[]) =>
  Object.fromEntries(
    [...readers.map(({ name }) => name), ...(table.autoincrement ? [] : ['id'])].map((name) => [name, true]),
  )

function readRow(row: Raw, readers: readonly Reader[]): Raw {
  const read: Raw = {}
  for (const reader of readers) read[reader.name] = reader.read(row[reader.name], row)
  return read
}

function whereOf(table: Table, where: Where<TableName>): object {
  const { or, ...columns } = where as Where<TableName> & Raw
  const conditions: Raw = {}
  for (const [name, condition] of Object.entries(columns)) {
    const column = table.columns.find((one) => one.name === name)
    if (condition !== undefined) conditions[name] = column?.type === 'DateTime' ? withDates(condition) : condition
  }
  if (or) conditions['OR'] = or.map((one) => whereOf(table, one))
  return conditions
}

function withDates(condition: unknown): unknown {
  if (typeof condition === 'number') return new Date(condition)
  if (Array.isArray(condition)) return condition.map(withDates)
  if (typeof condition !== 'object' || condition === null) return condition
  return Object.fromEntries(Object.entries(condition).map(([name, value]) => [name, withDates(value)]))
}
