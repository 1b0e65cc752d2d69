/** A file of days: a table with a header, or the pasted text of the yearly notice, which becomes rows of such a table. */
import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../../base/errors.ts'
import { isNotice, readNotice, type NoticeRefusal } from '../../domain/calendar/notice.ts'
import { CALENDAR_COLUMNS } from '../../domain/calendar/import-days.ts'
import type { RawRow } from '../../domain/registry/import/row.ts'
import { readHeader } from '../import/header.ts'
import { decodeText } from '../tables/decode.ts'
import { readTable } from '../tables/read-table.ts'
import type { TableRow } from '../tables/table.ts'

export interface CalendarFile {
  readonly header: readonly string[]
  readonly rows: readonly { readonly raw: RawRow; readonly row: TableRow }[]
  /** Sentences of a notice that can't be taken. */
  readonly refusals: readonly NoticeRefusal[]
}

/** A notice is a page; what is longer is a table. */
const NOTICE_BYTES = 100_000

export interface ReadFileOptions {
  /** Of the days of a notice that names no year; null = as it says itself. */
  readonly year: number | null
  /** Titles in normal form → column. */
  readonly titles: ReadonlyMap<string, string>
  /** What rows of a notice name as their source. */
  sourceOf(year: number): string
}

/** @throws AppError FILE_NOT_FOUND, FILE_UNREADABLE, TOO_LARGE, IMPORT_COLUMN_MISSING */
export async function readCalendarFile(file: string, options: ReadFileOptions): Promise<CalendarFile> {
  const text = await noticeText(file)
  if (text !== null) return fromNotice(text, options)
  const table = await readTable(file)
  const header = readHeader(table.header, CALENDAR_COLUMNS, options.titles, file)
  const rows = []
  for await (const row of table.rows) rows.push({ raw: header.read(row), row })
  return { header: table.header.cells, rows, refusals: [] }
}

async function noticeText(file: string): Promise<string | null> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new AppError('FILE_NOT_FOUND', { file }, { cause })
  })
  if (!found.isFile() || found.size > NOTICE_BYTES) return null
  const bytes = await readFile(file)
  if (bytes.includes(0) && bytes[0] !== 0xff && bytes[0] !== 0xfe) return null
  const text = decodeText(bytes, file)
  return isNotice(text) ? text : null
}

function fromNotice(text: string, { year, sourceOf }: ReadFileOptions): CalendarFile {
  const notice = readNotice(text, year)
  const source = notice.year === null ? '' : sourceOf(notice.year)
  const header = CALENDAR_COLUMNS.map(({ name }) => name)
  return {
    header,
    rows: notice.days.map(({ line, date, kind, name }) => {
      const cells = [date, kind, name ?? '', '', source]
      const known = new Map(header.flatMap((column, place) => (cells[place] ? [[column, cells[place]]] : [])))
      return { raw: { line, cells: known, extra: null }, row: { line, cells } }
    }),
    refusals: notice.refusals,
  }
}
