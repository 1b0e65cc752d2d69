/**
 * A changeset made ready to be executed: checked against the catalogue, encoded, in the order of execution.
 * Steps are plain data; each kind of database knows how to run one (or many of one shape).
 */
import type { Stored } from '../encode.ts'
import type { AuditFacts } from '../audit.ts'
import type { TablePlan } from './table-plan.ts'
import type { UpdateShape } from './update-shape.ts'

/** Order of execution within a changeset: what can lose comes first. */
export const STEP_ORDER = { once: 0, expect: 1, update: 2, delete: 3, insert: 4 } as const

export type Step = InsertStep | UpdateStep | ExpectStep | DeleteStep

export interface InsertStep {
  readonly op: 'insert' | 'once'
  readonly table: TablePlan
  /** As text; null where the database numbers the rows. */
  readonly id: string | null
  /** In the order of `table.inserted`. */
  readonly values: Stored[]
  /** What the row says, for the table whose rows are chained. */
  readonly audit: AuditFacts | null
}

export interface UpdateStep {
  readonly op: 'update'
  readonly table: TablePlan
  readonly id: string
  readonly expected: number | null
  readonly shape: UpdateShape
  /** In the order of `shape.columns`. */
  readonly values: Stored[]
}

export interface ExpectStep {
  readonly op: 'expect'
  readonly table: TablePlan
  readonly id: string
  readonly expected: number
}

export interface DeleteStep {
  readonly op: 'delete'
  readonly table: TablePlan
  readonly id: string
}
