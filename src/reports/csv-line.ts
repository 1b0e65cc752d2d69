/** One line of a CSV that Excel opens: CRLF, quoted where needed, and nothing that it would run as a formula. */

export const UTF8_BOM = '\ufeff'

/** What spreadsheets take for the start of a formula, half and full width, and what hides one (tab, CR, LF). */
const TRIGGERS = /^[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫]/

/** A text that no spreadsheet runs: with an apostrophe before a trigger. */
export const guarded = (text: string): string => (TRIGGERS.test(text) ? `'${text}` : text)

/** What `guarded` was given. */
export const unguarded = (text: string): string =>
  text.startsWith("'") && TRIGGERS.test(text.slice(1)) ? text.slice(1) : text

/** Numbers stay numbers; texts are guarded. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  let line = ''
  for (const [index, cell] of cells.entries()) {
    if (index > 0) line += ','
    if (cell === null) continue
    if (typeof cell === 'number') line += String(cell)
    else line += quoted(guarded(cell))
  }
  return `${line}\r\n`
}

const quoted = (text: string): string => (/[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
