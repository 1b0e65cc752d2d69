import { padded } from './bytes.ts'
import { primes, rootFraction } from './primes.ts'

/** FIPS 180-4 §4.2.3, §5.3.4 and §5.3.5. */
const CONSTANTS = primes(80).map((prime) => rootFraction(prime, 3n, 64n))
const START_512 = primes(8).map((prime) => rootFraction(prime, 2n, 64n))
const START_384 = primes(16)
  .slice(8)
  .map((prime) => rootFraction(prime, 2n, 64n))

const word = (value: bigint): bigint => BigInt.asUintN(64, value)
const rotate = (value: bigint, bits: bigint): bigint => word((value >> bits) | (value << (64n - bits)))

export const sha512 = (message: Uint8Array): Uint8Array => digest(message, START_512)
export const sha384 = (message: Uint8Array): Uint8Array => digest(message, START_384).slice(0, 48)

/** FIPS 180-4 §6.4. */
function digest(message: Uint8Array, start: readonly bigint[]): Uint8Array {
  const view = padded(message, 128, false)
  let state = start
  for (let block = 0; block < view.byteLength; block += 128) {
    const words: bigint[] = Array.from({ length: 16 }, (_, index) => view.getBigUint64(block + index * 8))
    for (let index = 16; index < 80; index++) words.push(spread(words, index))
    state = compress(state, words)
  }
  const bytes = new DataView(new ArrayBuffer(64))
  state.forEach((value, index) => bytes.setBigUint64(index * 8, value))
  return new Uint8Array(bytes.buffer)
}

function spread(words: readonly bigint[], index: number): bigint {
  const near = words[index - 2] as bigint
  const far = words[index - 15] as bigint
  const a = rotate(far, 1n) ^ rotate(far, 8n) ^ (far >> 7n)
  const b = rotate(near, 19n) ^ rotate(near, 61n) ^ (near >> 6n)
  return word((words[index - 16] as bigint) + a + (words[index - 7] as bigint) + b)
}

function compress(state: readonly bigint[], words: readonly bigint[]): readonly bigint[] {
  let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]
  words.forEach((input, index) => {
    const chosen = (e & f) ^ (word(~e) & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const one = h + (rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n)) + chosen + (CONSTANTS[index] as bigint) + input
    const two = (rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n)) + majority
    ;[h, g, f, e, d, c, b, a] = [g, f, e, word(d + one), c, b, a, word(one + two)]
  })
  return [a, b, c, d, e, f, g, h].map((value, index) => word(value + (state[index] as bigint)))
}
