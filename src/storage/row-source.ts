/**
 * What the reads of the ports are written against: rows of one table by simple conditions, the same on Prisma and in memory.
 * Sealed columns arrive as plain text, DateTime columns as Instants.
 */
import type { Rows } from './generated/catalogue.ts'

export type TableName = keyof Rows

/** A value means equality (null: IS NULL). Texts compare by code unit. */
export type Condition<Value> =
  | Value
  | { readonly in: readonly NonNullable<Value>[] }
  | { readonly notIn: readonly NonNullable<Value>[] }
  | { readonly not: Value }
  | {
      readonly lt?: NonNullable<Value>
      readonly lte?: NonNullable<Value>
      readonly gt?: NonNullable<Value>
      readonly gte?: NonNullable<Value>
    }

/** All columns named must fit; with `or`, one of its alternatives too. Sealed and Json columns can't be asked for. */
export type Where<Table extends TableName> = {
  readonly [Column in keyof Rows[Table]]?: Condition<Rows[Table][Column]>
} & { readonly or?: readonly Where<Table>[] }

export interface Query<Table extends TableName, Column extends keyof Rows[Table] = keyof Rows[Table]> {
  /** Only these columns; without, all of them. */
  readonly columns?: readonly Column[]
  readonly where?: Where<Table>
  /** Columns, ascending unless the name is in a `{ down: … }`. */
  readonly order?: readonly (keyof Rows[Table] | { readonly down: keyof Rows[Table] })[]
  readonly limit?: number
}

export interface RowSource {
  find<Table extends TableName, Column extends keyof Rows[Table] = keyof Rows[Table]>(
    table: Table,
    query: Query<Table, Column>,
  ): Promise<Pick<Rows[Table], Column>[]>
  first<Table extends TableName, Column extends keyof Rows[Table] = keyof Rows[Table]>(
    table: Table,
    query: Query<Table, Column>,
  ): Promise<Pick<Rows[Table], Column> | null>
  count<Table extends TableName>(table: Table, where: Where<Table>): Promise<number>
  /** The values that occur in a column, each once, in no order. */
  distinct<Table extends TableName, Column extends keyof Rows[Table]>(
    table: Table,
    column: Column,
    where: Where<Table>,
  ): Promise<Rows[Table][Column][]>
  /** The keyed hash that the writer puts beside a sealed column of this name. */
  hash(column: string, value: string): string
}
