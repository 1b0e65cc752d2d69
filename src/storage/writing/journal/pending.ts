/**
 * What is in the journal and not in its tables yet, row by row: later changes of a row are folded into it, so that a row
 * that changed often is written once.
 */
import type { Stored } from '../../encode.ts'
import type { Changeset } from '../connection.ts'
import type { InsertStep, UpdateStep } from '../plan.ts'
import type { ColumnPlan, TablePlan } from '../table-plan.ts'

/** A row that is in its table already: what it becomes. */
export interface Changed {
  readonly id: string
  /** Position of a column → its value. */
  readonly set: Map<number, Stored>
  /** Null where the table has none. */
  revision: number | null
}

export interface PendingTable {
  readonly table: TablePlan
  /** With their id; null where the database numbers the rows. */
  readonly born: InsertStep[]
  readonly bornById: Map<string, InsertStep>
  readonly changed: Map<string, Changed>
}

export interface Pending {
  /** Changesets since the last `clear`. */
  readonly changesets: number
  readonly tables: Iterable<PendingTable>
  isBorn(table: TablePlan, id: string): boolean
  /** The revision that a row will have; undefined where nothing is pending for it. */
  revisionOf(table: TablePlan, id: string): number | undefined
  add(changeset: Changeset): void
  clear(): void
}

export function createPending(): Pending {
  const tables = new Map<TablePlan, PendingTable>()
  let changesets = 0

  const of = (table: TablePlan): PendingTable => {
    let own = tables.get(table)
    if (!own) tables.set(table, (own = { table, born: [], bornById: new Map(), changed: new Map() }))
    return own
  }

  const addInsert = (step: InsertStep) => {
    const own = of(step.table)
    own.born.push(step)
    if (step.id !== null) own.bornById.set(step.id, step)
  }

  const addUpdate = ({ table, id, shape, values, expected }: UpdateStep) => {
    const own = of(table)
    const born = own.bornById.get(id)
    if (born) {
      for (let place = 0; place < values.length; place++) {
        born.values[shape.columns[place] as number] = values[place] as Stored
      }
      if (expected !== null) born.values[revisionColumn(table)] = expected + 1
      return
    }
    let changed = own.changed.get(id)
    if (!changed) own.changed.set(id, (changed = { id, set: new Map(), revision: null }))
    for (let place = 0; place < values.length; place++) {
      changed.set.set(shape.columns[place] as number, values[place] as Stored)
    }
    if (expected !== null) changed.revision = expected + 1
  }

  return {
    get changesets() {
      return changesets
    },
    get tables() {
      return tables.values()
    },
    isBorn: (table, id) => tables.get(table)?.bornById.has(id) ?? false,
    revisionOf(table, id) {
      const own = tables.get(table)
      const born = own?.bornById.get(id)
      if (born) return born.values[revisionColumn(table)] as number
      return own?.changed.get(id)?.revision ?? undefined
    },
    add({ steps }) {
      changesets++
      for (const step of steps) {
        if (step.op === 'insert' || step.op === 'once') addInsert(step)
        else if (step.op === 'update') addUpdate(step)
      }
    },
    clear() {
      changesets = 0
      for (const own of tables.values()) {
        own.born.length = 0
        own.bornById.clear()
        own.changed.clear()
      }
    },
  }
}

/** Tables whose rows the database numbers have no revision, so that positions in `inserted` are those of `columns`. */
const revisionColumn = ({ columns }: TablePlan): number =>
  columns.findIndex(({ name }: ColumnPlan) => name === 'revision')
