/** Sends through wechaty, which tells no more of a failure than that it failed. */
import type { Contact, Room, Wechaty } from 'wechaty'
import { SECOND } from '../../base/time.ts'
import type { Outgoing, SendOutcome } from '../../messaging/channel.ts'
import { neutralise } from '../neutralise.ts'
import type { ChannelParts } from '../parts.ts'
import { wasNeverMade } from '../post-json.ts'

export const reason = (what: string): string => `wechat-personal:${what}`

/** After a login the app hands over persons and groups bit by bit: until then nobody is unknown. */
const SETTLING = 120 * SECOND
const SETTLING_AGAIN = 30
const SOON = 10

export interface SendOptions {
  readonly parts: Pick<ChannelParts, 'readFile' | 'log'>
  /** Milliseconds since the login. */
  loggedInFor(): number
  /** Ends what takes too long. @throws DOMException TimeoutError */
  limited<T>(work: () => Promise<T>): Promise<T>
}

export async function send(bot: Wechaty, outgoing: Outgoing, options: SendOptions): Promise<SendOutcome> {
  const found = await options.limited(() => receiverOf(bot, outgoing.chat)).catch(() => 'busy' as const)
  if (found === 'busy') return { kind: 'retry', afterSeconds: SOON, reason: reason('lookup') }
  if (found === null && options.loggedInFor() < SETTLING) {
    return { kind: 'retry', afterSeconds: SETTLING_AGAIN, reason: reason('settling') }
  }
  if (found === null) return { kind: 'unsendable', reason: reason('no_such_chat') }
  if ('room' in found && !found.isIn) return { kind: 'unsendable', reason: reason('not_in_group') }
  if ('contact' in found && found.contact.friend() === false) return { kind: 'person', reason: reason('no_friend') }
  try {
    const text = neutralise(outgoing.text, { at: true })
    await options.limited(() => say(bot, found, text, outgoing.mentions))
  } catch (error) {
    return failed(error)
  }
  if (outgoing.attachment) await attach(found, outgoing.attachment, options)
  return { kind: 'sent', platformId: null }
}

type Receiver = { readonly room: Room; readonly isIn: boolean } | { readonly contact: Contact }

/** An id doesn't tell whether it is a group's: each puppet has its own form. @returns null when it is neither's */
async function receiverOf(bot: Wechaty, chat: string): Promise<Receiver | null> {
  if ((await bot.puppet.roomList()).includes(chat)) {
    const room = await bot.Room.find({ id: chat })
    return room ? { room, isIn: await room.has(bot.currentUser) } : null
  }
  if (!(await bot.puppet.contactList()).includes(chat)) return null
  const contact = await bot.Contact.find({ id: chat })
  return contact ? { contact } : null
}

/** Whoever isn't in the group can't be called there. */
async function say(bot: Wechaty, to: Receiver, text: string, mentions: readonly string[]): Promise<void> {
  if ('contact' in to) return void (await to.contact.say(text))
  const { room } = to
  const members = new Set((await room.memberAll()).map(({ id }) => id))
  const called: Contact[] = []
  for (const id of mentions) {
    const contact = members.has(id) ? await bot.Contact.find({ id }) : undefined
    if (contact) called.push(contact)
  }
  await room.say(text, ...called)
}

function failed(error: unknown): SendOutcome {
  const own = error instanceof Error && 'code' in error ? new Error('', { cause: error }) : error
  if (wasNeverMade(own)) return { kind: 'retry', afterSeconds: SOON, reason: reason('unreachable') }
  const late = error instanceof Error && error.name === 'TimeoutError'
  return { kind: 'unknown', reason: reason(late ? 'timeout' : 'failed') }
}

/** The words are there already: a file that can't follow is told to the operator only. */
async function attach(
  to: Receiver,
  { id, name }: NonNullable<Outgoing['attachment']>,
  { parts, limited }: SendOptions,
): Promise<void> {
  try {
    const { FileBox } = await import('file-box')
    const bytes = await parts.readFile(id)
    const box = FileBox.fromBase64(Buffer.from(bytes).toString('base64'), name)
    await limited(async () => void ('room' in to ? await to.room.say(box) : await to.contact.say(box)))
  } catch {
    parts.log('file_not_sent')
  }
}
