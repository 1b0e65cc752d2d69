import { CellEncoder, type Dialect } from '../encode.ts'
import type { Column, Table } from '../table.ts'

/** What the writer knows of a column. */
export class ColumnPlan extends CellEncoder {
  /** Place in `table.columns`. */
  readonly position: number
  /** Updates of the same columns have the same sum of these. Exact, as no table has more than 53 columns. */
  readonly bit: number
  /** Position of the column whose hash stands here. */
  readonly hashes: number | null
  /** The writer gives the value when it commits. */
  readonly filled: boolean
  readonly default: NonNullable<Column['default']> | null

  constructor(table: Table, position: number, dialect: Dialect) {
    const column = table.columns[position] as Column
    super(table, column, dialect)
    this.position = position
    this.bit = 2 ** position
    this.hashes = column.hashOf === undefined ? null : table.columns.findIndex(({ name }) => name === column.hashOf)
    this.filled = column.filled ?? false
    this.default = column.default ?? null
  }
}
