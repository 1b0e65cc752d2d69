/** Which columns an update sets: updates of one shape share a statement. */
export interface UpdateShape {
  readonly key: number
  /** Positions in `table.columns`, ascending. */
  readonly columns: readonly number[]
  /** Places in `columns` of those that are part of a unique key and may be null. */
  readonly keys: readonly number[]
}
