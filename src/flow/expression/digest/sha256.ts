import { padded, wordBytes } from './bytes.ts'
import { primes, rootFraction } from './primes.ts'

/** FIPS 180-4 §4.2.2 and §5.3.3. */
const CONSTANTS = primes(64).map((prime) => Number(rootFraction(prime, 3n, 32n)))
const START = primes(8).map((prime) => Number(rootFraction(prime, 2n, 32n)))

const rotate = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits))

/** FIPS 180-4 §6.2. */
export function sha256(message: Uint8Array): Uint8Array {
  const view = padded(message, 64, false)
  const state = [...START]
  const words = new Int32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let index = 0; index < 64; index++)
      words[index] = index < 16 ? view.getInt32(block + index * 4) : spread(words, index)
    compress(state, words)
  }
  return wordBytes(state, false)
}

function spread(words: Int32Array, index: number): number {
  const near = words[index - 2] as number
  const far = words[index - 15] as number
  const a = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3)
  const b = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10)
  return ((words[index - 16] as number) + a + (words[index - 7] as number) + b) | 0
}

function compress(state: number[], words: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number]
  for (let index = 0; index < 64; index++) {
    const chosen = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const one =
      h +
      (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
      chosen +
      (CONSTANTS[index] as number) +
      (words[index] as number)
    const two = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = ((state[index] as number) + word) | 0))
}
