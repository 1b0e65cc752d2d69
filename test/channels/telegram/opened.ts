/** The channel on its stand-in, with what it hears in a list. */
import { instant } from '../../../src/base/time.ts'
import type { Outgoing, Received } from '../../../src/messaging/channel.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { lent, type Lent } from '../lent.ts'
import { telegramStandIn, type StandInOptions, type TelegramStandIn } from './stand-in.ts'

export interface Opened {
  readonly standIn: TelegramStandIn
  readonly house: Lent
  readonly received: Received[]
  /** What becomes of a delivery; default: it is durable at once. */
  onDeliver(handle: (received: Received) => Promise<void>): void
  start(): Promise<void>
  send(chat: string | null, text: string, more?: Partial<Outgoing>): ReturnType<TelegramStandIn['channel']['send']>
  until(what: string, isSo: () => boolean): Promise<void>
}

const open = new Set<TelegramStandIn>()

/** Ends everything that a test opened. */
export async function closeAll(): Promise<void> {
  for (const standIn of open) {
    await standIn.channel.stop()
    await standIn.close()
  }
  open.clear()
}

export async function opened(options: StandInOptions = {}, change: Partial<Lent> = {}): Promise<Opened> {
  const clock = { now: () => instant(Date.now()) }
  const house = { ...lent(memoryStorage({ clock }), clock), ...change }
  const standIn = await telegramStandIn(house, options)
  open.add(standIn)
  const received: Received[] = []
  let handle: (received: Received) => Promise<void> = () => Promise.resolve()
  let count = 0
  return {
    standIn,
    house,
    received,
    onDeliver(given) {
      handle = given
    },
    start: () =>
      standIn.channel.start(async (message) => {
        received.push(message)
        await handle(message)
      }),
    send: (chat, text, more = {}) =>
      standIn.channel.send({
        id: `out-${++count}`,
        channel: 'telegram',
        chat: chat ?? '',
        text,
        choices: [],
        mentions: [],
        cause: null,
        reminder: null,
        matter: null,
        question: null,
        progress: null,
        createdAt: clock.now(),
        again: false,
        ...more,
      }),
    async until(what, isSo) {
      const end = Date.now() + 3000
      while (!isSo()) {
        if (Date.now() > end) throw new Error(`waited in vain: ${what}`)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    },
  }
}
