/**
 * Enclosed messages of the encrypted mode, of official accounts and of WeCom: AES-256-CBC, padded to 32 bytes; inside are
 * 16 random bytes, the message's length (4 bytes, big-endian), the message, and whom it is for.
 * Not here: the signature over what is enclosed, which is checked before anything is opened (signature.ts).
 */
import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto'

const BLOCK = 32
const RANDOM = 16
const LENGTH = 4
const HEAD = RANDOM + LENGTH
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Why something enclosed is not taken; a word for the log. */
export type Refusal = 'base64' | 'size' | 'padding' | 'length' | 'receiver' | 'utf8'

export type Opened = { readonly message: string } | { readonly refused: Refusal }

export interface MessageCipher {
  /** Never throws, whatever was enclosed. */
  open(enclosed: string): Opened
  seal(message: string): string
}

/**
 * @param encodingKey 43 letters and digits, as entered on the platform
 * @param receiver whom messages are for: app id, or corp id
 * @param random bytes before a message; default: of the machine
 */
export function messageCipher(
  encodingKey: string,
  receiver: string,
  random: (size: number) => Uint8Array = randomBytes,
): MessageCipher {
  const key = Buffer.from(`${encodingKey}=`, 'base64')
  const iv = key.subarray(0, 16)
  const owner = Buffer.from(receiver, 'utf8')
  return {
    open(enclosed) {
      if (!BASE64.test(enclosed)) return { refused: 'base64' }
      const sealed = Buffer.from(enclosed, 'base64')
      if (sealed.length < BLOCK || sealed.length % BLOCK !== 0) return { refused: 'size' }
      const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
      const content = unpadded(Buffer.concat([decipher.update(sealed), decipher.final()]))
      if (!content) return { refused: 'padding' }
      if (content.length < HEAD) return { refused: 'length' }
      const end = HEAD + content.readUInt32BE(RANDOM)
      if (end > content.length) return { refused: 'length' }
      const named = content.subarray(end)
      if (named.length !== owner.length || !timingSafeEqual(named, owner)) return { refused: 'receiver' }
      try {
        return {
          message: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content.subarray(HEAD, end)),
        }
      } catch {
        return { refused: 'utf8' }
      }
    },
    seal(message) {
      const words = Buffer.from(message, 'utf8')
      const length = Buffer.alloc(LENGTH)
      length.writeUInt32BE(words.length)
      const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
      const content = padded(Buffer.concat([random(RANDOM), length, words, owner]))
      return Buffer.concat([cipher.update(content), cipher.final()]).toString('base64')
    },
  }
}

function padded(content: Buffer): Buffer {
  const missing = BLOCK - (content.length % BLOCK)
  return Buffer.concat([content, Buffer.alloc(missing, missing)])
}

/** @returns null unless all that the last byte counts says the same */
function unpadded(content: Buffer): Buffer | null {
  const count = content.at(-1) as number
  if (count < 1 || count > BLOCK) return null
  const end = content.length - count
  return content.subarray(end).every((byte) => byte === count) ? content.subarray(0, end) : null
}
