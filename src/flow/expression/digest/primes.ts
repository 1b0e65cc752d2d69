/** The first primes, whose roots are the constants of SHA-2. */
export function primes(count: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  return found
}

/** The first `bits` bits of the fraction of the square or cube root of `value`. */
export function rootFraction(value: number, root: 2n | 3n, bits: bigint): bigint {
  const scaled = BigInt(value) << (root * bits)
  let low = 0n
  let high = 1n << (bits + 12n)
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** root <= scaled) low = middle
    else high = middle
  }
  return low & ((1n << bits) - 1n)
}
