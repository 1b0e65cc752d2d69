/** A message on its way out: HTML, plain if that is refused, to the group's new address if it has one. */
import { InputFile, type Api } from 'grammy'
import type { Message } from 'grammy/types'
import type { Outgoing, SendOutcome } from '../../messaging/channel.ts'
import { choiceKey, type Client } from './client.ts'
import { codeOf, movedTo, outcomeOf, refusesMarkup } from './errors.ts'
import { callable, plainText, richText, type Called } from './format.ts'
import { DATA_BYTES, keyboardOf } from './keyboard.ts'
import { remembered } from './remembered.ts'
import { shortChoice } from '../short-choice.ts'

/** UTF-16 units, entities taken off. */
const TEXT_LIMIT = 4096
const CAPTION_LIMIT = 1024
/** Larger pictures go as files. */
const MOST_PHOTO_BYTES = 10 * 1024 * 1024

const CHAT = /^-?\d{1,16}$/
const NAME_LENGTH = 32
/** Messages of which the text has left and the file has not. */
const HALF_SENT = 1000

interface File {
  readonly bytes: Uint8Array
  readonly name: string
  readonly isPhoto: boolean
}

export function sender(client: Client): (outgoing: Outgoing) => Promise<SendOutcome> {
  const { api, parts } = client
  const textSent = remembered<string>(HALF_SENT)

  async function deliver(outgoing: Outgoing, chat: string): Promise<SendOutcome> {
    const file = await fileOf(outgoing)
    for (const { id } of outgoing.choices) {
      client.choices.set(choiceKey(chat, shortChoice(id, DATA_BYTES)), id)
    }
    const called = await calledIn(outgoing, chat)
    if (file && outgoing.text.length <= CAPTION_LIMIT) {
      const fitting = callable(called, outgoing.text, CAPTION_LIMIT)
      return sent(await rich(outgoing, fitting, (text) => sendFile(api, chat, file, text)))
    }
    const before = textSent.get(outgoing.id)
    const first = before ?? String((await words(outgoing, chat, called)).message_id)
    if (!file) return { kind: 'sent', platformId: first }
    textSent.set(outgoing.id, first)
    try {
      await sendFile(api, chat, file, {})
    } catch (error) {
      const outcome = outcomeOf(error)
      // The words have arrived: only the file is tried again.
      if (outcome.kind !== 'unsendable') return outcome
      parts.log('telegram_file_refused', { reason: outcome.reason })
    }
    return { kind: 'sent', platformId: first }
  }

  const words = (outgoing: Outgoing, chat: string, called: readonly Called[]): Promise<Message> =>
    rich(
      outgoing,
      callable(called, outgoing.text, TEXT_LIMIT),
      ({ caption, parse_mode: mode, reply_markup: keyboard }) =>
        api.sendMessage(Number(chat), caption ?? '', {
          link_preview_options: { is_disabled: true },
          ...(mode && { parse_mode: mode }),
          ...(keyboard && { reply_markup: keyboard }),
        }),
    )

  async function fileOf({ attachment }: Outgoing): Promise<File | null> {
    if (!attachment) return null
    try {
      const bytes = await parts.readFile(attachment.id)
      const isPicture = attachment.type === 'image/jpeg' || attachment.type === 'image/png'
      return { bytes, name: nameOf(attachment.name), isPhoto: isPicture && bytes.length <= MOST_PHOTO_BYTES }
    } catch {
      parts.log('telegram_file_missing', {})
      return null
    }
  }

  /** Names for those who are called; who has none here is left out. */
  async function calledIn({ mentions }: Outgoing, chat: string): Promise<readonly Called[]> {
    const called: Called[] = []
    for (const id of mentions.filter((account) => /^\d{1,16}$/.test(account))) {
      const name = client.names.get(id) ?? (await nameIn(chat, id))
      if (name !== null) called.push({ id, name: name.slice(0, NAME_LENGTH) })
    }
    return called
  }

  async function nameIn(chat: string, id: string): Promise<string | null> {
    try {
      const { user } = await api.getChatMember(Number(chat), Number(id))
      client.names.set(id, user.first_name)
      return user.first_name
    } catch {
      return null
    }
  }

  return async function send(given) {
    const outgoing = { ...given, text: plainText(given.text, TEXT_LIMIT) }
    if (!CHAT.test(outgoing.chat)) return { kind: 'unsendable', reason: 'chat_not_found' }
    try {
      return await deliver(outgoing, outgoing.chat)
    } catch (error) {
      const moved = movedTo(error)
      if (moved === null) return failed(outgoing.chat, error)
      try {
        await parts.groupMoved(outgoing.chat, moved)
        return await deliver(outgoing, moved)
      } catch (again) {
        return failed(moved, again)
      }
    }
  }

  async function failed(chat: string, error: unknown): Promise<SendOutcome> {
    const outcome = outcomeOf(error)
    if (outcome.kind === 'unsendable' && outcome.reason === 'kicked' && chat.startsWith('-')) {
      await parts.groupLeft(chat, true).catch(() => parts.log('telegram_group_left_unkept', {}))
    }
    if (outcome.kind !== 'retry' && outcome.kind !== 'unknown') {
      parts.log('telegram_not_sent', { kind: outcome.kind, reason: outcome.reason, code: codeOf(error) })
    }
    return outcome
  }
}

interface Worded {
  readonly caption?: string
  readonly parse_mode?: 'HTML'
  readonly reply_markup?: ReturnType<typeof keyboardOf>
}

/** The words with markup; without it when the platform refuses that. */
async function rich(
  { text, choices, reminder }: Outgoing,
  called: readonly Called[],
  send: (worded: Worded) => Promise<Message>,
): Promise<Message> {
  const keyboard = choices.length > 0 ? { reply_markup: keyboardOf(choices) } : {}
  const caption = richText(text, { titled: reminder !== null, called })
  try {
    return await send({ ...(caption !== '' && { caption, parse_mode: 'HTML' }), ...keyboard })
  } catch (error) {
    if (!refusesMarkup(error)) throw error
    return send({ caption: text, ...keyboard })
  }
}

const sent = (message: Message): SendOutcome => ({ kind: 'sent', platformId: String(message.message_id) })

function sendFile(api: Api, chat: string, { bytes, name, isPhoto }: File, worded: Worded): Promise<Message> {
  const file = new InputFile(bytes, name)
  return isPhoto ? api.sendPhoto(Number(chat), file, worded) : api.sendDocument(Number(chat), file, worded)
}

/** grammY writes the name into a header as it is. */
const nameOf = (name: string): string => name.replace(/[\r\n";\\/]/g, '_') || 'file'
