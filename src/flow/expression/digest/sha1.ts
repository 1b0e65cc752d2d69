import { padded, rotateLeft, wordBytes } from './bytes.ts'

/** FIPS 180-4 §6.1. A fingerprint, not a protection. */
export function sha1(message: Uint8Array): Uint8Array {
  const view = padded(message, 64, false)
  const state: number[] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const words = new Int32Array(80)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let index = 0; index < 80; index++)
      words[index] = index < 16 ? view.getInt32(block + index * 4) : spread(words, index)
    let [a, b, c, d, e] = state as [number, number, number, number, number]
    for (let index = 0; index < 80; index++) {
      const [mixed, constant] = mix(Math.floor(index / 20), b, c, d)
      const next = (rotateLeft(a, 5) + mixed + e + constant + (words[index] as number)) | 0
      ;[e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next]
    }
    ;[a, b, c, d, e].forEach((word, index) => (state[index] = ((state[index] as number) + word) | 0))
  }
  return wordBytes(state, false)
}

const spread = (words: Int32Array, index: number): number =>
  rotateLeft(
    (words[index - 3] as number) ^
      (words[index - 8] as number) ^
      (words[index - 14] as number) ^
      (words[index - 16] as number),
    1,
  )

function mix(round: number, b: number, c: number, d: number): [mixed: number, constant: number] {
  if (round === 0) return [(b & c) | (~b & d), 0x5a827999]
  if (round === 1) return [b ^ c ^ d, 0x6ed9eba1]
  if (round === 2) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
  return [b ^ c ^ d, 0xca62c1d6]
}
