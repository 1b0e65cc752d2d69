/**
 * Reads a QR code back from its modules, by ISO/IEC 18004 and not by the library that made it: versions 1 to 10, no repair of
 * damaged codes. For tests.
 */

/** Coordinates of the middles of alignment patterns, by version. */
const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]]

/** Data codewords of each block at error correction level Q, by version. */
const BLOCKS_Q = [
  [13],
  [22],
  [17, 17],
  [24, 24],
  [15, 15, 16, 16],
  [19, 19, 19, 19],
  [14, 14, 15, 15, 15, 15],
  [18, 18, 18, 18, 19, 19],
  [16, 16, 16, 16, 17, 17, 17, 17],
  [19, 19, 19, 19, 19, 19, 20, 20],
]

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

const LEVEL_Q = 3
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

export function readQr(size: number, isDark: (row: number, column: number) => boolean): string {
  const version = (size - 17) / 4
  const middles = ALIGNMENT[version - 1]
  const blocks = BLOCKS_Q[version - 1]
  if (!middles || !blocks) throw new Error(`no such version: ${version}`)
  for (const [top, left] of [
    [0, 0],
    [0, size - 7],
    [size - 7, 0],
  ] as const)
    if (!isFinder(top, left, isDark)) throw new Error(`no finder pattern at ${top}, ${left}`)
  let format = 0
  for (let at = 0; at < 6; at++) format = (format << 1) | Number(isDark(8, at))
  format = ((format >> 1) ^ 0b10101) & 0b11111
  if (format >> 3 !== LEVEL_Q) throw new Error('another level of error correction')
  const mask = MASKS[format & 7] as (row: number, column: number) => boolean
  const stream = codewords(size, isFunction(size, version, middles), (r, c) => isDark(r, c) !== mask(r, c))
  return segments(deinterleaved(stream, blocks), version)
}

function isFinder(top: number, left: number, isDark: (row: number, column: number) => boolean): boolean {
  for (let r = 0; r < 7; r++)
    for (let c = 0; c < 7; c++) {
      const ring = Math.max(Math.abs(r - 3), Math.abs(c - 3))
      if (isDark(top + r, left + c) !== (ring !== 2)) return false
    }
  return true
}

function isFunction(size: number, version: number, middles: readonly number[]) {
  const corner = (r: number, c: number) => (r === 6 && (c === 6 || c === size - 7)) || (r === size - 7 && c === 6)
  return (r: number, c: number): boolean => {
    if (r === 6 || c === 6) return true
    if ((r < 9 && (c < 9 || c >= size - 8)) || (r >= size - 8 && c < 9)) return true
    if (version >= 7 && ((r < 6 && c >= size - 11) || (c < 6 && r >= size - 11))) return true
    return middles.some((y) => middles.some((x) => !corner(y, x) && Math.abs(r - y) <= 2 && Math.abs(c - x) <= 2))
  }
}

function codewords(
  size: number,
  skips: (row: number, column: number) => boolean,
  bit: (row: number, column: number) => boolean,
): number[] {
  const bits: number[] = []
  let upward = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const row = upward ? size - 1 - step : step
      for (const column of [right, right - 1]) if (!skips(row, column)) bits.push(Number(bit(row, column)))
    }
    upward = !upward
  }
  const words: number[] = []
  for (let at = 0; at + 8 <= bits.length; at += 8) words.push(Number.parseInt(bits.slice(at, at + 8).join(''), 2))
  return words
}

function deinterleaved(words: readonly number[], blocks: readonly number[]): number[] {
  const data = blocks.map((): number[] => [])
  let at = 0
  for (let round = 0; round < Math.max(...blocks); round++)
    for (const [block, length] of blocks.entries()) if (round < length) data[block]?.push(words[at++] as number)
  return data.flat()
}

function segments(data: readonly number[], version: number): string {
  const bits = data.map((word) => word.toString(2).padStart(8, '0')).join('')
  let at = 0
  const take = (count: number) => Number.parseInt(bits.slice(at, (at += count)), 2)
  const bytes: number[] = []
  const put = (text: string) => bytes.push(...Buffer.from(text))
  while (bits.length - at >= 4) {
    const mode = take(4)
    if (mode === 0) break
    if (mode === 4) {
      for (let left = take(version < 10 ? 8 : 16); left > 0; left--) bytes.push(take(8))
    } else if (mode === 2) {
      let left = take(version < 10 ? 9 : 11)
      for (; left > 1; left -= 2) {
        const pair = take(11)
        put(`${ALPHANUMERIC[Math.floor(pair / 45)]}${ALPHANUMERIC[pair % 45]}`)
      }
      if (left === 1) put(ALPHANUMERIC[take(6)] as string)
    } else if (mode === 1) {
      let left = take(version < 10 ? 10 : 12)
      for (; left > 2; left -= 3) put(String(take(10)).padStart(3, '0'))
      if (left === 2) put(String(take(7)).padStart(2, '0'))
      if (left === 1) put(String(take(4)))
    } else throw new Error(`mode ${mode}`)
  }
  return Buffer.from(bytes).toString('utf8')
}
