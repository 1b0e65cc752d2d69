/** The QR code of a link: its dark modules, as a path to draw, and as a picture. */
import QRCode from 'qrcode'

/** A quarter of the code may be dirty or torn: a poster hangs outside. */
const CORRECTION = 'quartile'

/** White modules around the code, as the standard asks (ISO/IEC 18004). */
export const QUIET_ZONE = 4

/** Pixels a module: a code of 33 modules is 1,640 pixels wide, 14 cm at 300 dots an inch. */
const PIXELS = 40

export interface QrCode {
  /** Modules a side, without the quiet zone. */
  readonly size: number
  /** Dark runs: column, row, length in modules. */
  readonly runs: readonly (readonly [x: number, y: number, length: number])[]
}

export function qrCode(link: string): QrCode {
  const { modules } = QRCode.create(link, { errorCorrectionLevel: CORRECTION })
  const { size } = modules
  const runs: [number, number, number][] = []
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!modules.get(y, x)) continue
      const start = x
      while (x + 1 < size && modules.get(y, x + 1)) x++
      runs.push([start, y, x + 1 - start])
    }
  }
  return { size, runs }
}

/** An SVG of its own, black on white, with the quiet zone. @param title for those who can't see it; escaped already */
export function qrSvg(link: string, title: string): string {
  const { size, runs } = qrCode(link)
  const side = size + 2 * QUIET_ZONE
  const path = runs.map(([x, y, length]) => `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h${length}v1h-${length}z`).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" shape-rendering="crispEdges">` +
    `<title>${title}</title><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`
  )
}

/** A PNG for printing, with the quiet zone; no words on it. */
export const qrPng = (link: string): Promise<Buffer> =>
  QRCode.toBuffer(link, { errorCorrectionLevel: CORRECTION, margin: QUIET_ZONE, scale: PIXELS })
