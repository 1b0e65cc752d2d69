/** What an outbox row keeps of a message: what its own columns don't say, without what is empty. */
import type { Outgoing } from '../channel.ts'
import type { OutboxRecord } from '../ports.ts'

/** A row as far as a message is read from it. */
export type PayloadRow = Pick<OutboxRecord, 'id' | 'channel' | 'chat' | 'payload' | 'createdAt'>

const EMPTY = { choices: [], mentions: [], cause: null, reminder: null, matter: null, question: null, progress: null }

export function payloadOf(outgoing: Outgoing): string {
  const { text, choices, mentions, cause, reminder, matter, about, question, progress, page, attachment, voice } =
    outgoing
  return JSON.stringify({
    text,
    choices: choices.length > 0 ? choices : undefined,
    mentions: mentions.length > 0 ? mentions : undefined,
    cause: cause ?? undefined,
    reminder: reminder ?? undefined,
    matter: matter ?? undefined,
    about,
    question: question ?? undefined,
    progress: progress ?? undefined,
    page,
    attachment,
    voice,
  })
}

/** The message, as it would be sent for the first time. Rows written before 0.2 say everything in the payload: the same is read. */
export function outgoingOf({ id, channel, chat, payload, createdAt }: PayloadRow): Outgoing {
  const kept = JSON.parse(payload) as Partial<Outgoing> & Pick<Outgoing, 'text'>
  return { ...EMPTY, ...kept, id, channel, chat, createdAt, again: false }
}
