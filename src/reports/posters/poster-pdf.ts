/** Posters as a PDF: what the page says, laid out once more for A4. */
import type { PlainSheet } from '../../text/sheets.ts'
import type { PosterVillage } from './find-villages.ts'
import { A4, MM, pdfFile, PdfPage, type Colour } from './pdf-file.ts'
import { textWidth, wrapped, type TextStyle } from './pdf-text.ts'
import { posterWords, sheetPages, type PosterOptions, type PosterWords } from './poster-words.ts'
import { QUIET_ZONE, qrCode } from './qr-code.ts'

const BLACK: Colour = [0.07, 0.07, 0.07]
const WHITE: Colour = [1, 1, 1]
const RED: Colour = [0.64, 0.08, 0.08]
const GREY: Colour = [0.3, 0.3, 0.3]

const MARGIN = 14 * MM
const WIDTH = A4.width - 2 * MARGIN
const QR_SIDE = 92 * MM
/** Height of a line, in sizes of its letters. */
const LEADING = 1.4

interface Block {
  readonly text: string
  readonly style: TextStyle
  readonly colour: Colour
  /** Free space below, in points. */
  readonly after: number
  readonly centred?: boolean
  /** Space on the left that lines after the first keep. */
  readonly hang?: number
}

export function posterPdf(villages: readonly PosterVillage[], title: string, options: PosterOptions): Buffer {
  const pages = villages.map((village) => drawPoster(posterWords(village, options)))
  for (const { place, sheets } of sheetPages(villages, options)) pages.push(drawSheets(place, sheets))
  return pdfFile(pages, title, options.language)
}

function drawPoster(words: PosterWords): PdfPage {
  const page = new PdfPage()
  const heading = (text: string, size: number, colour: Colour, after: number, bold = true): Block => {
    const fits = Math.min(size, (size * WIDTH) / textWidth(text, { size }))
    return { text, style: { size: fits, bold }, colour, after, centred: true }
  }
  const head = [heading(words.service, 40, WHITE, 4), heading(words.callOut, 21, WHITE, 0, false)]
  const band = heightOf(head) + 14 * MM
  page.fill([[0, 0, A4.width, band]], RED)
  draw(page, head, 7 * MM)
  const name = [
    ...(words.above === '' ? [] : [heading(words.above, 16, BLACK, 0, false)]),
    heading(words.village, 34, BLACK, 0),
  ]
  let y = draw(page, name, band + 4 * MM)
  drawCode(page, words.code, y)
  y += QR_SIDE
  y = draw(
    page,
    [heading(words.scan, 18, BLACK, 3), heading(`${words.linkTitle} ${words.link}`, 11, BLACK, 0, false)],
    y,
  )
  drawFitting(page, lowerPart(words), y + 5 * MM)
  return page
}

function lowerPart({ blocks, call, warnings }: PosterWords): Block[] {
  const title = (text: string): Block => ({ text, style: { size: 16, bold: true }, colour: RED, after: 0 })
  const plain = (text: string, after: number): Block => ({ text, style: { size: 14 }, colour: BLACK, after })
  return [
    ...blocks.flatMap(({ title: name, text }) => [title(name), plain(text, 8)]),
    title(call.title),
    ...(call.phone === null
      ? [plain(call.text, 8)]
      : [{ text: `${call.phone}  ${call.text}`, style: { size: 24, bold: true }, colour: BLACK, after: 6 }]),
    ...warnings.map((text, at): Block => ({ text, style: { size: 12.5, bold: at === 0 }, colour: BLACK, after: 0 })),
  ]
}

function drawSheets(place: string, sheets: readonly PlainSheet[]): PdfPage {
  const page = new PdfPage()
  const blocks: Block[] = place === '' ? [] : [{ text: place, style: { size: 13 }, colour: GREY, after: 4 }]
  for (const { title, lines, source } of sheets) {
    blocks.push({ text: title, style: { size: 30, bold: true }, colour: RED, after: 4 })
    for (const [at, line] of lines.entries())
      blocks.push({ text: `${at + 1}. ${line}`, style: { size: 17 }, colour: BLACK, after: 4, hang: 20 })
    blocks.push({ text: source, style: { size: 10 }, colour: GREY, after: 16 })
  }
  drawFitting(page, blocks, 12 * MM)
  return page
}

function drawCode(page: PdfPage, said: string, top: number): void {
  const { size, runs } = qrCode(said)
  const module = QR_SIDE / (size + 2 * QUIET_ZONE)
  const left = (A4.width - QR_SIDE) / 2 + QUIET_ZONE * module
  page.fill(
    runs.map(([x, y, length]) => [left + x * module, top + (QUIET_ZONE + y) * module, length * module, module]),
    [0, 0, 0],
  )
}

const linesOf = ({ text, style, hang = 0 }: Block): string[] => wrapped(text, style, WIDTH - hang)

const heightOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + linesOf(block).length * block.style.size * LEADING + block.after, 0)

/** @returns where the next line would begin */
function draw(page: PdfPage, blocks: readonly Block[], top: number): number {
  let y = top
  for (const block of blocks) {
    const { style, colour, after, centred, hang = 0 } = block
    for (const [at, line] of linesOf(block).entries()) {
      const x = centred ? (A4.width - textWidth(line, style)) / 2 : MARGIN + (at === 0 ? 0 : hang)
      page.text(line, x, y + style.size * (LEADING / 2 + 0.35), style, colour)
      y += style.size * LEADING
    }
    y += after
  }
  return y
}

/** Smaller, where it would not fit below `top`. */
function drawFitting(page: PdfPage, blocks: readonly Block[], top: number): void {
  const room = A4.height - 8 * MM - top
  let fitting = blocks
  for (let scale = 1; heightOf(fitting) > room && scale > 0.4; scale -= 0.04) {
    fitting = blocks.map((block) => ({
      ...block,
      style: { ...block.style, size: block.style.size * scale },
      after: block.after * scale,
    }))
  }
  draw(page, fitting, top)
}
