/**
 * The web chat. What is sent is in the outbox already, which is the page's transcript: sending only wakes the pages
 * that listen, and a page that was away reads what it missed.
 */
import type { Channel, Outgoing, Received } from '../messaging/channel.ts'
import { ABILITIES } from './abilities.ts'

export interface WebChannel extends Channel {
  /** A message from a page. Resolves once it is durable. */
  receive(received: Received): Promise<void>
  /** Calls `listener` for each message to that chat, until the returned function is called. */
  listen(chat: string, listener: (outgoing: Outgoing) => void): () => void
}

export function webChannel(): WebChannel {
  const listeners = new Map<string, Set<(outgoing: Outgoing) => void>>()
  let deliver: ((received: Received) => Promise<void>) | null = null
  return {
    name: 'web',
    abilities: ABILITIES.web,
    start(given) {
      deliver = given
      return Promise.resolve()
    },
    async receive(received) {
      if (!deliver) throw new Error('the web channel has not started')
      await deliver(received)
    },
    listen(chat, listener) {
      const those = listeners.get(chat) ?? new Set()
      those.add(listener)
      listeners.set(chat, those)
      return () => {
        those.delete(listener)
        if (those.size === 0) listeners.delete(chat)
      }
    },
    send(outgoing) {
      for (const listener of listeners.get(outgoing.chat) ?? []) listener(outgoing)
      return Promise.resolve({ kind: 'sent', platformId: null })
    },
    stop() {
      deliver = null
      listeners.clear()
      return Promise.resolve()
    },
  }
}
