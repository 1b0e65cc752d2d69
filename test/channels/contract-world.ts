/** One check of the contract: a channel that was started against its stand-in, and what it delivered. */
import { createHash } from 'node:crypto'
import { instant } from '../../src/base/time.ts'
import type { Outgoing, Received, SendOutcome } from '../../src/messaging/channel.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'
import { lent, type Lent } from './lent.ts'
import type { Shown, StandIn } from './stand-in.ts'

export interface Limits {
  /** Longest wait for something that should happen. Default 2,000 ms. */
  readonly waitMs?: number
  /** How long nothing happens before it counts as not happening. Default 25 ms. */
  readonly quietMs?: number
}

export interface World {
  readonly standIn: StandIn
  readonly lent: Lent
  readonly received: readonly Received[]
  /** What `deliver` does with what comes, until told otherwise nothing. */
  onDeliver(handle: (received: Received) => Promise<void>): void
  start(): Promise<void>
  /** The first so many that were delivered, once there are. */
  delivered(count: number): Promise<readonly Received[]>
  quiet(): Promise<void>
  /** @throws after `waitMs` */
  until(what: string, isSo: () => boolean): Promise<void>
  within<T>(what: string, promise: Promise<T>): Promise<T>
  send(chat: string | null, text: string, more?: Partial<Outgoing>): Promise<SendOutcome>
  /** What that chat was shown last, once it was shown something since `before`. */
  shown(chat: string | null, before: number): Promise<Shown>
  count(chat: string | null): number
  /** Sockets and servers of this process before the stand-in opened. */
  readonly openBefore: number
  close(): Promise<void>
}

/** Those who can't be written to make a check fail where it is not left out. */
const chatOf = (chat: string | null): string => {
  if (chat === null) throw new Error('the stand-in has no such chat, and leaves the check not out')
  return chat
}

/** A method of a stand-in that a check needs. */
export function able<T>(method: T | undefined, name: string): T {
  if (method === undefined) throw new Error(`the stand-in has no ${name}(), and leaves the check not out`)
  return method
}

/** Those that keep the process alive. */
export const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap' || name === 'TCPServerWrap').length

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export async function openWorld(
  open: (lent: Lent) => Promise<StandIn>,
  { waitMs = 2_000, quietMs = 25 }: Limits = {},
): Promise<World> {
  const openBefore = openSockets()
  const clock = { now: () => instant(Date.now()) }
  const house = lent(memoryStorage({ clock }), clock)
  const standIn = await open(house)
  const received: Received[] = []
  let handle: (received: Received) => Promise<void> = () => Promise.resolve()
  let sent = 0
  let closed = false

  const until = async (what: string, isSo: () => boolean) => {
    const end = Date.now() + waitMs
    while (!isSo()) {
      if (Date.now() > end) throw new Error(`waited in vain: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }

  return {
    standIn,
    lent: house,
    received,
    until,
    onDeliver(given) {
      handle = given
    },
    start: () =>
      standIn.channel.start(async (message) => {
        received.push(message)
        await handle(message)
      }),
    async delivered(count) {
      await until(`${count} messages delivered, there are ${received.length}`, () => received.length >= count)
      return received
    },
    quiet: () => new Promise((resolve) => setTimeout(resolve, quietMs)),
    async within(what, promise) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`waited in vain: ${what}`)), waitMs)
      })
      return Promise.race([promise, late]).finally(() => clearTimeout(timer))
    },
    send(chat, text, more = {}) {
      sent += 1
      return standIn.channel.send({
        id: `out-${sent}`,
        channel: standIn.channel.name,
        chat: chatOf(chat),
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
      })
    },
    async shown(chat, before) {
      const place = chatOf(chat)
      await until(`something shown in ${place}`, () => standIn.shown(place).length > before)
      return standIn.shown(place).at(-1) as Shown
    },
    count: (chat) => standIn.shown(chatOf(chat)).length,
    openBefore,
    async close() {
      if (closed) return
      closed = true
      await standIn.channel.stop()
      await standIn.close()
    },
  }
}
