import type { ChatMessage } from '../../../http/contract'
import type { Line } from './lines'

/**
 * The message that may be answered by tapping: the newest reply, while nothing has been said after it. What came by itself
 * later (a reminder) doesn't close it; a message that is answered by its own buttons is none.
 */
export function currentOf(lines: readonly Line[]): ChatMessage | null {
  for (const line of [...lines].reverse()) {
    if (line.from === 'me') return null
    if (line.message.re !== undefined || line.message.question !== null) return line.message
  }
  return null
}

/** How far the open conversation is; it stays in sight while an answer is on its way. */
export const lastProgress = (heard: readonly ChatMessage[]): ChatMessage['progress'] =>
  [...heard].reverse().find(({ progress }) => progress !== null)?.progress ?? null
