/** What a message of wechaty says, in the house's words. */
import type { Message } from 'wechaty'
import { instant } from '../../base/time.ts'
import type { Received, ReceivedBody } from '../../messaging/channel.ts'
import { withoutMentionOf } from '../mention.ts'
import type { ChannelParts } from '../parts.ts'

/** Kinds of messages by their numbers in wechaty's puppet interface. */
const TYPES = {
  0: 'unknown',
  1: 'file',
  2: 'voice',
  3: 'contact',
  4: 'forwarded',
  5: 'sticker',
  6: 'photo',
  7: 'text',
  8: 'location',
  9: 'mini_program',
  10: 'note',
  11: 'transfer',
  12: 'red_packet',
  13: 'recalled',
  14: 'link',
  15: 'video',
  16: 'post',
} as const

type Kind = (typeof TYPES)[keyof typeof TYPES]

const kindOf = (type: number): Kind => (TYPES as Readonly<Record<number, Kind>>)[type] ?? 'unknown'

/** Accounts of organisations write adverts; only persons are answered. */
const OFFICIAL_ACCOUNT = 2

/** What somebody quotes stands before the own words: it was another's. */
const QUOTE = /^「[\s\S]*?」\s*\n(?:- ?){5,}\s*\n/

export interface ReceiveOptions {
  readonly parts: Pick<ChannelParts, 'storeFile' | 'log'>
  readonly selfName: string
  /** Ends what takes too long. @throws when it did */
  limited<T>(work: () => Promise<T>): Promise<T>
}

/** @returns null for what is none of our business: own messages, notices of the app, and talk of a group that doesn't mention the bot */
export async function received(message: Message, options: ReceiveOptions): Promise<Received | null> {
  const kind = kindOf(message.type())
  if (message.self() || kind === 'unknown' || kind === 'recalled') return null
  const room = message.room()
  const talker = message.talker()
  if (Number(talker.type()) === OFFICIAL_ACCOUNT) return null
  if (room && !(kind === 'text' && (await message.mentionSelf()))) return null
  return {
    channel: 'wechat-personal',
    messageId: message.id,
    chat: room ? room.id : talker.id,
    from: talker.id,
    group: room !== undefined,
    at: instant(message.date().getTime()),
    language: null,
    body: await bodyOf(message, kind, options),
  }
}

async function bodyOf(message: Message, kind: Kind, options: ReceiveOptions): Promise<ReceivedBody> {
  switch (kind) {
    case 'text':
      return { kind, text: await wordsOf(message, options.selfName) }
    case 'photo':
    case 'file':
    case 'video':
    case 'voice':
      return fileOf(message, kind, options)
    case 'location':
      return placeOf(message, options)
    default:
      return { kind: 'other', what: kind }
  }
}

/** `message.toLocation()` throws whatever it is given (wechaty 1.20): the puppet is asked itself. */
async function placeOf(message: Message, { parts, limited }: ReceiveOptions): Promise<ReceivedBody> {
  try {
    const { latitude, longitude } = await limited(() => message.wechaty.puppet.messageLocation(message.id))
    return { kind: 'location', latitude, longitude }
  } catch {
    parts.log('place_not_fetched')
    return { kind: 'other', what: 'location' }
  }
}

async function wordsOf(message: Message, selfName: string): Promise<string> {
  const room = message.room()
  const text = message.text().replace(QUOTE, '')
  if (!room) return text.trim()
  const alias = await room.alias(message.wechaty.currentUser)
  return withoutMentionOf(text, [alias ?? '', selfName])
}

async function fileOf(
  message: Message,
  kind: 'photo' | 'file' | 'video' | 'voice',
  { parts, limited }: ReceiveOptions,
): Promise<ReceivedBody> {
  try {
    const file = await limited(async () => {
      const box = await message.toFileBox()
      return parts.storeFile(Uint8Array.from(await box.toBuffer()), box.name)
    })
    return kind === 'voice' ? { kind, file, transcript: null } : { kind, file }
  } catch {
    parts.log('file_not_fetched', { kind })
    return { kind: 'other', what: kind }
  }
}
