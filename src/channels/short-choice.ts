/**
 * Choice ids for platforms that carry few bytes with a button (Telegram: 64). What fits goes as it is; what does not goes as the
 * beginning of its hash, and is found again among the choices that the chat was lately sent.
 */
import { createHash } from 'node:crypto'

const MARK = '~'
const HASH_CHARACTERS = 22

export const isShortened = (data: string): boolean => data.startsWith(MARK)

export function shortChoice(id: string, maxBytes: number): string {
  if (Buffer.byteLength(id, 'utf8') <= maxBytes && !id.startsWith(MARK)) return id
  return MARK + createHash('sha256').update(id).digest('base64url').slice(0, HASH_CHARACTERS)
}
