/**
 * Text that shows as it was written: nobody's words mention somebody, link or format on a platform. U+200B breaks a mark and is
 * not seen. An adapter adds the mentions that were asked for afterwards.
 */

const BREAK = '\u200B'

export interface Marks {
  /** `@all`, `@所有人`, `@138…`: every @ with something right behind it, but that of an e-mail address. */
  readonly at?: boolean
  /** `<@id>`, `<at …>`, `<a href…>`, `<font …>`, `</…>` and `&lt;`: tags and named characters. */
  readonly angle?: boolean
  /**
   * Headings, quotes, lists, rules, tables and code at the beginning of a line; `[x](…)`, `![x](…)`, `[x][y]`; doubled `*`, `_`, `~`, `` ` ``.
   * Emphasis and code by single marks can't be broken by what is not seen: where a platform knows them, its plain type of message is to be sent.
   */
  readonly markdown?: boolean
}

const AT = /(?<![A-Za-z0-9._+-])@(?=[^\s\u200B])|@(?=[^\s\u200B])(?![A-Za-z0-9-]+\.[A-Za-z])/g
const ANGLE = /<(?=[@!/?A-Za-z])|&(?=#?[A-Za-z0-9]+;)/g
/** A line that begins with a mark of a block, or is set in as far as code is. */
const LINE = /^(?=[ \t]*(?:[#>+*=|`~_[-]|\d{1,9}[.)])|\t| {4})/gm
const LINK = /\](?=[([:])/g
const DOUBLED = /([*_~`])(?=\1)/g

export function neutralise(text: string, { at = false, angle = false, markdown = false }: Marks): string {
  let safe = text
  if (at) safe = safe.replace(AT, `@${BREAK}`)
  if (angle) safe = safe.replace(ANGLE, (mark) => mark + BREAK)
  if (markdown) {
    safe = safe.replace(DOUBLED, (mark) => mark + BREAK)
    safe = safe.replace(LINK, `]${BREAK}`)
    safe = safe.replace(LINE, BREAK)
  }
  return safe
}
