/** What a push is answered with: words for the person who wrote, or nothing. */
import { randomInt } from 'node:crypto'
import { SECOND, type Clock } from '../../base/time.ts'
import type { RawResponse } from '../../messaging/channel.ts'
import { neutralise } from '../neutralise.ts'
import type { MessageCipher } from './crypto.ts'
import { signatureOf } from './signature.ts'
import { xmlOf } from './xml.ts'

export const plain = (status: number, body: string): RawResponse => ({
  status,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  },
  body,
})

/** The push is taken, and nothing is said. */
export const success = (): RawResponse => plain(200, 'success')

export type PassiveReply = (push: { readonly user: string; readonly account: string }, content: string) => RawResponse

/** Enclosed where pushes are. */
export const passiveReply =
  (token: string, cipher: MessageCipher | null, clock: Clock): PassiveReply =>
  ({ user, account }, content) => {
    const seconds = Math.floor(clock.now() / SECOND)
    const message = xmlOf({
      ToUserName: user,
      FromUserName: account,
      CreateTime: seconds,
      MsgType: 'text',
      Content: content,
    })
    return {
      ...plain(200, cipher ? enclose(token, cipher.seal(message), seconds) : message),
      headers: { 'content-type': 'application/xml; charset=utf-8', 'x-content-type-options': 'nosniff' },
    }
  }

function enclose(token: string, enclosed: string, seconds: number): string {
  const nonce = String(randomInt(1_000_000_000, 10_000_000_000))
  return xmlOf({
    Encrypt: enclosed,
    MsgSignature: signatureOf(token, String(seconds), nonce, enclosed),
    TimeStamp: seconds,
    Nonce: nonce,
  })
}

/** Words of people and of ours as one content: none of them is a link, however it is written. */
export const contentOf = (text: string): string => neutralise(text, { angle: true })

export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8')
