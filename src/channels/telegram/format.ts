/**
 * Text in Telegram's HTML: what could be markup is escaped. An @ is still a mention in any kind of message, so it is broken by
 * what is not seen.
 */
import { neutralise } from '../neutralise.ts'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string)

/** Controls, and halves of characters: the platform refuses a message with one of them. */
const UNTELLABLE =
  /[\u0000-\u0008\u000B-\u001F]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** @param limit UTF-16 units: where what is not seen finds no room, a full-width @ takes the place of each */
export function plainText(text: string, limit: number): string {
  const told = text.replace(UNTELLABLE, '')
  const safe = neutralise(told, { at: true })
  return safe.length <= limit ? safe : told.replaceAll('@', '\uFF20')
}

export interface Called {
  readonly id: string
  readonly name: string
}

export interface Rich {
  /** Makes the first line bold. */
  readonly titled: boolean
  /** Whom it calls, in a line before the text. */
  readonly called: readonly Called[]
}

export function richText(text: string, { titled, called }: Rich): string {
  const end = text.indexOf('\n')
  const first = end < 0 ? text : text.slice(0, end)
  const rest = end < 0 ? '' : text.slice(end)
  const words = titled && first.trim() !== '' ? `<b>${escapeHtml(first)}</b>${escapeHtml(rest)}` : escapeHtml(text)
  const names = called.map(
    ({ id, name }) => `<a href="tg://user?id=${id}">${escapeHtml(plainText(name, name.length))}</a>`,
  )
  return names.length === 0 ? words : `${names.join(' ')}\n${words}`
}

/** Those of the names that still fit in front of the text. @param limit UTF-16 units, entities taken off */
export function callable(called: readonly Called[], text: string, limit: number): readonly Called[] {
  let left = limit - text.length
  return called.filter(({ name }) => {
    left -= name.length + 1
    return left >= 0
  })
}
