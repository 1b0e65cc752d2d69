/** The two sides of a chat as one list, and which of the own lines are answers that can still be changed. */
import type { ChatMessage } from '../../../http/contract.ts'
import type { OwnMessage } from './own-messages.ts'

export type Line =
  | { readonly from: 'bot'; readonly message: ChatMessage }
  | {
      readonly from: 'me'
      readonly message: OwnMessage
      /** Path of the question that it answered, while that answer counts and can be changed. */
      readonly answers: string | null
      /** It was heard, whatever became of the receipt. */
      readonly replied: boolean
    }

/**
 * An own message stands before its reply; one without a reply stands where it was said.
 * @param heard by seq @param said by order
 */
export function linesOf(heard: readonly ChatMessage[], said: readonly OwnMessage[]): Line[] {
  const answered = answersOf(heard)
  const replied = new Set(heard.map(({ re }) => re))
  const lines: Line[] = []
  const placed = new Set<string>()
  const byId = new Map(said.map((own) => [own.messageId, own]))
  const put = (own: OwnMessage) => {
    if (placed.has(own.messageId)) return
    placed.add(own.messageId)
    const { messageId } = own
    lines.push({
      from: 'me',
      message: own,
      answers: answered.get(messageId) ?? null,
      replied: replied.has(messageId),
    })
  }
  const waiting = said
    .filter((own) => !replied.has(own.messageId))
    .map((own) => ({ own, after: anchorOf(own, heard, byId) }))
  const afterSeq = (seq: string) => {
    for (const { own, after } of waiting) if (after === seq) put(own)
  }
  afterSeq('')
  for (const message of heard) {
    const own = message.re === undefined ? undefined : byId.get(message.re)
    if (own) put(own)
    lines.push({ from: 'bot', message })
    afterSeq(message.seq)
  }
  for (const own of said) put(own)
  return lines
}

/** The seq after which an own message stands that has no reply yet: what was heard then, or a reply to something said earlier. */
function anchorOf(own: OwnMessage, heard: readonly ChatMessage[], byId: ReadonlyMap<string, OwnMessage>): string {
  let anchor = own.afterSeq
  for (const { seq, re } of heard) {
    const earlier = re === undefined ? undefined : byId.get(re)
    if (earlier && earlier.order < own.order && seq > anchor) anchor = seq
  }
  return anchor
}

/** The conversation that is open now; null when none is. */
export function openTalk(heard: readonly ChatMessage[]): string | null {
  const replies = heard.filter(({ re }) => re !== undefined)
  return replies[replies.length - 1]?.talk ?? null
}

/** messageId → question, the last answer of each question of the open conversation; the open question's own is left out. */
function answersOf(heard: readonly ChatMessage[]): ReadonlyMap<string, string> {
  const talk = openTalk(heard)
  const found = new Map<string, string>()
  if (talk === null) return found
  const open = heard.filter((message) => message.talk === talk)
  const current = open[open.length - 1]?.question
  const taken = new Set<string>()
  for (const { re, answered } of [...open].reverse()) {
    if (re === undefined || answered === undefined || answered === current || taken.has(answered)) continue
    taken.add(answered)
    found.set(re, answered)
  }
  return found
}
