/** From a row of cells to cells by column. */
import { AppError } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import { normalForm, tidy } from '../../domain/registry/import/normal-form.ts'
import type { ColumnSpec, RawRow } from '../../domain/registry/import/row.ts'
import { unguarded } from '../../reports/csv-line.ts'
import type { TableRow } from '../tables/table.ts'
import { REFUSED_COLUMNS } from './refused-file.ts'

export interface Header {
  read(row: TableRow): RawRow
}

/** @throws AppError IMPORT_COLUMN_MISSING with what is missing and what the file has. */
export function readHeader(
  header: TableRow,
  columns: readonly ColumnSpec[],
  titles: ReadonlyMap<string, string>,
  file: string,
): Header {
  const names = header.cells.map((cell) => titles.get(normalForm(cell)) ?? null)
  const missing = columns.filter(({ name, required }) => required && !names.includes(name)).map(({ name }) => name)
  if (missing.length > 0) {
    throw new AppError('IMPORT_COLUMN_MISSING', {
      file,
      line: header.line,
      missing: missing.join(' '),
      found: header.cells.map(tidy).join(' '),
    })
  }
  const ours = new Set(REFUSED_COLUMNS.map(normalForm))
  return {
    read({ line, cells }) {
      const known = new Map<string, string>()
      const extra: { [title: string]: Json } = {}
      for (const [index, cell] of cells.entries()) {
        if (cell.trim() === '') continue
        const name = names[index]
        if (name && !known.has(name)) {
          known.set(name, unguarded(cell))
          continue
        }
        const title = tidy(header.cells[index] ?? '') || `column_${index + 1}`
        if (!name && !ours.has(normalForm(title))) extra[title] = tidy(unguarded(cell))
      }
      return { line, cells: known, extra: Object.keys(extra).length > 0 ? extra : null }
    },
  }
}
