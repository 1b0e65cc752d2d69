/** Signatures of pushes and of what is enclosed in them: SHA-1 over the parts in order of the alphabet. */
import { createHash, timingSafeEqual } from 'node:crypto'

/** @returns 40 hex digits */
export const signatureOf = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''), 'utf8')
    .digest('hex')

/** In constant time. @param given undefined where the request had none, or several */
export function isSigned(given: string | undefined, ...parts: readonly string[]): boolean {
  if (given === undefined) return false
  const expected = Buffer.from(signatureOf(...parts), 'latin1')
  const said = Buffer.from(given, 'latin1')
  return said.length === expected.length && timingSafeEqual(said, expected)
}
