/** Shape of the catalogue's entries (generated/catalogue.ts, made from prisma/models). */
export type ColumnType = 'String' | 'Int' | 'Boolean' | 'DateTime' | 'Json' | 'BigInt' | 'Bytes'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
  /** `always`: every value is encrypted. `marked`: a value that is handed over as Sealed is. */
  readonly seal?: 'always' | 'marked'
  /** The sealed column whose keyed hash stands here; filled by the writer. */
  readonly hashOf?: string
  /** The writer gives the value when it commits. */
  readonly filled?: boolean
  /** What the database puts where an insert says nothing. */
  readonly default?: string | number | boolean
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** Unique keys as lists of columns, the primary key first. */
  readonly unique: readonly (readonly string[])[]
  /** The database numbers the rows; inserts leave `id` out. */
  readonly autoincrement: boolean
  /** Rows carry a `revision` that rises with each update. */
  readonly revision: boolean
}
