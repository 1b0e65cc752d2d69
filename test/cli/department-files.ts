/** Sheets as departments send them, made up. */
import { instant } from '../../src/base/time.ts'
import { checkOf } from '../../src/domain/registry/import/id-number.ts'
import { xlsxOf } from '../../src/reports/write-xlsx.ts'

/** A whole ID number for 17 digits. */
export const idOf = (digits: string): string => digits + checkOf(digits)

/** The same before 1999: without century and check character. */
export const oldIdOf = (digits: string): string => digits.slice(0, 6) + digits.slice(8)

const PAIRS = new Map<string, readonly number[]>()

/** Node only decodes GB18030: its two-byte part, turned round. */
export function gb18030(text: string): Buffer {
  if (PAIRS.size === 0) {
    const decoder = new TextDecoder('gb18030')
    for (let lead = 0x81; lead <= 0xfe; lead += 1) {
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        if (trail === 0x7f) continue
        const shown = decoder.decode(Uint8Array.of(lead, trail))
        if ([...shown].length === 1 && !PAIRS.has(shown)) PAIRS.set(shown, [lead, trail])
      }
    }
  }
  return Buffer.from(
    [...text].flatMap((each) => (each.charCodeAt(0) < 0x80 ? [each.charCodeAt(0)] : (PAIRS.get(each) ?? []))),
  )
}

/** A workbook with these rows, the first one being its first line. */
export async function workbook(rows: readonly (readonly (string | number | null)[])[]): Promise<Buffer> {
  const [first, ...rest] = rows
  const pieces: Buffer[] = []
  const sheet = {
    name: 'Sheet1',
    columns: (first ?? []).map((title) => ({ name: String(title), title: String(title ?? '') })),
    async *rows() {
      yield rest
    },
  }
  for await (const piece of xlsxOf({ sheets: [sheet] }, instant(0), () => undefined)) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
