/** What the writer knows of a table: its columns with their encoders, and the shapes of updates seen so far. */
import type { Cell, Row } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { BlindIndex } from '../blind.ts'
import type { Dialect, Stored } from '../encode.ts'
import type { Table } from '../table.ts'
import { ColumnPlan } from './column-plan.ts'
import type { UpdateShape } from './update-shape.ts'

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
  private readonly byName: ReadonlyMap<string, ColumnPlan>
  private readonly blind: BlindIndex

  constructor(table: Table, order: number, dialect: Dialect) {
    this.name = table.name
    this.order = order
    this.table = table
    this.blind = dialect.blind
    this.columns = table.columns.map((_, position) => new ColumnPlan(table, position, dialect))
    this.byName = new Map(this.columns.map((column) => [column.name, column]))
    this.inserted = table.autoincrement ? this.columns.filter((column) => column.name !== 'id') : this.columns
  }

  /** @returns the id of a row, null where the database gives it. */
  idOf(row: Row): string | null {
    const id = row['id']
    if (this.table.autoincrement) return id === undefined ? null : this.refuse('id', 'the database numbers these rows')
    return typeof id === 'string' && id !== '' ? id : this.refuse('id', 'no id')
  }

  encodeInsert(row: Row, id: string | null): Stored[] {
    const cells = new Array<Cell | undefined>(this.columns.length)
    for (const name in row) {
      const cell = row[name]
      if (cell !== undefined) cells[this.column(name).position] = cell
    }
    const values = new Array<Stored>(this.inserted.length)
    for (let place = 0; place < values.length; place++) {
      const column = this.inserted[place] as ColumnPlan
      if (column.hashes !== null) values[place] = this.hash(column.hashes, cells[column.hashes])
      else if (column.filled) values[place] = ''
      else {
        const cell = cells[column.position]
        values[place] = column.encode(cell === undefined ? column.default : cell, id)
      }
    }
    return values
  }

  /** The shape of an update's columns, hash columns included, `id` and `revision` left out. */
  shapeOf(set: Row): UpdateShape {
    let key = 0
    for (const name in set) if (set[name] !== undefined) key += this.column(name).bit
    let shape = this.shapes.get(key)
    if (!shape) this.shapes.set(key, (shape = this.newShape(set, key)))
    return shape
  }

  private newShape(set: Row, key: number): UpdateShape {
    const columns = this.columns.filter((column) => {
      if (column.name === 'id' || column.name === 'revision') {
        return set[column.name] === undefined ? false : this.refuse(column.name, 'cannot be set')
      }
      const source = column.hashes === null ? column : (this.columns[column.hashes] as ColumnPlan)
      return set[source.name] !== undefined
    })
    if (columns.length === 0 && !this.table.revision) this.refuse('', 'nothing to set')
    const keys = [...columns.keys()].filter((place) => this.isFreeable(columns[place] as ColumnPlan))
    return { key, columns, keys }
  }

  private isFreeable({ name, nullable }: ColumnPlan): boolean {
    return nullable && this.table.unique.some((names) => names.includes(name))
  }

  encodeUpdate(set: Row, shape: UpdateShape, id: string): Stored[] {
    const rowId = this.table.autoincrement ? null : id
    const values = new Array<Stored>(shape.columns.length)
    for (let place = 0; place < values.length; place++) {
      const column = shape.columns[place] as ColumnPlan
      const source = column.hashes === null ? column : (this.columns[column.hashes] as ColumnPlan)
      const cell = set[source.name]
      values[place] = column.hashes === null ? column.encode(cell, rowId) : this.hash(column.hashes, cell)
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

  private column(name: string): ColumnPlan {
    return this.byName.get(name) ?? this.refuse(name, 'no such column')
  }

  private hash(position: number, cell: Cell | undefined): Stored {
    if (cell === null || cell === undefined) return null
    const text = typeof cell === 'object' && 'seal' in cell ? String(cell.seal) : String(cell)
    return this.blind.hash((this.columns[position] as ColumnPlan).name, text)
  }
}
