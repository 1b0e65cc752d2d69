import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { instant } from '../../src/base/time.ts'
import { readTable } from '../../src/cli/tables/read-table.ts'
import { TABLE_LIMITS } from '../../src/cli/tables/table.ts'
import type { Cell } from '../../src/reports/report.ts'
import { xlsxOf } from '../../src/reports/write-xlsx.ts'
import { fileOf, importText } from './import-run.ts'
import { memoryTables } from './memory-tables.ts'

/** `户主,所在村` and `张三,阳孟村` in GB18030, byte by byte. */
const GB = Buffer.from('bba7d6f7 2c cbf9d4dab4e5 0d0a d5c5c8fd 2c d1f4c3cfb4e5 0d0a'.replaceAll(' ', ''), 'hex')

async function rowsOf(content: string | Uint8Array, name?: string) {
  const table = await readTable(fileOf(content, name))
  const rows: [number, ...string[]][] = []
  for await (const { line, cells } of table.rows) rows.push([line, ...cells])
  return { header: table.header.cells, rows }
}

export async function workbookOf(rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const [header, ...rest] = rows
  const pieces: Buffer[] = []
  const sheet = {
    name: 'x',
    columns: (header ?? []).map((title) => ({ name: String(title), title: String(title) })),
    async *rows() {
      yield rest
    },
  }
  for await (const piece of xlsxOf({ sheets: [sheet] }, instant(0), () => undefined)) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

describe('CSV files', () => {
  it('are UTF-8 with or without a mark, GB18030, UTF-16, with any usual separator', async () => {
    const expected = { header: ['户主', '所在村'], rows: [[2, '张三', '阳孟村']] }
    expect(await rowsOf('户主,所在村\n张三,阳孟村\n')).toEqual(expected)
    expect(await rowsOf('\ufeff户主,所在村\r\n张三,阳孟村')).toEqual(expected)
    expect(await rowsOf(GB)).toEqual(expected)
    expect(await rowsOf(Buffer.from('\ufeff户主\t所在村\r\n张三\t阳孟村\r\n', 'utf16le'))).toEqual(expected)
    expect(await rowsOf('户主;所在村\n张三;阳孟村\n')).toEqual(expected)
  })

  it('count lines as an editor does, over blank lines and cells of several lines', async () => {
    const { rows } = await rowsOf('\n户主,备注\n张三,"一\n二"\n\n,,\n李四,x\n')
    expect(rows).toEqual([
      [3, '张三', '一\n二'],
      [7, '李四', 'x'],
    ])
  })

  it('that can’t be read are one clear error', async () => {
    await expect(rowsOf(Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(rowsOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(rowsOf('')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})

describe('XLSX files', () => {
  it('are read from their first sheet, numbers as they stand in the file', async () => {
    const bytes = await workbookOf([
      ['户主', '身份证号', '人口'],
      ['张三', 522634199001011200, 3],
      ['李四', '43310119720305123X', 0.1],
    ])
    expect(await rowsOf(bytes, 'rows.xlsx')).toEqual({
      header: ['户主', '身份证号', '人口'],
      rows: [
        [2, '张三', '522634199001011200', '3'],
        [3, '李四', '43310119720305123X', '0.1'],
      ],
    })
  })

  it('are imported like any other file', async () => {
    const tables = memoryTables()
    const bytes = await workbookOf([
      ['县', '乡镇', '村'],
      ['吉首市', '矮寨镇', '阳孟村'],
    ])
    expect((await importText(tables, 'territories', bytes)).short).toEqual(['2 created'])
  })

  it('that unpack to too much, hold too many files or point outside are refused before anything is unpacked', async () => {
    const bytes = await workbookOf([['a'], ...Array.from({ length: 500 }, () => ['x'.repeat(100)])])
    const file = fileOf(bytes)
    const read = (limits: Partial<typeof TABLE_LIMITS>) => readTable(file, { ...TABLE_LIMITS, ...limits })
    await expect(read({ maxUnpackedBytes: 1_000 })).rejects.toMatchObject({
      code: 'TOO_LARGE',
      details: { reason: 'unpacked size' },
    })
    await expect(read({ maxEntries: 3 })).rejects.toMatchObject({ details: { reason: 'archive entries' } })
    await expect(read({ maxBytes: 100 })).rejects.toMatchObject({ details: { reason: 'file size' } })

    const bomb = await zipOf({ 'xl/workbook.xml': '<x/>', 'xl/worksheets/sheet1.xml': '0'.repeat(3 * 2 ** 20) })
    await expect(readTable(fileOf(bomb))).rejects.toMatchObject({ details: { reason: 'compression ratio' } })
    const link = await zipOf({ 'xl/workbook.xml': '<x/>' }, 0o120777)
    await expect(readTable(fileOf(link))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(readTable(fileOf(await zipOf({ 'a.txt': 'a' })))).rejects.toMatchObject({
      details: { reason: 'no workbook' },
    })
    await expect(readTable(fileOf(await zipOf({ 'xl/workbook.xml': 'broken' })))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    })
  })
})

async function zipOf(files: Record<string, string>, mode = 0o100644): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, { mode })
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
