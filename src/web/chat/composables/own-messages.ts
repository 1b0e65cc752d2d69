/** What this browser said: the server's transcript holds only the bot's side. */
import { shallowReactive } from 'vue'
import type { SendMessage } from '../../../http/contract.ts'
import { shelf } from './shelf.ts'

export interface OwnFile {
  readonly bytes: ArrayBuffer
  readonly type: string
  readonly name: string
}

export interface OwnMessage {
  readonly messageId: string
  /** Grows from message to message, over all tabs of the browser. */
  readonly order: number
  /** What the person sees of it; "" for what is said by the page itself. */
  readonly shown: string
  /** The bot's last message before it. */
  readonly afterSeq: string
  /** A file's id is "" until it has been stored. */
  readonly body: SendMessage['body']
  readonly state: 'waiting' | 'sent' | 'refused'
  /** The file while it waits. */
  readonly file?: OwnFile
  /** A small picture of a photo (data URL). */
  readonly picture?: string
  /** A recording, to be listened to again. */
  readonly sound?: OwnFile & { readonly seconds: number }
}

/** A chat of a year is far shorter; older lines are dropped from the browser only. */
const MAX_KEPT = 400

/** Recordings are large: older ones are kept as words only. */
const MAX_SOUNDS = 20

export function ownMessages() {
  const kept = shelf<OwnMessage>('said')
  const messages = shallowReactive<OwnMessage[]>([])

  function place(message: OwnMessage): void {
    const known = messages.findIndex(({ messageId }) => messageId === message.messageId)
    if (known >= 0) messages.splice(known, 1, message)
    else {
      const later = messages.findIndex(({ order }) => order > message.order)
      messages.splice(later < 0 ? messages.length : later, 0, message)
    }
  }

  return {
    messages,
    /** Reads what other tabs, or this one before a reload, have left. */
    async refresh(): Promise<void> {
      for (const message of await kept.all()) place(message)
      const old = messages.splice(0, Math.max(0, messages.length - MAX_KEPT))
      await kept.drop(old.map(({ messageId }) => messageId))
    },
    async put(message: OwnMessage): Promise<void> {
      place(message)
      await kept.put(message.messageId, message)
      const sounds = messages.filter(({ sound }) => sound !== undefined)
      for (const { sound: _sound, ...rest } of sounds.slice(0, Math.max(0, sounds.length - MAX_SOUNDS))) {
        place(rest)
        await kept.put(rest.messageId, rest)
      }
    },
    /** All but what still waits. */
    async forget(): Promise<void> {
      const gone = messages.filter(({ state }) => state !== 'waiting')
      messages.splice(0, messages.length, ...messages.filter(({ state }) => state === 'waiting'))
      await kept.drop(gone.map(({ messageId }) => messageId))
    },
    nextOrder: (): number => Math.max(Date.now(), (messages[messages.length - 1]?.order ?? 0) + 1),
  }
}

export const newMessageId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
