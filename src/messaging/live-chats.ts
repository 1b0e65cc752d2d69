import type { Instant } from '../base/time.ts'
import type { Account } from './account.ts'
import type { Talk } from './talk.ts'

/** A chat that was heard from lately. A hint: the revisions of the rows decide whether it was right. */
export interface LiveChat {
  readonly key: string
  readonly account: Account
  readonly talk: Talk | null
  /** No draft is stored for this account, as far as is known here: it need not be looked for. */
  readonly draftless: boolean
  /** No talk with a person is open, as far as is known here: it need not be looked for. */
  readonly noTicket: boolean
  /** The account's place as it was when read: whoever is bound meanwhile is seen after that long. */
  readonly loadedAt: Instant
  readonly usedAt: Instant
}

export interface LiveChats {
  get(key: string, at: Instant): LiveChat | undefined
  set(chat: LiveChat): void
  drop(key: string): void
  /** Drops every chat of an account, whose binding or profile somebody changed elsewhere. */
  dropAccount(identityId: string): void
  /** Lets go of what was not used since. */
  dropIdle(since: Instant): void
  readonly size: number
}

/**
 * @param limit chats kept, least recently used go first
 * @param freshFor milliseconds after which a chat is read again, so that what other processes changed is seen
 */
export function liveChats(limit: number, freshFor: number): LiveChats {
  const chats = new Map<string, LiveChat>()
  return {
    get(key, at) {
      const chat = chats.get(key)
      if (!chat) return undefined
      if (at - chat.loadedAt > freshFor) {
        chats.delete(key)
        return undefined
      }
      return chat
    },
    set(chat) {
      chats.delete(chat.key)
      chats.set(chat.key, chat)
      if (chats.size <= limit) return
      const oldest = chats.keys().next()
      if (!oldest.done) chats.delete(oldest.value)
    },
    drop: (key) => void chats.delete(key),
    dropAccount(identityId) {
      for (const [key, chat] of chats) if (chat.account.record.id === identityId) chats.delete(key)
    },
    dropIdle(since) {
      for (const [key, chat] of chats) {
        if (chat.usedAt >= since) return
        chats.delete(key)
      }
    },
    get size() {
      return chats.size
    },
  }
}
