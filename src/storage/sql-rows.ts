/**
 * Rows by plain SQL, for what a message reads and for reads of many rows at once: Prisma takes 60 to 100 µs for each row, this
 * one 3 to 5 (measured). What it does not know (Bytes columns, values that occur) it hands on.
 */
import { TABLES } from './generated/catalogue.ts'
import type { Query, RowSource, TableName, Where } from './row-source.ts'
import { looksSealed, placeOf, type Sealer } from './seal.ts'
import type { Column, Table } from './table.ts'

/** What kinds of databases differ in. */
export interface SqlReader {
  /** New objects with a property for each column; whole numbers are numbers. */
  rows(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]>
  /** Stands for the value of that number, from 1. */
  mark(place: number, column: Column): string
  /** The column's value is one of a list: the condition, and the list as one value. */
  within(place: number, column: Column, name: string): string
  list(values: readonly unknown[]): unknown
  /** An instant as a value. */
  instant(value: number): unknown
  boolean(value: boolean): unknown
}

type Cell = (value: unknown, row: Readonly<Record<string, unknown>>) => unknown

export function sqlRows(reader: SqlReader, sealer: Sealer, other: RowSource): RowSource {
  const find = async (name: TableName, query: Query<TableName>): Promise<object[]> => {
    const table = TABLES[name] as Table
    const columns = query.columns
      ? table.columns.filter((column) => (query.columns as readonly string[]).includes(column.name))
      : table.columns
    if (columns.some(({ type }) => type === 'Bytes' || type === 'BigInt'))
      return other.find(name, query as Query<TableName>)
    const statement = statementOf(reader)
    const where = query.where ? statement.where(table, query.where as Conditions) : ''
    const order = query.order?.map((part) =>
      typeof part === 'object' ? `"${String(part.down)}" DESC` : `"${String(part)}" ASC`,
    )
    const hasId = columns.some(({ name: column }) => column === 'id')
    const needsId = !hasId && !table.autoincrement && columns.some(({ seal }) => seal)
    const changed = columns.flatMap((column) => {
      const cell = cellOf(table, column, sealer)
      return cell ? [{ name: column.name, cell }] : []
    })
    const sql = [
      `SELECT ${columns.map((column) => `"${column.name}"`).join()}${needsId ? ',"id"' : ''} FROM "${table.name}"`,
      where && ` WHERE ${where}`,
      order && order.length > 0 ? ` ORDER BY ${order.join()}` : '',
      query.limit === undefined ? '' : ` LIMIT ${Math.trunc(query.limit)}`,
    ].join('')
    const found = await reader.rows(sql, statement.values)
    for (const row of found) {
      for (const { name: column, cell } of changed) if (row[column] !== null) row[column] = cell(row[column], row)
      if (needsId) delete row['id']
    }
    return found
  }
  return {
    ...other,
    find: find as RowSource['find'],
    first: (async (name: TableName, query: Query<TableName>) =>
      (await find(name, { ...query, limit: 1 }))[0] ?? null) as RowSource['first'],
    async count(name, given) {
      const statement = statementOf(reader)
      const where = statement.where(TABLES[name], given as Conditions)
      const sql = `SELECT count(*) AS "n" FROM "${name}"${where && ` WHERE ${where}`}`
      return Number((await reader.rows(sql, statement.values))[0]?.['n'])
    },
  }
}

/** @returns null where a value is as the driver gives it */
function cellOf(table: Table, column: Column, sealer: Sealer): Cell | null {
  if (column.type === 'DateTime') return instantReader()
  if (column.type === 'Boolean') return (value) => value === true || value === 1
  if (column.type === 'Json') return (value) => JSON.parse(value as string) as unknown
  if (!column.seal) return null
  return (value, row) =>
    typeof value === 'string' && (column.seal === 'always' || looksSealed(value))
      ? sealer.open(value, placeOf(table.name, column.name, table.autoincrement ? null : (row['id'] as string)))
      : value
}

/**
 * `2026-11-23T01:00:00.000+00:00`, or as PostgreSQL writes it, `2026-11-23 01:00:00.5`. The last text is kept: rows that were
 * written together mostly share it.
 */
function instantReader(): Cell {
  let last = ''
  let instant = 0
  return (value) => {
    const text = value as string
    if (text === last) return instant
    last = text
    instant = text.charCodeAt(10) === BLANK ? Date.parse(`${text.replace(' ', 'T')}Z`) : Date.parse(text)
    return instant
  }
}
const BLANK = 32

type Conditions = Where<TableName> & Readonly<Record<string, unknown>>

const COMPARED = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

function statementOf(reader: SqlReader) {
  const values: unknown[] = []

  const stored = (column: Column, value: unknown): unknown =>
    column.type === 'DateTime'
      ? reader.instant(value as number)
      : column.type === 'Boolean'
        ? reader.boolean(value as boolean)
        : value
  const mark = (column: Column, value: unknown): string => {
    values.push(stored(column, value))
    return reader.mark(values.length, column)
  }
  const within = (column: Column, name: string, list: readonly unknown[]): string => {
    values.push(reader.list(list.map((value) => stored(column, value))))
    return reader.within(values.length, column, name)
  }

  const condition = (column: Column, given: unknown): string => {
    const name = `"${column.name}"`
    if (given === null) return `${name} IS NULL`
    if (typeof given !== 'object') return `${name} = ${mark(column, given)}`
    const parts: string[] = []
    for (const [how, value] of Object.entries(given)) {
      if (value === undefined) continue
      if (how === 'in') parts.push(within(column, name, value as readonly unknown[]))
      else if (how === 'notIn') parts.push(`NOT ${within(column, name, value as readonly unknown[])}`)
      else if (how === 'not') parts.push(value === null ? `${name} IS NOT NULL` : `${name} <> ${mark(column, value)}`)
      else parts.push(`${name} ${COMPARED[how as keyof typeof COMPARED]} ${mark(column, value)}`)
    }
    return parts.length === 0 ? '1 = 1' : parts.join(' AND ')
  }

  const where = (table: Table, conditions: Conditions): string => {
    const { or, ...columns } = conditions
    const parts = Object.entries(columns).flatMap(([name, given]) => {
      if (given === undefined) return []
      const column = table.columns.find((one) => one.name === name)
      if (!column) throw new Error(`${table.name}.${name}`)
      return [condition(column, given)]
    })
    if (or) {
      const either = (or as readonly Conditions[]).map((one) => `(${where(table, one) || '1 = 1'})`)
      parts.push(either.length === 0 ? '1 = 0' : `(${either.join(' OR ')})`)
    }
    return parts.join(' AND ')
  }
  return { values, where }
}
