import type { Random } from '../../base/random.ts'

const MODULUS = 2147483647
const MULTIPLIER = 16807

/**
 * A new order by the inside-out Fisher-Yates shuffle. A seed drives the Park-Miller generator, as the ODK
 * specification asks, so the same seed gives the order that other XForms clients show.
 * @param text stands in for a seed that is no number.
 */
export function shuffled<T>(list: readonly T[], source: Random | number, text = ''): T[] {
  const next = typeof source === 'number' ? parkMiller(Number.isFinite(source) ? source : hash(text)) : source
  const order: T[] = []
  list.forEach((item, index) => {
    const place = Math.floor(next() * (index + 1))
    if (place !== index) order[index] = order[place] as T
    order[place] = item
  })
  return order
}

function parkMiller(seed: number): Random {
  let state = Math.floor(seed) % MODULUS
  if (state <= 0) state += MODULUS - 1
  return () => {
    state = (state * MULTIPLIER) % MODULUS
    return (state - 1) / (MODULUS - 1)
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}
