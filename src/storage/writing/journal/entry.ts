/**
 * An entry of the journal: the steps of some changesets as JSON. Tables and columns go by name, so that an entry that a
 * crash left behind can be put into its tables by a later version of the program, before that migrates.
 */
import type { Stored } from '../../encode.ts'
import type { Changeset } from '../connection.ts'
import type { InsertStep, UpdateStep } from '../plan.ts'
import type { ColumnPlan, TablePlan } from '../table-plan.ts'

export interface EntryStep {
  readonly op: 'insert' | 'update'
  readonly table: string
  readonly columns: readonly string[]
  /** Of the row that is updated. */
  readonly id?: string
  /** The row's revision rises. */
  readonly rises?: boolean
  readonly values: readonly Stored[]
}

export const stepsOf = (entry: string): EntryStep[] => JSON.parse(entry) as EntryStep[]

export function entryOf(changesets: readonly Changeset[]): string {
  let text = '['
  for (const { steps } of changesets) {
    for (const step of steps) {
      if (step.op !== 'update' && step.op !== 'insert' && step.op !== 'once') continue
      if (text.length > 1) text += ','
      text += step.op === 'update' ? updateText(step) : insertText(step)
    }
  }
  return `${text}]`
}

const insertText = ({ table, values }: InsertStep) => `${headOf(table, 0)},"values":${JSON.stringify(values)}}`

const updateText = ({ table, shape, id, values }: UpdateStep) =>
  `${headOf(table, shape.key, shape.columns)},"id":${JSON.stringify(id)},"values":${JSON.stringify(values)}}`

/** What steps of one shape begin with: made once. */
const heads = new WeakMap<TablePlan, Map<number, string>>()

function headOf(table: TablePlan, key: number, columns?: readonly number[]): string {
  let own = heads.get(table)
  if (!own) heads.set(table, (own = new Map<number, string>()))
  let head = own.get(key)
  if (head === undefined) {
    const named = columns ? columns.map((index) => table.columns[index] as ColumnPlan) : table.inserted
    const start = JSON.stringify({
      op: columns ? 'update' : 'insert',
      table: table.name,
      ...(columns && table.table.revision && { rises: true }),
      columns: named.map(({ name }) => name),
    })
    own.set(key, (head = start.slice(0, -1)))
  }
  return head
}
