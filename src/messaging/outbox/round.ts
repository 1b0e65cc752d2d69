/** One look at all chats that are due. */
import type { ChannelName } from '../channel.ts'

export interface Round {
  /** Chats that can't be served now. */
  readonly passed: Set<string>
  /** Looks at a chat in this round. */
  readonly tries: Map<string, number>
  /** Channels that can't be served now. */
  readonly except: Set<ChannelName>
  /** Milliseconds until the first of them can be, so far as is known. */
  wait: number
}

export function byChannel<T extends { readonly channel: ChannelName }>(chats: readonly T[]): T[][] {
  const groups = new Map<ChannelName, T[]>()
  for (const chat of chats) {
    const group = groups.get(chat.channel)
    if (group) group.push(chat)
    else groups.set(chat.channel, [chat])
  }
  return [...groups.values()]
}

/** At most `width` at a time, begun in order. */
export async function inPool<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  let place = 0
  const worker = async () => {
    for (let item = items[place++]; item !== undefined; item = items[place++]) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker))
}
