import { padded, rotateLeft, wordBytes } from './bytes.ts'

/** Bits to rotate by, four to a round (RFC 1321 §3.4). */
const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const

/** 2^32 times the absolute sine of 1 … 64 (RFC 1321 §3.4). */
const SINES = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32))

/** RFC 1321. A fingerprint, not a protection. */
export function md5(message: Uint8Array): Uint8Array {
  const view = padded(message, 64, true)
  let state: [number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a, b, c, d] = state
    for (let index = 0; index < 64; index++) {
      const round = index >> 4
      const [mixed, word] = mix(round, index, b, c, d)
      const sum = (a + mixed + (SINES[index] as number) + view.getUint32(block + word * 4, true)) | 0
      const shift = SHIFTS[round as 0 | 1 | 2 | 3][(index & 3) as 0 | 1 | 2 | 3]
      ;[a, d, c, b] = [d, c, b, (b + rotateLeft(sum, shift)) | 0]
    }
    state = [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0]
  }
  return wordBytes(state, true)
}

function mix(round: number, index: number, b: number, c: number, d: number): [mixed: number, word: number] {
  if (round === 0) return [(b & c) | (~b & d), index]
  if (round === 1) return [(b & d) | (c & ~d), (5 * index + 1) & 15]
  if (round === 2) return [b ^ c ^ d, (3 * index + 5) & 15]
  return [c ^ (b | ~d), (7 * index) & 15]
}
