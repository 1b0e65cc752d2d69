import { SECOND } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { ChannelName } from '../channel.ts'

export interface Pace {
  /** Messages a second over the whole channel. */
  readonly perSecond: number
  /** Seconds between two messages to one chat. */
  readonly perChatSeconds: number
}

/** Which channels are paced and how; one that isn't named here is not. */
export type Pacing = Readonly<Partial<Record<ChannelName, Pace>>>

export interface Pacer {
  /** Milliseconds to wait before this chat may be sent to; 0 takes the turn. `all`: the whole channel has to wait. */
  take(channel: ChannelName, chat: string, at: Instant): { readonly wait: number; readonly all: boolean }
}

const GO = { wait: 0, all: false } as const

/** Chats remembered before those that may send anyway are forgotten. */
const REMEMBERED = 10_000

export function pacer(pacing: Pacing): Pacer {
  const channelFree = new Map<ChannelName, number>()
  const chatFree = new Map<string, number>()

  const forget = (at: Instant) => {
    for (const [key, free] of chatFree) if (free <= at) chatFree.delete(key)
  }

  return {
    take(channel, chat, at) {
      const pace = pacing[channel]
      if (!pace) return GO
      const free = channelFree.get(channel) ?? 0
      if (free > at) return { wait: free - at, all: true }
      const key = `${channel} ${chat}`
      const own = chatFree.get(key) ?? 0
      if (own > at) return { wait: own - at, all: false }
      channelFree.set(channel, at + SECOND / pace.perSecond)
      chatFree.set(key, at + pace.perChatSeconds * SECOND)
      if (chatFree.size > REMEMBERED) forget(at)
      return GO
    },
  }
}
