import type { ColumnPlan } from './column-plan.ts'

/** Which columns an update sets: updates of one shape share a statement. */
export interface UpdateShape {
  readonly key: number
  /** In the order of the table. */
  readonly columns: readonly ColumnPlan[]
  /** Places in `columns` of those that are part of a unique key and may be null. */
  readonly keys: readonly number[]
}
