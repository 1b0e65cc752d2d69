import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { AppError } from '../../base/errors.ts'
import { decodeText } from './decode.ts'
import type { Table, TableRow } from './table.ts'

const CHUNK_CHARACTERS = 65_536

/** @throws AppError FILE_UNREADABLE for a file without a header or with quotes that never close. */
export async function readCsv(bytes: Uint8Array, file: string): Promise<Table> {
  const text = decodeText(bytes, file)
  const records = recordsOf(text, file)
  for (;;) {
    const next = await records.next()
    if (next.done) throw new AppError('FILE_UNREADABLE', { file, reason: 'empty' })
    if (!isBlank(next.value)) return { header: next.value, rows: filled(records), count: null }
  }
}

const isBlank = (row: TableRow) => row.cells.every((cell) => cell.trim() === '')

async function* filled(records: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
  for await (const row of records) if (!isBlank(row)) yield row
}

async function* recordsOf(text: string, file: string): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    info: true,
  })
  const source = Readable.from(pieces(text), { objectMode: false })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { line, cells: record }
      line = info.lines + 1
    }
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? ''
    if (!code.startsWith('CSV_')) throw cause
    throw new AppError('FILE_UNREADABLE', { file, line, reason: code }, { cause })
  }
}

function* pieces(text: string): Generator<Buffer> {
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + CHUNK_CHARACTERS, text.length)
    const last = text.charCodeAt(end - 1)
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end += 1
    yield Buffer.from(text.slice(at, end))
    at = end
  }
}

/** Whichever of the usual ones the first line has most of. */
function delimiterOf(text: string): string {
  const first =
    text
      .slice(0, 10_000)
      .split(/\r?\n/)
      .find((line) => line.trim() !== '') ?? ''
  const outside = first.replace(/"[^"]*"/g, '')
  const counts = [',', '\t', ';'].map((mark) => [mark, outside.split(mark).length] as const)
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}
