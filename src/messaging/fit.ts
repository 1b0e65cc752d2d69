import type { Abilities } from './channel.ts'

type Limit = Abilities['textLimit']

/** Where a message may be cut, best first: between paragraphs, lines, sentences, clauses, words. */
const SEAMS = ['\n\n', '\n', '。', '；', '，', '. ', ' ']

/** Bytes that the envelope of a platform takes where the limit is on the whole body. */
const ENVELOPE = 512

function lengthOf(text: string, limit: Limit): number {
  return limit.unit === 'utf16' ? text.length : Buffer.byteLength(text, 'utf8')
}

/** The message in as many parts as the channel needs; one when it fits. No part is empty, and joined they say the same. */
export function fit(text: string, limit: Limit): readonly string[] {
  const max = limit.unit === 'body' ? limit.max - ENVELOPE : limit.max
  if (text.length * 3 <= max || lengthOf(text, limit) <= max) return [text]
  const parts: string[] = []
  let rest = text
  while (lengthOf(rest, limit) > max) {
    const end = cut(rest, longestPrefix(rest, limit, max))
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  if (rest !== '') parts.push(rest)
  return parts.filter((part) => part !== '')
}

/** UTF-16 units of the longest beginning that fits, never within a character. */
function longestPrefix(text: string, limit: Limit, max: number): number {
  let units = 0
  let size = 0
  for (const character of text) {
    size += lengthOf(character, limit)
    if (size > max) break
    units += character.length
  }
  return Math.max(units, 1)
}

/** The last seam in the second half of what fits, else the very end of it. */
function cut(text: string, end: number): number {
  for (const seam of SEAMS) {
    const at = text.lastIndexOf(seam, end - seam.length)
    if (at >= end / 2) return at + seam.length
  }
  return end
}
