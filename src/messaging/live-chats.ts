import type { Instant } from '../base/time.ts'
import { personOf, type Account } from './account.ts'
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
  /** Drops the chats of the person's other accounts: they hold what this one has just changed. */
  dropOthers(chat: Pick<LiveChat, 'key' | 'account'>): void
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
  /** Persons with a chat of another account than their first. */
  const linked = new Set<string>()
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
      if (chat.account.record.sameAs) linked.add(personOf(chat.account.record))
      if (chats.size <= limit) return
      const oldest = chats.keys().next()
      if (!oldest.done) chats.delete(oldest.value)
    },
    drop: (key) => void chats.delete(key),
    dropAccount(identityId) {
      for (const [key, { account }] of chats)
        if (account.record.id === identityId || personOf(account.record) === identityId) chats.delete(key)
    },
    dropOthers({ key: own, account: { record } }) {
      if (!record.sameAs && !linked.has(record.id)) return
      const person = personOf(record)
      for (const [key, { account }] of chats) if (key !== own && personOf(account.record) === person) chats.delete(key)
      if (!record.sameAs) linked.delete(person)
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
