/** Messages that may still be answered by their own frame, in memory: a hint. What isn't here is answered by a message of its own. */
import { MINUTE, SECOND } from '../../base/time.ts'
import type { Clock, Instant } from '../../base/time.ts'

/** An answer to a message is a reply to it for so long; the platform forgets it later than that. */
const MESSAGE_OPEN = 5 * MINUTE
/** The greeting of somebody who opened the chat: five seconds are given, and the way takes some of them. */
const EVENT_OPEN = 4 * SECOND
const REMEMBERED = 2_000

export interface OpenFrame {
  readonly kind: 'message' | 'event'
  readonly headers: { readonly req_id: string }
}

export interface OpenFrames {
  add(messageId: string, frame: OpenFrame): void
  /** The frame that this message came with, once. */
  take(messageId: string): OpenFrame | null
  /** Frames belong to a connection. */
  clear(): void
}

export function openFrames(clock: Clock): OpenFrames {
  const open = new Map<string, { readonly frame: OpenFrame; readonly until: Instant }>()
  return {
    add(messageId, frame) {
      const length = frame.kind === 'message' ? MESSAGE_OPEN : EVENT_OPEN
      open.set(messageId, { frame, until: (clock.now() + length) as Instant })
      for (const first of open.keys()) {
        if (open.size <= REMEMBERED) break
        open.delete(first)
      }
    },
    take(messageId) {
      const found = open.get(messageId)
      open.delete(messageId)
      return found && found.until > clock.now() ? found.frame : null
    },
    clear: () => open.clear(),
  }
}
