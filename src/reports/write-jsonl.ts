import type { Sheet } from './report.ts'

/** One object a line, by name of the column; nothing is guarded or translated, empty cells are null. */
export async function* jsonLinesOf(sheet: Sheet, counted: (rows: number) => void): AsyncGenerator<string> {
  const names = sheet.columns.map(({ name }) => name)
  for await (const batch of sheet.rows()) {
    if (batch.length === 0) continue
    let lines = ''
    for (const row of batch)
      lines += `${JSON.stringify(Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])))}\n`
    yield lines
    counted(batch.length)
  }
}
