/** Which columns an update sets: updates of one shape share a statement. */
export interface UpdateShape {
  readonly key: number
  /** Positions in `table.columns`, ascending. */
  readonly columns: readonly number[]
}
