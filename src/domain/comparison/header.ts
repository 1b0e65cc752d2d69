/** Finds the titles of a sheet as departments send it: below headings, over one row or two, some cells merged. */
import { normalForm, tidy } from '../registry/import/normal-form.ts'

export interface SheetRow {
  /** 1-based, as a spreadsheet counts. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface SheetHeader {
  /** Line of the last row of titles. */
  readonly line: number
  /** Column name of each place, null for what nobody asked for. */
  readonly columns: readonly (string | null)[]
  /** The titles as they were, both rows together. */
  readonly titles: readonly string[]
}

/** Headings are above; a sheet whose titles come later is not a list. */
export const HEADER_WITHIN = 30

/** Columns by which somebody is recognised: a row of titles has one of them. */
const OF_A_PERSON = ['id_number', 'name']

/**
 * @param titles normal form → column
 * @param at the line of the (first) row of titles, where somebody says it
 */
export function findHeader(
  rows: readonly SheetRow[],
  titles: ReadonlyMap<string, string>,
  at: number | null,
): SheetHeader | null {
  let best: SheetHeader | null = null
  for (const [place, row] of rows.slice(0, at === null ? HEADER_WITHIN : rows.length).entries()) {
    if (at !== null && row.line !== at) continue
    const single = headerOf(row, null, titles)
    const next = rows[place + 1]
    const double = next && isSecondRow(single, next) ? headerOf(row, next, titles) : null
    for (const header of [single, double]) if (header && (!best || score(header) > score(best))) best = header
  }
  return best && best.columns.some((name) => OF_A_PERSON.includes(name ?? '')) ? best : null
}

const score = (header: SheetHeader): number => header.columns.filter((name) => name !== null).length

/** Below merged cells: nothing stands under the titles of a person, and what stands elsewhere are words. */
function isSecondRow(first: SheetHeader, { cells }: SheetRow): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (filled.length === 0 || filled.some((cell) => /\d/.test(cell.normalize('NFKC')))) return false
  const ofPerson = first.columns.flatMap((name, place) => (OF_A_PERSON.includes(name ?? '') ? [place] : []))
  return ofPerson.length > 0 && ofPerson.every((place) => (cells[place] ?? '').trim() === '')
}

function headerOf(first: SheetRow, second: SheetRow | null, titles: ReadonlyMap<string, string>): SheetHeader {
  const width = Math.max(first.cells.length, second?.cells.length ?? 0)
  const taken = new Set<string>()
  const columns: (string | null)[] = []
  const shown: string[] = []
  let group = ''
  for (let place = 0; place < width; place += 1) {
    const upper = tidy(first.cells[place] ?? '')
    const lower = tidy(second?.cells[place] ?? '')
    if (upper !== '') group = upper
    // A merged cell holds its words in the first place only.
    const over = upper !== '' ? upper : lower !== '' ? group : ''
    const spellings = lower === '' ? [upper] : [lower, `${over}${lower}`, over]
    const name = spellings.map((title) => titles.get(normalForm(title))).find((each) => each !== undefined) ?? null
    // A second column of the same name is not what was asked for (the phone of somebody else).
    columns.push(name !== null && !taken.has(name) ? name : null)
    if (name !== null) taken.add(name)
    shown.push(lower === '' ? upper : `${over}${lower}`)
  }
  return { line: second?.line ?? first.line, columns, titles: shown }
}

/** A row of titles again, as every printed page has it. */
export function repeatsHeader({ cells }: SheetRow, header: SheetHeader): boolean {
  const filled = header.columns.flatMap((name, place) => {
    const cell = normalForm(cells[place] ?? '')
    return name === null || cell === '' ? [] : [{ cell, title: normalForm(header.titles[place] ?? '') }]
  })
  // Of two rows of titles either half.
  const same = filled.filter(({ cell, title }) => title.startsWith(cell) || title.endsWith(cell))
  return (
    same.length >= Math.min(2, header.columns.filter((name) => name !== null).length) && same.length === filled.length
  )
}
