/** Keyed hashes by which a sealed value can be looked up without being readable. */
import { createHmac } from 'node:crypto'

export interface BlindIndex {
  /** @param kind name of the sealed column: the same phone gives the same hash in every table. @returns 43 characters */
  hash(kind: string, value: string): string
}

export function createBlindIndex(key: Buffer): BlindIndex {
  return {
    hash: (kind, value) =>
      createHmac('sha256', key)
        .update(`${kind}\n${normalised(value)}`)
        .digest('base64url'),
  }
}

/** However it is spaced or written, one number has one hash. */
const normalised = (value: string) => value.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
