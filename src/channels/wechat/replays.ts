/** Pushes that were taken lately: one signature stands for one message. In memory only; a restart forgets, and ids tell repeats still. */
import { createHash } from 'node:crypto'
import type { Instant } from '../../base/time.ts'

export interface Replays {
  /** @returns false when the same moment and nonce came before with another message */
  isNew(timestamp: string, nonce: string, message: string, at: Instant): boolean
}

/**
 * @param keptMs how long a signature could be used again
 * @param limit of those remembered; beyond it the oldest goes
 */
export function replays(keptMs: number, limit = 20_000): Replays {
  const seen = new Map<string, { readonly digest: string; readonly at: Instant }>()

  const forget = (at: Instant) => {
    for (const [key, one] of seen) {
      if (seen.size <= limit && at - one.at <= keptMs) return
      seen.delete(key)
    }
  }

  return {
    isNew(timestamp, nonce, message, at) {
      const key = `${timestamp} ${nonce}`
      const digest = createHash('sha256').update(message).digest('base64')
      const before = seen.get(key)
      if (before) return before.digest === digest
      seen.set(key, { digest, at })
      forget(at)
      return true
    },
  }
}
