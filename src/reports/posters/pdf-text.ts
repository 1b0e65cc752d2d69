/**
 * Text for a PDF without a font inside: Latin in Helvetica, Chinese in STSong-Light, the name under which every reader that
 * knows Chinese puts its own font (PDF 32000-1, 9.7.5.2: predefined CMaps for Adobe-GB1). Shipping a font would be 10 MB.
 */

/** In points. */
export interface TextStyle {
  readonly size: number
  readonly bold?: boolean
}

type Face = 'latin' | 'han'

interface Run {
  readonly face: Face
  readonly text: string
}

/** Widths of Helvetica for U+0020 to U+007E, in thousandths of the size. Source: Adobe's font metrics of the standard 14 fonts. */
// prettier-ignore
const HELVETICA = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]

/** Marks that don't begin a line. */
const CLOSING = /[\p{Pe}\p{Pf}，。、；：！？,.;:!?%]/u
/** Marks that don't end one. */
const OPENING = /[\p{Ps}\p{Pi}]/u
const isLatin = (character: string) => character >= ' ' && character <= '~'

function widthOf(character: string, { size }: TextStyle): number {
  const units = isLatin(character) ? (HELVETICA[character.charCodeAt(0) - 32] as number) : 1000
  return (units / 1000) * size
}

export const textWidth = (text: string, style: TextStyle): number =>
  [...text].reduce((sum, character) => sum + widthOf(character, style), 0)

/** The text in lines of at most `width` points: between Chinese characters, and between Latin words. */
export function wrapped(text: string, style: TextStyle, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    const next = line + piece
    if (line === '' || textWidth(next.trimEnd(), style) <= width) line = next
    else {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    }
    while (textWidth(line.trimEnd(), style) > width && [...line].length > 1) {
      const fits = longestFitting(line, style, width)
      lines.push(fits)
      line = line.slice(fits.length)
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/** What may not be torn: a Latin word, a Chinese character with the marks around it. */
function pieces(text: string): string[] {
  const found: string[] = []
  for (const character of text) {
    const last = found.at(-1)
    const before = last === undefined ? '' : ([...last].at(-1) as string)
    const joins =
      last !== undefined &&
      (CLOSING.test(character) ||
        OPENING.test(before) ||
        (isLatin(character) && isLatin(before) && !(before === ' ' && character !== ' ')))
    if (joins) found[found.length - 1] = last + character
    else found.push(character)
  }
  return found
}

function longestFitting(line: string, style: TextStyle, width: number): string {
  let fits = ''
  for (const character of line) {
    if (fits !== '' && textWidth(fits + character, style) > width) break
    fits += character
  }
  return fits
}

/** The operators that show a line, beginning at the point (x, y) from the bottom left. */
export function showText(text: string, x: number, y: number, style: TextStyle): string {
  const weight = style.bold ? `2 Tr ${(style.size * 0.035).toFixed(2)} w` : '0 Tr'
  const shown = runsOf(text).map(({ face, text: run }) =>
    face === 'latin'
      ? `/L ${style.size} Tf (${run.replace(/[\\()]/g, '\\$&')}) Tj`
      : `/H ${style.size} Tf <${utf16(run)}> Tj`,
  )
  return `BT ${weight} ${x.toFixed(2)} ${y.toFixed(2)} Td ${shown.join(' ')} ET`
}

function runsOf(text: string): Run[] {
  const runs: { face: Face; text: string }[] = []
  for (const character of text) {
    const face = isLatin(character) ? 'latin' : 'han'
    const last = runs.at(-1)
    if (last?.face === face) last.text += character
    else runs.push({ face, text: character })
  }
  return runs
}

const utf16 = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex')

/** The fonts that `showText` names, as objects of a PDF from number `first` on (4 objects). */
export const fontObjects = (first: number): readonly string[] => [
  '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
  `<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[${first + 2} 0 R]>>`,
  '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000' +
    `/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/FontDescriptor ${first + 3} 0 R>>`,
  '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880' +
    '/Descent -120/CapHeight 880/StemV 93>>',
]

/** Which of them is which, for the resources of a page. */
export const fontNames = (first: number): string => `/L ${first} 0 R/H ${first + 1} 0 R`
