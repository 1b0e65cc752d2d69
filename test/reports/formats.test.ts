import type { Readable } from 'node:stream'
import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import readWorkbook from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { csvLine, unguarded } from '../../src/reports/csv-line.ts'
import type { Cell, Report, Sheet } from '../../src/reports/report.ts'
import { columnLetters } from '../../src/reports/sheet-xml.ts'
import { csvOf } from '../../src/reports/write-csv.ts'
import { jsonLinesOf } from '../../src/reports/write-jsonl.ts'
import { xlsxOf } from '../../src/reports/write-xlsx.ts'

const sheet = (name: string, rows: readonly (readonly Cell[])[], batch = 3): Sheet => ({
  name,
  columns: [
    { name: 'id', title: '编号' },
    { name: 'words', title: '话' },
    { name: 'count', title: '数' },
  ],
  async *rows() {
    for (let at = 0; at < rows.length; at += batch) yield rows.slice(at, at + batch)
  },
})

const bytesOf = async (source: AsyncIterable<unknown>) => {
  const pieces: Buffer[] = []
  for await (const piece of source) pieces.push(Buffer.from(piece as string | Buffer))
  return Buffer.concat(pieces)
}
const workbook = (report: Report, rowLimit?: number) =>
  bytesOf(xlsxOf(report, instant(Date.UTC(2026, 10, 23)), () => undefined, rowLimit) as Readable)

/** What Excel and WPS take for the start of a formula. */
const TRIGGER = /^[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫]/

describe('CSV', () => {
  it('is what Excel opens: a mark, CRLF, quotes where needed, numbers as numbers', async () => {
    const rows = [
      ['0012', 'a,"b"\n', -5],
      [null, '=1+1', 2.5],
    ] as const
    const bytes = await bytesOf(csvOf(sheet('x', rows), () => undefined))
    expect(bytes.toString()).toBe(`\ufeff编号,话,数\r\n0012,"a,""b""\n",-5\r\n,'=1+1,2.5\r\n`)
  })

  it('whatever is in a cell: it comes back, and nothing begins like a formula', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '﹢', '﹦'), fc.string())
        .map(([a, b]) => a + b),
    )
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 6 }), (cells) => {
        const [record] = parse(csvLine(cells), { relax_column_count: true }) as string[][]
        // A line of nothing but blanks is no record.
        if (!record) return cells.every((each) => each === '')
        for (const [index, read] of record.entries()) {
          expect(read).not.toMatch(TRIGGER)
          expect(unguarded(read)).toBe(cells[index])
        }
        return true
      }),
      { numRuns: 500 },
    )
  })
})

describe('JSON Lines', () => {
  it('is raw: nothing guarded, empty cells null', async () => {
    const bytes = await bytesOf(
      jsonLinesOf(
        sheet('x', [
          ['1', '=x', 3],
          ['2', null, null],
        ]),
        () => undefined,
      ),
    )
    expect(
      bytes
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { id: '1', words: '=x', count: 3 },
      { id: '2', words: null, count: null },
    ])
  })
})

describe('XLSX', () => {
  it('holds texts as texts, numbers as numbers, never a formula', async () => {
    const rows = [
      ['26112200012345678', '=HYPERLINK("http://x","y")', 3],
      ['007', 'a&b <c> "d" _x0041_ 家里\r\n漏雨 👍', -2.5],
    ] as const
    const bytes = await workbook({ sheets: [sheet('办件/一', rows)] })
    expect(await readSheet(bytes, 1, { trim: false })).toEqual([
      ['编号', '话', '数'],
      ['26112200012345678', '=HYPERLINK("http://x","y")', 3],
      ['007', expect.stringContaining('a&b <c> "d"'), -2.5],
    ])
    expect(bytes.includes('<f>')).toBe(false)
  })

  it('any words make a workbook that can be read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 20 }),
        async (words) => {
          const bytes = await workbook({
            sheets: [
              sheet(
                'x',
                words.map((word, index) => [String(index), word, index]),
              ),
            ],
          })
          const read = await readSheet(bytes, 1, { trim: false })
          expect(read.slice(1).map((row) => row[0])).toEqual(words.map((_, index) => String(index)))
        },
      ),
      { numRuns: 25 },
    )
  })

  it('goes on in another sheet when one is full, and keeps sheets apart', async () => {
    const rows = Array.from({ length: 11 }, (_, index) => [String(index), 'x', index] as const)
    const report: Report = { sheets: [sheet('长', rows), sheet('短', [['a', 'b', 1]])] }
    const read = await readWorkbook(await workbook(report, 5))
    expect(read.map(({ sheet: name, data }) => [name, data.length])).toEqual([
      ['长', 5],
      ['长 2', 5],
      ['长 3', 4],
      ['短', 2],
    ])
    expect(read.flatMap(({ data }) => data.slice(1).map((row) => row[0]))).toEqual([...rows.map(([id]) => id), 'a'])
  })

  it('an error while reading rows reaches whoever reads the file', async () => {
    const broken: Sheet = {
      ...sheet('x', []),
      async *rows() {
        throw new Error('database went away')
      },
    }
    await expect(workbook({ sheets: [broken] })).rejects.toThrow('database went away')
  })

  it('columns are lettered as spreadsheets letter them', () => {
    expect([0, 25, 26, 51, 52, 701, 702, 16383].map(columnLetters)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
      'XFD',
    ])
  })
})
