/**
 * A workbook written while its rows are read: inline strings into a zip, a page of rows in memory at a time.
 * Long sheets go on in further ones.
 */
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Instant } from '../base/time.ts'
import type { Report, Sheet } from './report.ts'
import { ROW_LIMIT, rowXml, SHEET_END, sheetStart, xmlText } from './sheet-xml.ts'

/** zlib's fastest: a workbook of 100,000 rows takes half the time for a sixth more bytes. */
const COMPRESSION_LEVEL = 1

/** @param rowLimit rows of one worksheet, for tests. */
export function xlsxOf(
  report: Report,
  at: Instant,
  counted: (rows: number) => void,
  rowLimit: number = ROW_LIMIT,
): NodeJS.ReadableStream {
  const zip = new ZipFile()
  const options = { mtime: new Date(at), compressionLevel: COMPRESSION_LEVEL }
  const text = (path: string, xml: string) => zip.addBuffer(Buffer.from(xml), path, options)
  const output = zip.outputStream as Readable
  const names: string[] = []

  const write = (index: number, part: number, rest: AsyncIterator<readonly Line[]> | null, left: readonly Line[]) => {
    const sheet = report.sheets[index]
    if (!sheet) return finish()
    names.push(sheetName(sheet.name, part, names))
    const rows = rest ?? sheet.rows()[Symbol.asyncIterator]()
    const state = { left, more: false }
    const xml = Readable.from(sheetXml(sheet, rows, state, rowLimit, counted), { objectMode: false })
    xml.on('error', (error) => output.destroy(error))
    xml.on('end', () => {
      if (state.more) write(index, part + 1, rows, state.left)
      else write(index + 1, 1, null, [])
    })
    zip.addReadStream(xml, `xl/worksheets/sheet${names.length}.xml`, options)
  }
  const finish = () => {
    text('xl/workbook.xml', workbook(names))
    text('xl/_rels/workbook.xml.rels', relations(names.length))
    text('xl/styles.xml', STYLES)
    text('_rels/.rels', ROOT_RELATIONS)
    text('[Content_Types].xml', contentTypes(names.length))
    zip.end()
  }
  zip.on('error', (error: Error) => output.destroy(error))
  write(0, 1, null, [])
  return output
}

type Line = readonly (string | number | null)[]

async function* sheetXml(
  sheet: Sheet,
  rows: AsyncIterator<readonly Line[]>,
  state: { left: readonly Line[]; more: boolean },
  rowLimit: number,
  counted: (rows: number) => void,
): AsyncGenerator<string> {
  yield sheetStart(sheet.columns)
  let number = 1
  for (;;) {
    let batch = state.left
    state.left = []
    if (batch.length === 0) {
      const next = await rows.next()
      if (next.done) break
      batch = next.value
    }
    const room = rowLimit - number
    if (room === 0 && batch.length > 0) {
      state.left = batch
      state.more = true
      break
    }
    let xml = ''
    for (const row of batch.slice(0, room)) xml += rowXml(++number, row)
    if (batch.length > room) state.left = batch.slice(room)
    if (xml !== '') yield xml
    counted(Math.min(room, batch.length))
  }
  yield SHEET_END
}

/** At most 31 characters, none of those that sheet names can't have, each name once. */
function sheetName(name: string, part: number, taken: readonly string[]): string {
  const plain = name.replace(/[\\/?*[\]:]/g, ' ').trim() || 'sheet'
  for (let suffix = part; ; suffix++) {
    const tail = suffix > 1 ? ` ${suffix}` : ''
    const candidate = plain.slice(0, 31 - tail.length) + tail
    if (!taken.includes(candidate)) return candidate
  }
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const workbook = (names: readonly string[]) =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names
    .map((name, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('')}</sheets></workbook>`

const relations = (count: number) =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${Array.from(
    { length: count },
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  ).join('')}<Relationship Id="rId${count + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`

const ROOT_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const contentTypes = (count: number) =>
  `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${Array.from(
    { length: count },
    (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  ).join('')}</Types>`

/** Formats: 0 as it is, 1 text (number format 49, `@`), 2 the header in bold. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" xfId="0"/><xf numFmtId="49" fontId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`
