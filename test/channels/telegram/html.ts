/** Telegram's HTML as its documentation has it: few tags, closed in order, four named characters. */

export interface Parsed {
  readonly text: string
  readonly entities: readonly { type: string; offset: number; length: number; url?: string }[]
}

const TAGS: Readonly<Record<string, string>> = {
  b: 'bold',
  i: 'italic',
  u: 'underline',
  s: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
}
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const TOKEN = /<(\/?)([a-z]+)((?:\s+[a-z]+="[^"]*")*)>|&([a-z]+|#\d+);|[^<&]+|[<&]/g

/** @returns null for what the platform answers with “can't parse entities” */
export function parseHtml(html: string): Parsed | null {
  let text = ''
  const entities: Parsed['entities'][number][] = []
  const open: { tag: string; at: number; url: string }[] = []
  for (const [token, slash, tag, attributes = '', character] of html.matchAll(TOKEN)) {
    if (tag !== undefined) {
      if (!(tag in TAGS)) return null
      if (slash === '/') {
        const last = open.pop()
        if (last?.tag !== tag) return null
        const link = tag === 'a' ? { url: last.url } : {}
        entities.push({ type: TAGS[tag] as string, offset: last.at, length: text.length - last.at, ...link })
      } else open.push({ tag, at: text.length, url: /href="([^"]*)"/.exec(attributes)?.[1] ?? '' })
    } else if (character !== undefined) {
      const known = character.startsWith('#') ? String.fromCodePoint(Number(character.slice(1))) : NAMED[character]
      text += known ?? token
    } else if (token === '<') return null
    else text += token
  }
  return open.length > 0 ? null : { text, entities }
}
