/** A row of a file that somebody imports, and why one is refused. */
import type { JsonObject } from '../../../base/json.ts'

/** What was in the file, by column name; empty cells are left out. */
export interface RawRow {
  /** Line in the file, the header being line 1 of a plain file. */
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
  /** Columns that the import does not know, as they were. */
  readonly extra: JsonObject | null
}

/** `reason` is a key below `imports:reasons`; the parameters go into its sentence. They hold no more than the cell's own words. */
export interface Refusal {
  readonly column: string
  readonly reason: string
  readonly params?: Readonly<Record<string, string | number>>
}

export type Reading<Row> = { readonly row: Row } | { readonly refusals: readonly Refusal[] }

/** What became of a row: `subject` is what a person recognises it by. */
export type Verdict =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly subject: string }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

export const refused = (column: string, reason: string, params?: Refusal['params']): Verdict => ({
  kind: 'refused',
  refusals: [params ? { column, reason, params } : { column, reason }],
})

/** `name` of the contract; columns that carry identity numbers, phones and keys are text in every file. */
export interface ColumnSpec {
  readonly name: string
  readonly required?: true
  /** Never read as a number: what a spreadsheet program rounded is refused. */
  readonly text?: true
}
