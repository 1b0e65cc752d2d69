/** The patterns that people's own words are listed as, in `locales/<language>/asks.json`, made into regular expressions. */
import { AppError } from '../../base/errors.ts'

/** Words that patterns name in braces: `{house}` → 房子, 屋顶 … */
export type WordSets = Readonly<Record<string, readonly string[]>>

/** Characters that a `*` may stand for, at most: in writing without blanks, and with. */
const GAP = { tight: 6, spaced: 24 }

/** Ends a clause: no pattern reaches across. */
export const CLAUSE_END = /[,.;!?。、…~:\n]+(?!\S*(?:\w\/|com|cn|top|xyz))/

const HAS_LETTERS = /[a-z]/
const IDEOGRAPHS = /[\u2E80-\u9FFF]/

/**
 * `(a|b)`, `?`, `+`, `[0-9]` and `$` mean what they mean in a regular expression; `*` is a few characters in which nothing
 * is denied, `{name}` any word of a set, and a dot is a dot. Latin words match whole.
 * @param denials words that may not stand in a gap
 * @param file for the error
 * @throws AppError LOCALE_INVALID when it is no pattern or names a set that isn't there
 */
export function patternSource(written: string, sets: WordSets, denials: readonly string[], file: string): string {
  const isTight =
    IDEOGRAPHS.test(written) || [...written.matchAll(/\{(\w+)\}/g)].some(([, name]) => isTightSet(sets, name))
  const denied = denials.length > 0 ? `(?!${anyOf(denials)})` : ''
  const gap = `(?:${denied}[^,.;!?。、\\n]){0,${isTight ? GAP.tight : GAP.spaced}}?`
  const source = written.replace(/\{(\w+)\}|\*|\./g, (part, name?: string) => {
    if (part === '*') return gap
    if (part === '.') return '\\.'
    const words = sets[name as string]
    if (!words || words.length === 0) throw new AppError('LOCALE_INVALID', { file, reason: `no set ${name}` })
    return `(?:${anyOf(words)})`
  })
  try {
    new RegExp(source)
  } catch (cause) {
    throw new AppError('LOCALE_INVALID', { file, reason: `no pattern: ${written}` }, { cause })
  }
  return HAS_LETTERS.test(written) && !isTight ? `(?<![a-z])(?:${source})(?![a-z])` : `(?:${source})`
}

const isTightSet = (sets: WordSets, name: string | undefined): boolean =>
  (sets[name as string] ?? []).some((word) => IDEOGRAPHS.test(word))

/** Longest first, so that 房子 is not cut to 房. */
export const anyOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')
