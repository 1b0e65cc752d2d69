/** What the writer knows of a table: its columns with their encoders, and the shapes of updates seen so far. */
import type { Row } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { BlindIndex } from '../blind.ts'
import { cellEncoder, type CellEncoder, type Dialect, type Stored } from '../encode.ts'
import type { Column, Table } from '../table.ts'
import type { UpdateShape } from './update-shape.ts'

export interface ColumnPlan extends Column {
  readonly encode: CellEncoder
  /** Position of the column whose hash stands here. */
  readonly hashes: number | null
}

export class TablePlan {
  readonly name: string
  /** Place in the order of inserts. */
  readonly order: number
  readonly table: Table
  readonly columns: readonly ColumnPlan[]
  /** Columns of an insert: all but a number that the database gives. */
  readonly inserted: readonly ColumnPlan[]
  /** Rows that the present group writes. */
  readonly touched = new Set<string>()
  /** Rows that the present group only guards. */
  readonly guarded = new Set<string>()
  private readonly shapes = new Map<number, UpdateShape>()
  private readonly positions: ReadonlyMap<string, number>
  private readonly blind: BlindIndex

  constructor(table: Table, order: number, dialect: Dialect) {
    this.name = table.name
    this.order = order
    this.table = table
    this.blind = dialect.blind
    this.positions = new Map(table.columns.map((column, index) => [column.name, index]))
    this.columns = table.columns.map((column) => ({
      ...column,
      encode: cellEncoder(table, column, dialect),
      hashes: column.hashOf === undefined ? null : (this.positions.get(column.hashOf) ?? null),
    }))
    this.inserted = table.autoincrement ? this.columns.filter((column) => column.name !== 'id') : this.columns
  }

  /** @returns the id of a row, null where the database gives it. */
  idOf(row: Row): string | null {
    const id = row['id']
    if (this.table.autoincrement) return id === undefined ? null : this.refuse('id', 'the database numbers these rows')
    return typeof id === 'string' && id !== '' ? id : this.refuse('id', 'no id')
  }

  encodeInsert(row: Row, id: string | null): Stored[] {
    const columns = this.inserted
    const values = new Array<Stored>(columns.length)
    let given = 0
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] as ColumnPlan
      const cell = row[column.name]
      if (cell !== undefined) given++
      if (column.hashes !== null) values[index] = this.hash(row, column.hashes)
      else if (column.filled) values[index] = ''
      else values[index] = column.encode(cell === undefined ? (column.default ?? null) : cell, id)
    }
    this.checkColumns(row, given)
    return values
  }

  /** The shape of an update's columns, hash columns included, `id` and `revision` left out. */
  shapeOf(set: Row): UpdateShape {
    let key = 0
    for (const name in set) {
      if (set[name] === undefined) continue
      const index = this.positions.get(name)
      if (index === undefined) this.refuse(name, 'no such column')
      key += 2 ** index
    }
    const known = this.shapes.get(key)
    if (known) return known
    const columns = [...this.columns.keys()].filter((index) => {
      const column = this.columns[index] as ColumnPlan
      if (column.name === 'id' || column.name === 'revision') {
        return set[column.name] === undefined ? false : this.refuse(column.name, 'cannot be set')
      }
      const source = column.hashes === null ? column : (this.columns[column.hashes] as ColumnPlan)
      return set[source.name] !== undefined
    })
    if (columns.length === 0 && !this.table.revision) this.refuse('', 'nothing to set')
    const keys = [...columns.keys()].filter((place) =>
      this.isFreeable(this.columns[columns[place] as number] as Column),
    )
    const shape = { key, columns, keys }
    this.shapes.set(key, shape)
    return shape
  }

  private isFreeable({ name, nullable }: Column): boolean {
    return nullable && this.table.unique.some((names) => names.includes(name))
  }

  encodeUpdate(set: Row, shape: UpdateShape, id: string): Stored[] {
    const rowId = this.table.autoincrement ? null : id
    const values = new Array<Stored>(shape.columns.length)
    for (let place = 0; place < values.length; place++) {
      const column = this.columns[shape.columns[place] as number] as ColumnPlan
      values[place] = column.hashes === null ? column.encode(set[column.name], rowId) : this.hash(set, column.hashes)
    }
    return values
  }

  release(): void {
    if (this.touched.size > 0) this.touched.clear()
    if (this.guarded.size > 0) this.guarded.clear()
  }

  refuse(column: string, why: string): never {
    throw new AppError('CHANGE_INVALID', { table: this.name, column, why })
  }

  private hash(row: Row, position: number): Stored {
    const source = this.columns[position] as ColumnPlan
    const cell = row[source.name]
    if (cell === null || cell === undefined) return null
    const text = typeof cell === 'object' && 'seal' in cell ? String(cell.seal) : String(cell)
    return this.blind.hash(source.name, text)
  }

  private checkColumns(row: Row, given: number): void {
    let named = 0
    for (const name in row) {
      if (row[name] !== undefined) named++
    }
    if (named === given) return
    for (const name in row) if (!this.positions.has(name)) this.refuse(name, 'no such column')
  }
}
