/** The XML of one worksheet, made row by row. Texts are inline strings: never a formula, never a number. */
import type { Cell, SheetColumn } from './report.ts'

/** Rows of a worksheet, the header included, and characters of a cell: limits of the format (ECMA-376, as Excel keeps them). */
export const ROW_LIMIT = 1_048_576
const CELL_LIMIT = 32_767

/** Cell formats of styles.xml. */
const TEXT_STYLE = 1
const HEADER_STYLE = 2

export const sheetStart = (columns: readonly SheetColumn[]): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
  `<cols><col min="1" max="${Math.max(1, columns.length)}" width="16" customWidth="1"/></cols><sheetData>` +
  rowXml(
    1,
    columns.map(({ title }) => title),
    HEADER_STYLE,
  )

export const SHEET_END = '</sheetData></worksheet>'

/** @param number of the row, from 1. */
export function rowXml(number: number, cells: readonly Cell[], style: number = TEXT_STYLE): string {
  let xml = `<row r="${number}">`
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index]
    if (cell === null || cell === undefined || cell === '') continue
    const at = `${columnLetters(index)}${number}`
    if (typeof cell === 'number') {
      xml += Number.isFinite(cell) ? `<c r="${at}"><v>${cell}</v></c>` : ''
      continue
    }
    const space = EDGE_BLANK.test(cell) ? ' xml:space="preserve"' : ''
    xml += `<c r="${at}" s="${style}" t="inlineStr"><is><t${space}>${xmlText(cell)}</t></is></c>`
  }
  return `${xml}</row>`
}

const letters: string[] = []

/** 0 → A, 26 → AA. */
export function columnLetters(index: number): string {
  const known = letters[index]
  if (known !== undefined) return known
  let name = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  letters[index] = name
  return name
}

/** Blanks that a reader would drop without being told not to. */
const EDGE_BLANK = /^\s|\s$|\n/

/** Whatever may need a second look: half a pair of surrogates can't be told from a whole one without it. */
const SUSPECT = /[&<>"_\u0000-\u0008\u000b-\u001f\ufffe\uffff\ud800-\udfff]/

/** Escapes for XML and for the `_xHHHH_` notation of the format; what XML can't hold is dropped. */
export function xmlText(text: string): string {
  const short = text.length > CELL_LIMIT ? `${text.slice(0, CELL_LIMIT - 1)}…` : text
  if (!SUSPECT.test(short)) return short
  return short
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '_x000D_')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
}
