/**
 * Messages that may still be answered by their own frame, in memory: a hint. What isn't here is sent by itself, which some
 * installations are refused in private chats.
 */
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
  /** Null in a group: a reply there is one to the person who wrote. */
  readonly privateChat: string | null
}

export interface OpenFrames {
  add(messageId: string, frame: OpenFrame): void
  /** The frame of the message that is answered; in a private chat also that of the last message. */
  find(messageId: string | null, chat: string): OpenFrame | null
  /** It is used up, or refused. */
  drop(frame: OpenFrame): void
  /** Frames belong to a connection. */
  clear(): void
}

export function openFrames(clock: Clock): OpenFrames {
  const open = new Map<string, { readonly frame: OpenFrame; readonly until: Instant }>()
  /** Private chat → its last message. */
  const last = new Map<string, string>()

  const forget = (messageId: string) => {
    const chat = open.get(messageId)?.frame.privateChat
    open.delete(messageId)
    if (chat !== undefined && chat !== null && last.get(chat) === messageId) last.delete(chat)
  }

  const frameOf = (messageId: string): OpenFrame | null => {
    const found = open.get(messageId)
    if (found && found.until > clock.now()) return found.frame
    forget(messageId)
    return null
  }

  return {
    add(messageId, frame) {
      const length = frame.kind === 'message' ? MESSAGE_OPEN : EVENT_OPEN
      open.set(messageId, { frame, until: (clock.now() + length) as Instant })
      if (frame.kind === 'message' && frame.privateChat !== null) last.set(frame.privateChat, messageId)
      for (const first of open.keys()) {
        if (open.size <= REMEMBERED) break
        forget(first)
      }
    },
    find(messageId, chat) {
      const own = messageId === null ? null : frameOf(messageId)
      const lastId = last.get(chat)
      return own ?? (lastId === undefined ? null : frameOf(lastId))
    },
    drop(frame) {
      for (const [messageId, found] of open) if (found.frame === frame) forget(messageId)
    },
    clear() {
      open.clear()
      last.clear()
    },
  }
}
