/** How much smaller the words of a page must be so that it stays one page of A4, whatever the language and the place's own words. */
import type { PlainSheet } from '../../text/sheets.ts'
import { textWidth, wrapped } from './pdf-text.ts'
import type { PosterWords } from './poster-words.ts'

/** A paragraph at its full size, in millimetres, as `poster-style.ts` has it. */
interface Paragraph {
  readonly text: string
  readonly size: number
  readonly leading: number
  readonly width: number
  readonly after: number
}

/** The fonts of other machines are up to so much wider than the one that is measured with. */
const WIDER = 1.08

const SMALLEST = 0.5

/** Below the code, to the end of the page without its margin. */
const POSTER_ROOM = 97
/** Of a village name that takes one line more. */
const NAME_LINE = 15.6
const SHEETS_ROOM = 276
/** Inside of the frame around the phone number. */
const CALL_WIDTH = 174
const CALL_GAP = 5
const CALL_FRAME = 5.6

export function posterFit({ village, blocks, call, warnings }: PosterWords): number {
  const paragraph = (text: string, size: number, after: number, leading = 1.4, width = 184): Paragraph => ({
    text,
    size,
    leading,
    width,
    after,
  })
  const names = wrapped(village, { size: 13 }, 190 / WIDER).length
  return fit(
    [
      ...blocks.flatMap(({ title, text }) => [paragraph(title, 6, 0, 1.3), paragraph(text, 5.2, 2.5)]),
      ...callBox(call),
      ...warnings.map((warning) => paragraph(warning, 4.6, 0)),
    ],
    POSTER_ROOM - (names - 1) * NAME_LINE,
  )
}

/** Title, number and place stand side by side where there is room, else below each other. */
function callBox({ title, phone, text }: PosterWords['call']): Paragraph[] {
  const parts = [{ text: title, size: 6 }, ...(phone === null ? [] : [{ text: phone, size: 11 }]), { text, size: 5.2 }]
  const width = parts.reduce((sum, part) => sum + textWidth(part.text, part) * WIDER + CALL_GAP, 0)
  const stacked = parts.map((part): Paragraph => ({ ...part, leading: 1.4, width: CALL_WIDTH, after: 0 }))
  const tallest = stacked.reduce((most, part) => (part.size > most.size ? part : most))
  const rows = width <= CALL_WIDTH ? [tallest] : stacked
  return rows.map((row, at) => (at === 0 ? { ...row, after: CALL_FRAME } : row))
}

export const sheetsFit = (sheets: readonly PlainSheet[]): number =>
  fit(
    sheets.flatMap(({ title, lines, source }): Paragraph[] => [
      { text: title, size: 11, leading: 1.25, width: 182, after: 2 },
      ...lines.map((text): Paragraph => ({ text, size: 6, leading: 1.42, width: 172, after: 1.6 })),
      { text: source, size: 3.6, leading: 1.45, width: 182, after: 4 },
    ]),
    SHEETS_ROOM,
  )

function fit(paragraphs: readonly Paragraph[], room: number): number {
  const height = (scale: number) =>
    paragraphs.reduce((sum, { text, size, leading, width, after }) => {
      const lines = wrapped(text, { size: size * scale }, width / WIDER).length
      return sum + (lines * size * leading + after) * scale
    }, 0)
  let percent = 100
  while (percent > SMALLEST * 100 && height(percent / 100) > room) percent -= 2
  return percent / 100
}
