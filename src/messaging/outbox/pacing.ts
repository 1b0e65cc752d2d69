/** How fast a platform may be written to, in sliding windows. Kept in memory: what a restart forgets, the platform's own answer slows down. */
import { SECOND } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { ChannelName } from '../channel.ts'

/** At most so many messages in any stretch of so many seconds. */
export interface Window {
  readonly messages: number
  readonly seconds: number
}

export interface Pace {
  /** Over the whole channel. */
  readonly all?: readonly Window[]
  /** To one chat. */
  readonly chat?: readonly Window[]
  /** To one group, besides `chat`. */
  readonly group?: readonly Window[]
  /** Answers to what somebody just said are counted, and don't wait: the platform's limit is on its one-way robots. */
  readonly answersAtOnce?: true
  /** Tells groups by their ids; without it there are none. */
  isGroup?(chat: string): boolean
}

/** Which channels are paced and how; one that isn't named here is not. */
export type Pacing = Readonly<Partial<Record<ChannelName, Pace>>>

export interface Pacer {
  /** Milliseconds to wait before this chat may be sent to; 0 takes the turn. `all`: the whole channel has to wait. */
  take(
    channel: ChannelName,
    chat: string,
    at: Instant,
    isAnswer?: boolean,
  ): { readonly wait: number; readonly all: boolean }
}

const GO = { wait: 0, all: false } as const
const NONE: readonly Window[] = []

/** Chats remembered before those that may send anyway are forgotten. */
const REMEMBERED = 10_000

/** Moments of the latest sends, oldest first; no more than a window can ask about. */
type Sends = number[]

interface Paced {
  readonly all: readonly Window[]
  readonly chat: readonly Window[]
  readonly group: readonly Window[]
  isGroup(chat: string): boolean
  readonly answersAtOnce: boolean
  readonly sends: Sends
}

export function pacer(pacing: Pacing): Pacer {
  const channels = new Map<ChannelName, Paced>()
  for (const [name, pace] of Object.entries(pacing)) {
    const { all = NONE, chat = NONE, group = NONE, answersAtOnce = false } = pace
    const isGroup = pace.isGroup ?? (() => false)
    channels.set(name as ChannelName, { all, chat, group: [...chat, ...group], isGroup, answersAtOnce, sends: [] })
  }
  const chats = new Map<string, { readonly sends: Sends; readonly windows: readonly Window[] }>()

  const forget = (at: Instant) => {
    for (const [key, { sends, windows }] of chats) {
      const last = sends.at(-1) ?? 0
      if (windows.every(({ seconds }) => last + seconds * SECOND <= at)) chats.delete(key)
    }
  }

  return {
    take(channel, chat, at, isAnswer = false) {
      const pace = channels.get(channel)
      if (!pace) return GO
      const isFree = isAnswer && pace.answersAtOnce
      const wait = isFree ? 0 : waitFor(pace.sends, pace.all, at)
      if (wait > 0) return { wait, all: true }
      const key = `${channel} ${chat}`
      const windows = pace.isGroup(chat) ? pace.group : pace.chat
      const own = chats.get(key) ?? { sends: [], windows }
      const ownWait = isFree ? 0 : waitFor(own.sends, windows, at)
      if (ownWait > 0) return { wait: ownWait, all: false }
      note(pace.sends, pace.all, at)
      if (windows.length === 0) return GO
      note(own.sends, windows, at)
      chats.set(key, own)
      if (chats.size > REMEMBERED) forget(at)
      return GO
    },
  }
}

function waitFor(sends: Sends, windows: readonly Window[], at: Instant): number {
  let wait = 0
  for (const { messages, seconds } of windows) {
    const first = sends[sends.length - messages]
    if (first !== undefined) wait = Math.max(wait, first + seconds * SECOND - at)
  }
  return wait
}

function note(sends: Sends, windows: readonly Window[], at: Instant): void {
  if (windows.length === 0) return
  sends.push(at)
  if (sends.length > Math.max(...windows.map(({ messages }) => messages))) sends.shift()
}
