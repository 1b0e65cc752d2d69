/** A file of rows, whatever kind it is. */
export interface TableRow {
  /** 1-based, as an editor or a spreadsheet counts. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface Table {
  readonly header: TableRow
  readonly rows: AsyncIterable<TableRow>
  /** Rows after the header where they are known beforehand, for a progress bar. */
  readonly count: number | null
}

export interface TableLimits {
  /** Of the file itself. */
  readonly maxBytes: number
  /** Entries of an XLSX's archive. */
  readonly maxEntries: number
  /** Bytes that an XLSX may unpack to. */
  readonly maxUnpackedBytes: number
  /** Unpacked over packed, of entries above 1 MiB. */
  readonly maxRatio: number
  /** Milliseconds that reading a sheet may take. */
  readonly timeoutMs: number
  /** Heap of the thread that reads a sheet, in MiB. */
  readonly maxHeapMib: number
}

/** 50 MiB of sheet is some 400,000 rows of ten columns; more belongs into a CSV. */
export const TABLE_LIMITS: TableLimits = {
  maxBytes: 200 * 2 ** 20,
  maxEntries: 200,
  maxUnpackedBytes: 50 * 2 ** 20,
  maxRatio: 100,
  timeoutMs: 120_000,
  maxHeapMib: 1_024,
}
