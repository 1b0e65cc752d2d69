/** A small PDF 1.5: pages of A4 with lines of text and filled areas. */
import { deflateSync } from 'node:zlib'
import { fontNames, fontObjects, showText, type TextStyle } from './pdf-text.ts'

/** Points a millimetre. */
export const MM = 72 / 25.4

/** In points. */
export const A4 = { width: 595.28, height: 841.89 } as const

/** 0 to 1 each. */
export type Colour = readonly [red: number, green: number, blue: number]

/** Draws on one page; all measures in points, from the top left. */
export class PdfPage {
  private readonly operators: string[] = []

  /** @param baseline of the line @returns what was drawn before stays below */
  text(line: string, x: number, baseline: number, style: TextStyle, [red, green, blue]: Colour): void {
    const colour = `${red} ${green} ${blue}`
    this.operators.push(`${colour} rg ${colour} RG`, showText(line, x, A4.height - baseline, style))
  }

  fill(areas: readonly (readonly [x: number, y: number, width: number, height: number])[], colour: Colour): void {
    const rectangles = areas.map(([x, y, width, height]) =>
      [x, A4.height - y - height, width, height].map((measure) => measure.toFixed(3)).join(' '),
    )
    this.operators.push(`${colour.join(' ')} rg`, `${rectangles.join(' re ')} re f`)
  }

  get content(): string {
    return this.operators.join('\n')
  }
}

const CATALOG = 1
const PAGES = 2
const FONTS = 3
const FIRST_PAGE = FONTS + 4

/** @param title of the document, as readers show it */
export function pdfFile(pages: readonly PdfPage[], title: string, language: string): Buffer {
  const numbers = pages.map((_, at) => FIRST_PAGE + 2 * at)
  const info = FIRST_PAGE + 2 * pages.length
  const objects: (string | Buffer)[] = [
    `<</Type/Catalog/Pages ${PAGES} 0 R/Lang(${language})/ViewerPreferences<</DisplayDocTitle true>>>>`,
    `<</Type/Pages/Count ${pages.length}/Kids[${numbers.map((number) => `${number} 0 R`).join(' ')}]` +
      `/MediaBox[0 0 ${A4.width} ${A4.height}]/Resources<</Font<<${fontNames(FONTS)}>>>>>>`,
    ...fontObjects(FONTS),
    ...pages.flatMap((page, at) => [
      `<</Type/Page/Parent ${PAGES} 0 R/Contents ${FIRST_PAGE + 2 * at + 1} 0 R>>`,
      streamOf(page.content),
    ]),
    `<</Title<feff${Buffer.from(title, 'utf16le').swap16().toString('hex')}>/Producer(bangfu)>>`,
  ]
  return assembled(objects, info)
}

function streamOf(content: string): Buffer {
  const packed = deflateSync(Buffer.from(content, 'latin1'))
  return Buffer.concat([
    Buffer.from(`<</Filter/FlateDecode/Length ${packed.length}>>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ])
}

function assembled(objects: readonly (string | Buffer)[], info: number): Buffer {
  // The second line tells transports that the file is binary.
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  const offsets: number[] = []
  let length = (parts[0] as Buffer).length
  for (const [at, object] of objects.entries()) {
    offsets.push(length)
    const body = typeof object === 'string' ? Buffer.from(object, 'latin1') : object
    const part = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')])
    parts.push(part)
    length += part.length
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `<</Size ${objects.length + 1}/Root ${CATALOG} 0 R/Info ${info} 0 R>>`
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n${trailer}\nstartxref\n${length}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end)])
}
