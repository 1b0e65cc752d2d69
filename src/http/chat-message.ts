import { formatInstant } from '../base/time.ts'
import type { Outgoing, PageMarks } from '../messaging/channel.ts'
import type { ChatMessage, ChatReview } from './contract.ts'

export function chatMessage(outgoing: Outgoing, zone: string): ChatMessage {
  return {
    seq: outgoing.id,
    text: outgoing.text,
    choices: outgoing.choices.map(({ id, label }) => ({ id, label })),
    question: outgoing.question,
    progress: outgoing.progress,
    matter: outgoing.matter,
    at: formatInstant(outgoing.createdAt, zone),
    ...repliedTo(outgoing),
    ...(outgoing.page?.talk !== undefined && { talk: outgoing.page.talk }),
    ...(outgoing.page?.answered !== undefined && { answered: outgoing.page.answered }),
    ...(outgoing.page?.multiple && { multiple: true }),
    ...(outgoing.page?.optional && { optional: true }),
    ...(outgoing.page?.asks !== undefined && { asks: outgoing.page.asks }),
    ...(outgoing.page?.review && { review: copyOf(outgoing.page.review) }),
    ...(outgoing.attachment && { file: fileOf(outgoing.attachment) }),
    ...(outgoing.voice !== undefined && { voice: `/voice/${outgoing.voice}` }),
  }
}

const fileOf = ({ id, name, type }: NonNullable<Outgoing['attachment']>) => ({ id, name, type })

const copyOf = ({ before, lines }: NonNullable<PageMarks['review']>): ChatReview => ({
  before,
  lines: lines.map(({ question, label, value }) => ({ question, label, value })),
})

/** How a page's message is called in the inbox: the channel, the chat's beginning, and the id that the page made. */
export const inboxName = (chat: string, messageId: string): string => `${chat.slice(0, 16)} ${messageId}`

function repliedTo({ channel, chat, cause }: Outgoing): Pick<ChatMessage, 're'> {
  const own = `${channel} ${inboxName(chat, '')}`
  return cause?.startsWith(own) ? { re: cause.slice(own.length) } : {}
}
