import type { ChatMessage } from '../../../http/contract.ts'
import { isStanding } from './choice-kinds.ts'
import type { Line } from './lines.ts'

/**
 * The message that may be answered by tapping: the newest reply, while nothing has been said after it. What came by itself
 * later (a reminder) doesn't close it, unless it has choices of its own beside those that stay with it.
 */
export function currentOf(lines: readonly Line[]): ChatMessage | null {
  for (const line of [...lines].reverse()) {
    if (line.from === 'me' && (line.message.state === 'refused' || line.message.body.kind === 'start')) continue
    if (line.from === 'me') return null
    const { re, question, choices } = line.message
    if (re !== undefined || question !== null || choices.some((choice) => !isStanding(choice))) return line.message
  }
  return null
}

/** How far the open conversation is; it stays in sight while an answer is on its way. */
export const lastProgress = (heard: readonly ChatMessage[]): ChatMessage['progress'] =>
  [...heard].reverse().find(({ progress }) => progress !== null)?.progress ?? null
