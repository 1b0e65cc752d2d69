/** Telegram by the Bot API: long polling, or a webhook with a secret where the pages have a public address. */
import { setMaxListeners } from 'node:events'
import type { Channel, Received } from '../../messaging/channel.ts'
import { ABILITIES } from '../abilities.ts'
import type { ChannelParts } from '../parts.ts'
import type { ChannelSettings } from '../settings.ts'
import { checkTelegram } from './check.ts'
import { apiSignal, clientOf } from './client.ts'
import { listenByPolling, listenByWebhook, type Listening } from './listen.ts'
import { pause, type Pause } from './pauses.ts'
import { chatOf, take, type Receiver } from './receive.ts'
import { sender } from './send.ts'
import { webhookRoute, WEBHOOK_PATH } from './webhook.ts'

export interface TelegramOptions {
  /** Longest time of a call. Default 15 s. */
  readonly callMs?: number
  /** Longest time until a connection stands. Default 8 s. */
  readonly connectMs?: number
  /** How long the platform holds a poll when there is nothing. Default 30 s. */
  readonly holdSeconds?: number
  /** How long `stop` waits for what is under way. Default 5 s. */
  readonly stopMs?: number
  /** Default: real time. */
  readonly pause?: Pause
}

type Settings = Pick<
  ChannelSettings,
  'TELEGRAM_API_ROOT' | 'TELEGRAM_PROXY' | 'TELEGRAM_WEBHOOK_SECRET' | 'TELEGRAM_SENSITIVE'
> & { readonly TELEGRAM_TOKEN: string }

export function telegramChannel(settings: Settings, parts: ChannelParts, options: TelegramOptions = {}): Channel {
  const { callMs = 15_000, connectMs = 8000, holdSeconds = 30, stopMs = 5000 } = options
  const { TELEGRAM_TOKEN: token, TELEGRAM_PROXY: proxy, TELEGRAM_WEBHOOK_SECRET: secret } = settings
  const root = settings.TELEGRAM_API_ROOT.replace(/\/+$/, '')
  const client = clientOf({ token, root, proxy, callMs, connectMs, holdSeconds }, parts)
  const webhook =
    secret !== undefined && parts.publicUrl !== null ? { secret, url: `${parts.publicUrl}${WEBHOOK_PATH}` } : null
  const send = sender(client)
  const ended = new AbortController()
  const { signal } = ended
  // Many calls at a time wait for it.
  setMaxListeners(0, signal)
  const running = new Set<Promise<unknown>>()
  const aside = (work: Promise<unknown>): void => {
    const done = () => running.delete(own)
    const own: Promise<unknown> = work.then(done, done)
    running.add(own)
  }
  let deliver: ((received: Received) => Promise<void>) | null = null
  let username: string | null = null
  const meet = async () => (username ??= (await client.api.getMe(apiSignal(signal))).username)
  const receiver: Receiver = {
    client,
    us: () => ({ id: client.id, username }),
    signal,
    aside,
    async deliver(received) {
      if (!deliver) throw new Error('telegram has not started')
      await deliver(received)
    },
  }
  const listening: Listening = { receiver, client, signal, pause: options.pause ?? pause, holdSeconds, meet }

  return {
    name: 'telegram',
    abilities: {
      ...ABILITIES.telegram,
      ...(settings.TELEGRAM_SENSITIVE === 'refuse' && { refusesSensitive: true }),
      ...(parts.publicUrl !== null && { pages: parts.publicUrl }),
    },
    ...(webhook && {
      routes: [
        webhookRoute({
          secret: webhook.secret,
          chatOf,
          // In a group nothing is ours before our name is known.
          take: (update) => meet().then(() => take(receiver, update)),
        }),
      ],
    }),
    start(given) {
      deliver = given
      if (secret !== undefined && !webhook) parts.log('telegram_webhook_needs_public_url', {})
      aside(webhook ? listenByWebhook(listening, webhook) : listenByPolling(listening))
      return Promise.resolve()
    },
    send(outgoing) {
      const sending = send(outgoing)
      aside(sending)
      return sending
    },
    check: () => checkTelegram(client, webhook?.url ?? null),
    async stop() {
      ended.abort()
      // What is on its way out may arrive still.
      const waited = new AbortController()
      await Promise.race([Promise.allSettled(running), pause(stopMs, waited.signal)])
      waited.abort()
      deliver = null
      client.close()
    },
  }
}
