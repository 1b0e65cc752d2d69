/**
 * A changeset made ready to be executed: checked against the catalogue, encoded, in the order of execution.
 * Steps are plain data; each kind of database knows how to run one (or many of one shape).
 */
import type { Stored } from '../encode.ts'
import type { AuditFacts } from '../audit.ts'
import type { TablePlan } from './table-plan.ts'
import type { UpdateShape } from './update-shape.ts'

/** Order of execution within a changeset: what can lose comes first. */
const STEP_ORDER = { once: 0, expect: 1, update: 2, delete: 3, insert: 4 } as const

const MOST_TABLES = 1_000

export type Step = InsertStep | UpdateStep | ExpectStep | DeleteStep

/**
 * Steps are executed by this rank: by kind, tables always in one order (so that two writers don't wait for each other), and of
 * the updates of a table first those that free a unique key.
 */
export function rankOf(step: Step): number {
  const keepsKeys = step.op === 'update' && !step.frees ? 0.5 : 0
  return STEP_ORDER[step.op] * MOST_TABLES + step.table.order + keepsKeys
}

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
  /** Sets part of a unique key to null: another row may take it then, in the same changeset too. */
  readonly frees: boolean
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
