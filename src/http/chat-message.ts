import { formatInstant } from '../base/time.ts'
import type { Outgoing } from '../messaging/channel.ts'
import type { ChatMessage } from './contract.ts'

export function chatMessage(outgoing: Outgoing, zone: string): ChatMessage {
  return {
    seq: outgoing.id,
    text: outgoing.text,
    choices: outgoing.choices.map(({ id, label }) => ({ id, label })),
    question: outgoing.question,
    progress: outgoing.progress,
    matter: outgoing.matter,
    at: formatInstant(outgoing.createdAt, zone),
  }
}
