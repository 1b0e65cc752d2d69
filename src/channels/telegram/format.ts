/** Text in Telegram's HTML: three characters are escaped, so nobody's words can format, link or mention. */

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string)

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
  const names = called.map(({ id, name }) => `<a href="tg://user?id=${id}">${escapeHtml(name)}</a>`)
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
