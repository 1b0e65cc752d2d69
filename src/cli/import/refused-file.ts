/** The rows that were refused, as they were, with what to mend: a file that can be imported once it is mended. */
import { open, type FileHandle } from 'node:fs/promises'
import { csvLine, UTF8_BOM } from '../../reports/csv-line.ts'

/** Columns that imports skip. */
export const REFUSED_COLUMNS = ['refused_line', 'refused_column', 'refused_reason'] as const

export interface RefusedRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly column: string
  readonly reason: string
}

export interface RefusedFile {
  add(row: RefusedRow): Promise<void>
  close(): Promise<void>
}

/** The file is made with the first refused row: no refusals, no file. */
export function refusedFile(path: string, header: readonly string[]): RefusedFile {
  let handle: FileHandle | null = null
  return {
    async add({ line, cells, column, reason }) {
      if (!handle) {
        handle = await open(path, 'w')
        await handle.write(UTF8_BOM + csvLine([...header, ...REFUSED_COLUMNS]))
      }
      const padded = [...cells, ...Array<string>(Math.max(0, header.length - cells.length)).fill('')]
      await handle.write(csvLine([...padded.slice(0, header.length), String(line), column, reason]))
    },
    async close() {
      await handle?.close()
    },
  }
}
