/**
 * A report: sheets of rows, read page by page while they are written, so that memory stays flat.
 * Not here: who may see it in full, where the file goes.
 */

/** Text stays text in every format (ids, phones, keys, days); numbers are numbers. */
export type Cell = string | number | null

export interface SheetColumn {
  /** Of the contract; stable. */
  readonly name: string
  /** What stands in the first row. */
  readonly title: string
}

export interface Sheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  /** A new reading from the start each time. */
  rows(): AsyncIterable<readonly (readonly Cell[])[]>
}

export interface Report {
  /** The first one is the report; the others hold the repeats of forms. */
  readonly sheets: readonly [Sheet, ...Sheet[]]
}

/** A column and how its cell comes about. */
export interface Column<Row> {
  readonly name: string
  readonly title?: string
  cell(row: Row): Cell
}

export const sheetOf = <Row>(
  name: string,
  columns: readonly Column<Row>[],
  title: (column: string) => string,
  batches: () => AsyncIterable<readonly Row[]>,
): Sheet => ({
  name,
  columns: columns.map((column) => ({ name: column.name, title: column.title ?? title(column.name) })),
  async *rows() {
    for await (const batch of batches()) yield batch.map((row) => columns.map((column) => column.cell(row)))
  },
})
