import { csvLine, UTF8_BOM } from './csv-line.ts'
import type { Sheet } from './report.ts'

/** UTF-8 with its mark, CRLF. Texts that a spreadsheet would run are guarded; see csv-line.ts. */
export async function* csvOf(sheet: Sheet, counted: (rows: number) => void): AsyncGenerator<string> {
  yield UTF8_BOM + csvLine(sheet.columns.map(({ title }) => title))
  for await (const batch of sheet.rows()) {
    if (batch.length === 0) continue
    yield batch.map(csvLine).join('')
    counted(batch.length)
  }
}
