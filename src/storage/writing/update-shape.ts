/** Which columns an update sets: updates of one shape share a statement. */
export interface UpdateShape {
  readonly key: number
  /** Positions in `table.columns`, ascending. */
  readonly columns: readonly number[]
  /** Sets a column of a unique key, and may collide with another row. */
  readonly collides: boolean
}
