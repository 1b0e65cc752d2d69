/** Tables as maps, for fast tests and for trying things out. Rows are kept as the writer's planner encodes them. */
import { TABLES } from '../generated/catalogue.ts'
import type { Stored } from '../encode.ts'
import type { Table } from '../table.ts'

export type MemoryRow = Record<string, Stored>

export interface MemoryTable {
  readonly table: Table
  /** Row id → row, in order of insertion. */
  readonly rows: Map<string, MemoryRow>
  /** For each unique key: the values of a row → its id. Rows with a null in the key are not in it. */
  readonly taken: Map<string, string>[]
  /** Last number given to a row of a table that numbers its rows. */
  lastId: number
}

export type MemoryTables = ReadonlyMap<string, MemoryTable>

export function emptyTables(): MemoryTables {
  return new Map(
    Object.values(TABLES).map((table) => [
      table.name,
      { table, rows: new Map(), taken: table.unique.map(() => new Map()), lastId: 0 },
    ]),
  )
}

/** @returns one text per unique key of the row; null where a column of the key is null, which is never taken. */
export const uniqueKeys = (table: Table, row: MemoryRow): (string | null)[] =>
  table.unique.map((columns) => {
    const values = columns.map((name) => row[name])
    return values.some((value) => value === null || value === undefined) ? null : JSON.stringify(values)
  })
