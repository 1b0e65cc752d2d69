/**
 * Hands messages to the house, one after the other of each chat. The platform says each thing once: what the house can't take now
 * is offered again from here, with growing pauses.
 */
import { SECOND } from '../base/time.ts'

export interface Deliveries {
  /** Runs the steps of one frame after those of the chat's earlier ones; `work` rejects when it has to be run again. */
  add(chat: string, work: () => Promise<void>): void
  /** Ends what waits, and resolves when nothing is under way. */
  stop(): Promise<void>
}

/** About eight minutes of trying. */
const TRIES = 10
const LONGEST = 90 * SECOND

/** @param pauseMs of the first pause; each is twice the one before */
export function deliveries(onLost: () => void, pauseMs = SECOND): Deliveries {
  const chats = new Map<string, Promise<void>>()
  const stopping = new AbortController()

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        stopping.signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      stopping.signal.addEventListener('abort', end)
    })

  const run = async (work: () => Promise<void>) => {
    for (let tries = 1; !stopping.signal.aborted; tries++) {
      try {
        return await work()
      } catch {
        if (tries === TRIES) return onLost()
        await rest(Math.min(pauseMs * 2 ** (tries - 1), LONGEST))
      }
    }
  }

  return {
    add(chat, work) {
      const mine = (chats.get(chat) ?? Promise.resolve())
        .then(() => run(work))
        .then(() => {
          if (chats.get(chat) === mine) chats.delete(chat)
        })
      chats.set(chat, mine)
    },
    async stop() {
      stopping.abort()
      await Promise.all(chats.values())
    },
  }
}
