/**
 * Whether a call comes from the platform, and what it says. Everything is looked at before anything is believed: size,
 * signature, time, encoding, what is enclosed, and whether the same signature was used for something else.
 */
import { MINUTE, SECOND, type Clock } from '../../base/time.ts'
import type { RawRequest } from '../../messaging/channel.ts'
import type { MessageCipher } from './crypto.ts'
import { replays } from './replays.ts'
import { isSigned } from './signature.ts'
import { fieldsOf } from './xml.ts'

/** Larger ones are no push: a text has 2,048 bytes, a link somewhat more. */
const LARGEST = 64 * 1024

/** How far the platform's clock and ours may be apart. */
export const WINDOW = 5 * MINUTE

const TIMESTAMP = /^\d{1,12}$/
const NONCE = /^[\w-]{1,64}$/

export type Checked =
  | { readonly fields: ReadonlyMap<string, string>; /** Seconds, by the platform's clock. */ readonly sentAt: number }
  /** `why` is for the log. */
  | { readonly status: 400 | 403 | 413; readonly why: string }

export interface PushCheck {
  /** Of the call that asks whether the address is ours. */
  isOurs(request: RawRequest): boolean
  check(request: RawRequest): Checked
}

const refused = (why: string): Checked => ({ status: 403, why })
const malformed = (why: string): Checked => ({ status: 400, why })

/** @param token "" takes nothing @param cipher of the encrypted mode; plain pushes are refused with one, enclosed ones without */
export function pushCheck(token: string, cipher: MessageCipher | null, clock: Clock): PushCheck {
  const known = replays(2 * WINDOW)

  /** @returns why not, or null */
  const faultOf = ({ query }: RawRequest): string | null => {
    const { signature, timestamp = '', nonce = '' } = query
    if (token === '') return 'settings'
    if (!TIMESTAMP.test(timestamp) || !NONCE.test(nonce)) return 'signature'
    if (!isSigned(signature, token, timestamp, nonce)) return 'signature'
    return Math.abs(Number(timestamp) * SECOND - clock.now()) > WINDOW ? 'clock' : null
  }

  /** @returns the message inside, or why it is not taken */
  const openedFrom = ({ query }: RawRequest, document: string): { readonly message: string } | Checked => {
    const { timestamp = '', nonce = '' } = query
    const outer = fieldsOf(document)
    const enclosed = outer?.get('Encrypt')
    // An account in compatible mode sends both.
    if (!cipher) return enclosed === undefined || outer?.has('MsgType') ? { message: document } : refused('enclosed')
    if (query['encrypt_type'] !== 'aes' || enclosed === undefined) return refused('plain')
    if (!isSigned(query['msg_signature'], token, timestamp, nonce, enclosed)) return refused('msg_signature')
    const opened = cipher.open(enclosed)
    return 'refused' in opened ? refused(opened.refused) : opened
  }

  return {
    isOurs: (request) => faultOf(request) === null,
    check(request) {
      if (request.body.byteLength > LARGEST) return { status: 413, why: 'size' }
      const fault = faultOf(request)
      if (fault !== null) return refused(fault)
      const document = utf8(request.body)
      if (document === null) return malformed('encoding')
      const opened = openedFrom(request, document)
      if (!('message' in opened)) return opened
      const fields = fieldsOf(opened.message)
      if (!fields) return malformed('xml')
      const { timestamp = '', nonce = '' } = request.query
      if (!known.isNew(timestamp, nonce, opened.message, clock.now())) return refused('replay')
      return { fields, sentAt: Number(timestamp) }
    },
  }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
