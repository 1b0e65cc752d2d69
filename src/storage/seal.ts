/**
 * Values that are unreadable on disk: AES-256-GCM, written as `v1.<key id>.<iv>.<ciphertext>.<tag>` (base64url).
 * What a value belongs to (table, column, row) is authenticated with it, so that it can't be moved to another row.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AppError } from '../base/errors.ts'
import type { KeyRing } from './keys.ts'

const PREFIX = 'v1.'
const IV_BYTES = 12
const IV_POOL = 341 * IV_BYTES

export interface Sealer {
  seal(text: string, place: string): string
  /** @throws AppError SEALED_VALUE_UNREADABLE: the key is missing, or the value was tampered with. */
  open(envelope: string, place: string): string
}

/** Whether a text has the look of an envelope; a plain text that has it must be sealed, to be read back as it was. */
export const looksSealed = (text: string): boolean => text.startsWith(PREFIX)

/** The place of a cell. Rows that the database numbers have no id before they are written: their place is the column. */
export const placeOf = (table: string, column: string, id: string | null): string =>
  id === null ? `${table}.${column}` : `${table}.${column}.${id}`

export function createSealer(ring: KeyRing): Sealer {
  const key = ring.keys.get(ring.current)
  if (!key) throw new AppError('CONFIG_KEY_MISSING', { key: ring.current })
  const head = `${PREFIX}${ring.current}.`
  let pool = randomBytes(IV_POOL)
  let used = 0

  const nextIv = () => {
    if (used === IV_POOL) {
      pool = randomBytes(IV_POOL)
      used = 0
    }
    return pool.subarray(used, (used += IV_BYTES))
  }

  return {
    seal(text, place) {
      const iv = nextIv()
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      cipher.setAAD(Buffer.from(place))
      const body = cipher.update(text, 'utf8', 'base64url') + cipher.final('base64url')
      return `${head}${iv.toString('base64url')}.${body}.${cipher.getAuthTag().toString('base64url')}`
    },
    open(envelope, place) {
      const [, keyId = '', iv = '', body = '', tag = ''] = envelope.split('.')
      const opening = ring.keys.get(keyId)
      if (!opening || !looksSealed(envelope))
        throw new AppError('SEALED_VALUE_UNREADABLE', { place: column(place), key: keyId })
      try {
        const decipher = createDecipheriv('aes-256-gcm', opening, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
        decipher.setAAD(Buffer.from(place))
        decipher.setAuthTag(Buffer.from(tag, 'base64url'))
        return decipher.update(body, 'base64url', 'utf8') + decipher.final('utf8')
      } catch (cause) {
        throw new AppError('SEALED_VALUE_UNREADABLE', { place: column(place), key: keyId }, { cause })
      }
    },
  }
}

const column = (place: string) => place.split('.').slice(0, 2).join('.')
