/** Finds the words of a row: in the locales, or in the flow file itself. */
import type { Sentence } from '../program.ts'
import { isLocatedMap, textOf, type Located } from './located.ts'
import type { Words } from './words.ts'

/** A name in a sentence → the row it means, null when it is none. */
export type Resolve = (name: string) => number | null | 'ambiguous'

export interface FoundSentence extends Sentence {
  /** `${names}` that no row has. */
  readonly unknown: readonly string[]
}

const GAP = /\$\{\s*([^\s,{}$]+)\s*(?:,\s*\w+\s*)?\}/g

/** @returns null when neither the locales nor the file have it. `own` names what the sentence is given beside questions. */
export function findSentence(
  key: string,
  written: Located | undefined,
  words: Words,
  resolve: Resolve,
  own: readonly string[] = [],
): FoundSentence | null {
  const inline = inlineOf(written, words)
  const spoken = words.languages.map((language) => words.text(language, key))
  const texts = inline ? Object.values(inline) : spoken.filter((text) => text !== undefined)
  if (texts.length === 0) return null
  const names = new Set(texts.flatMap((text) => [...text.matchAll(GAP)].map((match) => match[1] as string)))
  const refs: { name: string; row: number }[] = []
  const unknown: string[] = []
  for (const name of names) {
    const row = resolve(name)
    if (typeof row === 'number') refs.push({ name, row })
    else if (!own.includes(name)) unknown.push(name)
  }
  return { key, inline, refs, unknown }
}

/** A text is for every language; a map is language → text, a missing language takes the first. */
export function inlineOf(written: Located | undefined, words: Words): Readonly<Record<string, string>> | null {
  if (!written) return null
  if (!isLocatedMap(written.value)) {
    const text = textOf(written)
    return text === null ? null : Object.fromEntries(words.languages.map((language) => [language, text]))
  }
  const given = [...written.value].flatMap(([language, located]) => {
    const text = textOf(located)
    return text === null ? [] : [[language, text] as const]
  })
  if (given.length === 0) return null
  const byLanguage = new Map(given)
  const first = (byLanguage.get('zh-CN') ?? given[0]?.[1]) as string
  return Object.fromEntries(words.languages.map((language) => [language, byLanguage.get(language) ?? first]))
}

/** Words that stand in for a label that nobody has written yet. */
export const bareSentence = (text: string, words: Words): Sentence => ({
  key: '',
  inline: Object.fromEntries(words.languages.map((language) => [language, text])),
  refs: [],
})
