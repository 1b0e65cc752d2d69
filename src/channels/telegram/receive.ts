/**
 * An update becomes what the house understands.
 *
 * An edited message: an answer that was given is given, and the next question stands; taking the new words for an answer to that
 * one would be wrong. The person is told so (`other`, `edited`); in a group an edit is nothing.
 */
import type { CallbackQuery, Chat, ChatMemberUpdated, Message, Update } from 'grammy/types'
import { instant, type Instant } from '../../base/time.ts'
import type { Received, ReceivedBody } from '../../messaging/channel.ts'
import { isShortened } from '../short-choice.ts'
import { apiSignal, choiceKey, type Client } from './client.ts'
import { durably, NotNow } from './durably.ts'
import { attachedTo, bodyOf } from './media.ts'
import { markTapped } from './mark-tapped.ts'
import { isWellFormed } from './well-formed.ts'
import { heardIn, wordsOf, type Us } from './words-for-us.ts'

/** The kinds of updates that are asked for. */
export const ALLOWED = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

export interface Receiver {
  readonly client: Client
  us(): Us
  deliver(received: Received): Promise<void>
  /** Ended when the channel stops. */
  readonly signal: AbortSignal
  /** Work that nobody waits for but `stop`. */
  aside(work: Promise<unknown>): void
}

/** Updates of one chat are taken one after the other. Never throws, whatever the update is like. */
export function chatOf(update: Update): string {
  const { message, edited_message: edited, callback_query: tap, my_chat_member: member } = update
  const chat: Partial<Chat> | undefined = message?.chat ?? edited?.chat ?? tap?.message?.chat ?? member?.chat
  const from: Partial<CallbackQuery['from']> | undefined = tap?.from
  const id: unknown = chat?.id ?? from?.id
  return typeof id === 'number' ? String(id) : `u${update.update_id}`
}

/** Resolves when it is durable, or was nothing for us; rejects when the update must come again. */
export async function take(receiver: Receiver, update: Update): Promise<void> {
  try {
    if (!isWellFormed(update)) throw new Error('not as it is documented')
    await read(receiver, update)
  } catch (error) {
    if (error instanceof NotNow) throw error
    // Not as the platform's documentation has it: it would be the same each time, and hold up everybody.
    receiver.client.parts.log('telegram_update_unreadable', { update: update.update_id })
  }
}

async function read(receiver: Receiver, update: Update): Promise<void> {
  if (update.message) await message(receiver, update.message)
  else if (update.edited_message) await edited(receiver, update.edited_message)
  else if (update.callback_query) await tap(receiver, update.callback_query)
  else if (update.my_chat_member) await member(receiver.client, update.my_chat_member)
}

const isGroup = ({ type }: Chat): boolean => type === 'group' || type === 'supergroup'

async function message(receiver: Receiver, given: Message): Promise<void> {
  const { client } = receiver
  const { parts } = client
  const chat = String(given.chat.id)
  if (given.migrate_to_chat_id !== undefined) {
    return durably(parts.groupMoved(chat, String(given.migrate_to_chat_id)))
  }
  if (given.migrate_from_chat_id !== undefined) {
    return durably(parts.groupMoved(String(given.migrate_from_chat_id), chat))
  }
  if (!isPersons(given)) return
  if (given.from) client.names.set(String(given.from.id), given.from.first_name)
  const group = isGroup(given.chat)
  for (const [place, body] of (await bodiesOf(receiver, given, group)).entries()) {
    const id = `${chat}:${given.message_id}`
    await give(receiver, receivedOf(given, place === 0 ? id : `${id}:${place}`, secondsAt(given.date), body))
  }
}

/** Of a person who is known: no other bot, nobody who speaks as a group or channel, and in a group nobody else's words. */
function isPersons({ chat, from, sender_chat: as, forward_origin: origin }: Message): boolean {
  if (chat.type === 'channel' || !from || from.is_bot || as) return false
  return !(isGroup(chat) && origin)
}

async function bodiesOf(receiver: Receiver, given: Message, group: boolean): Promise<readonly ReceivedBody[]> {
  const words = wordsOf(given)
  const heard = words && heardIn(words.text, words.entities, receiver.us())
  if (heard?.kind === 'not_ours') return []
  // In a group nothing is begun: whoever opens the bot there looks for what it can do.
  const said: ReceivedBody[] = heard && !(heard.kind === 'start' && group) ? [heard] : []
  const attached = attachedTo(given)
  if (attached) return [await bodyOf(receiver.client, attached, receiver.signal), ...said]
  if (said.length > 0) return said
  const { location, venue } = given
  const place = venue?.location ?? location
  if (place) return [{ kind: 'location', latitude: place.latitude, longitude: place.longitude }]
  const what = OTHERS.find((kind) => kind in given)
  return what === undefined ? [] : [{ kind: 'other', what }]
}

/** What a person may send that can't be read. What the platform itself says in a chat (who came, who was pinned) is in none of these. */
const OTHERS = ['photo', 'sticker', 'contact', 'poll', 'dice', 'game', 'story', 'checklist', 'paid_media'] as const

async function edited(receiver: Receiver, given: Message): Promise<void> {
  if (isGroup(given.chat) || !isPersons(given) || !wordsOf(given)) return
  const id = `${given.chat.id}:${given.message_id}:e${given.edit_date ?? 0}`
  const body: ReceivedBody = { kind: 'other', what: 'edited' }
  await give(receiver, receivedOf(given, id, secondsAt(given.edit_date ?? given.date), body))
}

const give = ({ deliver }: Receiver, received: Received): Promise<void> => durably(deliver(received))

const secondsAt = (seconds: number): Instant => instant(seconds * 1000)

const receivedOf = (given: Message, messageId: string, at: Instant, body: ReceivedBody): Received => ({
  channel: 'telegram',
  messageId,
  chat: String(given.chat.id),
  from: String(given.from?.id),
  group: isGroup(given.chat),
  at,
  language: given.from?.language_code ?? null,
  body,
})

async function tap(receiver: Receiver, given: CallbackQuery): Promise<void> {
  const { client, aside } = receiver
  const { api, parts } = client
  const { from, data, message: under } = given
  // Too old to be answered is no trouble: the tap counts all the same.
  const answered = api.answerCallbackQuery(given.id, {}, apiSignal(receiver.signal)).catch(() => {})
  aside(answered)
  if (!under || data === undefined || from.is_bot) return
  client.names.set(String(from.id), from.first_name)
  const chat = String(under.chat.id)
  const known = client.choices.get(choiceKey(chat, data))
  const id = known ?? (isShortened(data) ? await durably(parts.choiceOf(chat, data)) : data)
  await give(receiver, {
    channel: 'telegram',
    messageId: `cb:${given.id}`,
    chat,
    from: String(from.id),
    group: isGroup(under.chat),
    at: parts.clock.now(),
    language: from.language_code ?? null,
    // What is not known any more is answered as out of date.
    body: { kind: 'choice', id: id ?? data },
  })
  aside(markTapped(api, under, data, receiver.signal))
}

/** The bot was taken into a group, or out of it. That a person blocked it shows when something is sent. */
async function member({ parts }: Client, { chat, new_chat_member: now }: ChatMemberUpdated): Promise<void> {
  if (!isGroup(chat)) return
  const isIn = now.status === 'restricted' ? now.is_member : now.status !== 'left' && now.status !== 'kicked'
  await durably(parts.groupLeft(String(chat.id), !isIn))
}
