/** Updates as Telegram posts them. Answered 200 only once they are durable; anything else comes again. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Update } from 'grammy/types'
import type { RawResponse, WebhookRoute } from '../../messaging/channel.ts'

export const WEBHOOK_PATH = '/webhooks/telegram'
const SECRET_HEADER = 'x-telegram-bot-api-secret-token'

export interface WebhookOptions {
  readonly secret: string
  chatOf(update: Update): string
  /** Rejects when the update must come again. */
  take(update: Update): Promise<void>
}

export function webhookRoute({ secret, chatOf, take }: WebhookOptions): WebhookRoute {
  /** The last update of each chat that is under way: the next waits for it. */
  const lines = new Map<string, Promise<void>>()
  const inLine = (update: Update): Promise<void> => {
    const chat = chatOf(update)
    const before = lines.get(chat) ?? Promise.resolve()
    const own = before.catch(() => {}).then(() => take(update))
    lines.set(chat, own)
    const leave = () => {
      if (lines.get(chat) === own) lines.delete(chat)
    }
    own.then(leave, leave)
    return own
  }
  return {
    method: 'POST',
    path: WEBHOOK_PATH,
    async handle({ headers, body }) {
      if (!isSame(headers[SECRET_HEADER] ?? '', secret)) return answer(401)
      const update = updateIn(body)
      if (!update) return answer(400)
      try {
        await inLine(update)
        return answer(200)
      } catch {
        return answer(500)
      }
    },
  }
}

const answer = (status: number): RawResponse => ({ status, headers: { 'content-type': 'text/plain' }, body: '' })

/** In constant time, whatever the lengths. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @returns null for what is no update */
function updateIn(body: Uint8Array): Update | null {
  try {
    const given = JSON.parse(utf8.decode(body)) as unknown
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return null
    return Number.isSafeInteger((given as Update).update_id) ? (given as Update) : null
  } catch {
    return null
  }
}
