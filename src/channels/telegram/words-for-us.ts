/** What of a text is meant for the bot: commands, and mentions of it, which are taken out. */
import type { Message, MessageEntity } from 'grammy/types'

export interface Us {
  readonly id: number
  /** Null until the platform has told. */
  readonly username: string | null
}

export type Heard =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'start'; readonly payload: string }
  /** A command for another bot. */
  | { readonly kind: 'not_ours' }

/** @param text with its entities: of a message, or of the caption of a picture */
export function heardIn(text: string, entities: readonly MessageEntity[], us: Us): Heard {
  const [first] = entities
  if (first?.type === 'bot_command' && first.offset === 0) return command(text, first.length, us)
  let words = text
  for (const entity of [...entities].reverse()) {
    if (isOurs(text, entity, us)) words = words.slice(0, entity.offset) + words.slice(entity.offset + entity.length)
  }
  return { kind: 'text', text: words === text ? text : words.trim() }
}

/** `/start v_3f7k2a`, `/help@our_bot`: the words of the house without the slash. */
function command(text: string, length: number, us: Us): Heard {
  const [name = '', to] = text.slice(1, length).split('@')
  if (to !== undefined && us.username !== null && !isSame(to, us.username)) return { kind: 'not_ours' }
  const rest = text.slice(length).trim()
  if (name === 'start') return { kind: 'start', payload: rest }
  return { kind: 'text', text: rest === '' ? name : `${name} ${rest}` }
}

function isOurs(text: string, entity: MessageEntity, us: Us): boolean {
  if (entity.type === 'text_mention') return entity.user.id === us.id
  if (entity.type !== 'mention' || us.username === null) return false
  return isSame(text.slice(entity.offset + 1, entity.offset + entity.length), us.username)
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

export const wordsOf = (message: Message): { text: string; entities: readonly MessageEntity[] } | null => {
  if (message.text !== undefined) return { text: message.text, entities: message.entities ?? [] }
  if (message.caption !== undefined) return { text: message.caption, entities: message.caption_entities ?? [] }
  return null
}
