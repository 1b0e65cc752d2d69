/**
 * How updates reach us: long polling, or the webhook. Neither ends by itself; what the platform refuses is tried again with
 * growing pauses and told once.
 */
import { GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { takeBatch } from './batch.ts'
import { apiSignal, type Client } from './client.ts'
import { codeOf } from './errors.ts'
import { pauseAfter, type Pause } from './pauses.ts'
import { ALLOWED, chatOf, take, type Receiver } from './receive.ts'

export interface Listening {
  readonly receiver: Receiver
  readonly client: Client
  readonly signal: AbortSignal
  readonly pause: Pause
  readonly holdSeconds: number
  /** Learns the bot's name; rejects when the platform is down. */
  meet(): Promise<unknown>
}

export interface Webhook {
  readonly url: string
  readonly secret: string
}

/** Connections the platform may open to us at a time. */
const MOST_CONNECTIONS = 8

/** Tells the platform where to call, as often as it takes. */
export function listenByWebhook(listening: Listening, { url, secret }: Webhook): Promise<void> {
  const { client, signal } = listening
  return untilDone(listening, 'webhook', async () => {
    await listening.meet()
    const options = { secret_token: secret, allowed_updates: ALLOWED, max_connections: MOST_CONNECTIONS }
    await client.api.setWebhook(url, options, apiSignal(signal))
    return true
  })
}

/** An update is confirmed by asking for the one after it: only when all before it are durable. */
export async function listenByPolling(listening: Listening): Promise<void> {
  const { receiver, client, signal, holdSeconds } = listening
  await untilDone(listening, 'poll', async () => {
    await listening.meet()
    // As long as a webhook is set nothing can be polled. What waits there is kept.
    await client.api.deleteWebhook({ drop_pending_updates: false }, apiSignal(signal))
    return true
  })
  const taken = new Set<number>()
  let offset: number | undefined
  await untilDone(listening, 'poll', async () => {
    const asked = { timeout: holdSeconds, allowed_updates: ALLOWED, ...(offset !== undefined && { offset }) }
    const updates: readonly Update[] = await client.polling.getUpdates(asked, apiSignal(signal))
    const last = updates.at(-1)
    if (!last) return false
    const failed = await takeBatch({ updates, chatOf, take: (update) => take(receiver, update), taken })
    offset = Math.max(offset ?? 0, failed ?? last.update_id + 1)
    for (const id of taken) if (id < offset) taken.delete(id)
    if (failed !== null) throw new Undelivered()
    return false
  })
}

/** Something of the batch is not durable yet. Why was logged by whoever failed. */
class Undelivered extends Error {}

/** Repeats `once` until it is done or the channel stops; failures in a row are told when they begin and when they change. */
async function untilDone(listening: Listening, what: string, once: () => Promise<boolean>): Promise<void> {
  const { client, signal, pause } = listening
  const { parts } = client
  let failures = 0
  let told: string | null = null
  while (!signal.aborted) {
    try {
      if (await once()) return
      if (told !== null) parts.log('telegram_back', { what })
      failures = 0
      told = null
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      const reason = reasonOf(error)
      if (told !== reason) parts.log('telegram_trouble', { what, reason })
      told = reason
      const asked = error instanceof GrammyError ? (error.parameters.retry_after ?? 0) * 1000 : 0
      await pause(Math.max(asked, pauseAfter(failures)), signal)
    }
  }
}

/** 409: another program polls with this token, or a webhook was set for it elsewhere. */
function reasonOf(error: unknown): string {
  if (error instanceof Undelivered) return 'undelivered'
  if (error instanceof GrammyError && error.error_code === 409) return 'telegram:409_other_receiver'
  return codeOf(error)
}
