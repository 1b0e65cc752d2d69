/**
 * What the bot asked outside any flow and waits to hear: “is it about your house?”. Kept with the account, because it belongs to
 * no conversation; the words it was understood from stay in the inbox, and only their ids are kept here.
 */
import type { Told } from '../flow/turn.ts'
import { changedAccount } from './account.ts'
import type { Received, ReceivedBody } from './channel.ts'
import type { Parts } from './parts.ts'
import type { Work } from './work.ts'

export interface Asked {
  readonly chat: string
  /** Offered, in the order shown; none when only what was told is kept for the flow that is chosen next. */
  readonly flows: readonly string[]
  /** Inbox ids of the messages that told of it, oldest first. */
  readonly told: readonly string[]
  readonly danger: boolean
  /** It was put a second time because the answer was not understood. */
  readonly again: boolean
  /** Id of a measure that a photo may be sent of; nothing is offered then. */
  readonly photoOf?: string
}

/** Messages that one telling is made of, at most. */
export const MOST_TOLD = 3

export function askedOf(work: Work): Asked | null {
  const { asked } = work.account.record
  if (!asked) return null
  const one = JSON.parse(asked) as Asked
  return one.chat === work.place.chat ? one : null
}

export function setAsked(parts: Parts, work: Work, asked: Omit<Asked, 'chat'> | null): void {
  const text = asked === null ? null : JSON.stringify({ chat: work.place.chat, ...asked } satisfies Asked)
  if (text === null && !work.account.record.asked) return
  work.identitySet['asked'] = text
  work.account = changedAccount(work.account, { asked: text }, parts.text)
}

/** Whether this turn has put, or taken back, such a question. */
export const hasAsked = (work: Work): boolean => 'asked' in work.identitySet

/**
 * The words behind the ids, and what of them counts.
 * @param now the words of the message that is being handled, which is not stored yet
 * @returns null when they are gone
 */
export async function toldBefore(
  parts: Parts,
  work: Work,
  ids: readonly string[],
  now: string | null,
): Promise<Told | null> {
  const texts: string[] = []
  for (const id of ids) {
    const text = id === work.cause ? now : wordsIn((await parts.reads.inbox(id))?.body)
    if (text !== null) texts.push(text)
  }
  if (texts.length === 0) return null
  return {
    ref: ids.join('\n'),
    text: texts.join('\n'),
    clear: texts.map((text) => parts.intent.read(text).clear).join(','),
  }
}

/** Inbox ids of the telling that a conversation waits to use until a consent is given; null for most. */
export function toldWaiting({ talk }: Work): readonly string[] | null {
  const ref = talk?.state.parked.more['told']
  return typeof ref === 'string' ? ref.split('\n') : null
}

function wordsIn(body: string | undefined): string | null {
  if (body === undefined) return null
  const kept = JSON.parse(body) as ReceivedBody | { readonly received: Received }
  const said = 'received' in kept ? kept.received.body : kept
  return said.kind === 'text' ? said.text : said.kind === 'voice' ? said.transcript : null
}
