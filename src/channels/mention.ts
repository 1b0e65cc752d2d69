/** Takes the mention of the bot out of what was said in a group; mentions of others stay. */

/** What closes a mention: a blank, on phones one that is a quarter of an em wide (U+2005). */
const GAP = '[\\s\\u2005]'
const FIRST_MENTION = new RegExp(`^${GAP}*@[^\\s\\u2005]+(${GAP}+|$)`)
const LAST_MENTION = new RegExp(`(^|${GAP})@[^\\s\\u2005]+${GAP}*$`)

/** @param names under which the bot is mentioned there */
export function withoutMentionOf(content: string, names: readonly string[]): string {
  const known = names.filter((name) => name !== '').sort((one, other) => other.length - one.length)
  if (known.length === 0) return content.trim()
  const escaped = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return content.replace(new RegExp(`@(?:${escaped})(?:${GAP}|$)`, 'g'), '').trim()
}

/** Where only what mentions the bot is told, and not under which name: the mention that the message begins with, else the one that it ends with. */
export function withoutSomeMention(content: string): string {
  const first = content.replace(FIRST_MENTION, '')
  return (first === content ? content.replace(LAST_MENTION, '') : first).trim()
}
