/** A message in parts, each of which may answer a question of its own. */
import { coversAll, stem } from './answers/place-words.ts'
import type { Candidate } from './answers/understanding.ts'

const MOST = 4

const BETWEEN = /[\s,，;；、。]+/

const pieces = (text: string): string[] => text.split(BETWEEN).filter((part) => part !== '')

/** Between commas and blanks; [] where there is one part or there are many. */
export function partsOf(text: string): readonly string[] {
  if (!BETWEEN.test(text)) return []
  const parts = pieces(text)
  return parts.length >= 2 && parts.length <= MOST ? parts : []
}

/**
 * The only place that was found in a message, and what else was said: 阳孟村石二妹, 我叫石二妹，阳孟村的.
 * @returns null when nothing else was said, or the place was not named in full
 */
export function placeIn(
  found: readonly Candidate[],
  text: string,
): { readonly found: Candidate; readonly rest: readonly string[] } | null {
  const [only] = found
  if (only === undefined || found.length > 1 || only.exact || only.isWide) return null
  const levels = only.value.split('/')
  const name = levels.at(-1) as string
  const parts = pieces(text)
  const rest = parts.filter((part) => /\d{5}/.test(part) || !coversAll(part, levels))
  if (parts.length > 1 && rest.length < parts.length) return rest.length > 0 ? { found: only, rest } : null
  const at = parts.length === 1 && stem(name) !== name ? text.indexOf(name) : -1
  const behind = at < 0 ? '' : text.slice(at + name.length).replace(/^的/, '')
  return behind !== '' && coversAll(text.slice(0, at + name.length), levels) ? { found: only, rest: [behind] } : null
}
