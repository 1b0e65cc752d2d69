/** Words that the house answers itself, whatever is open: names of languages, the word that confirms erasing, small talk. */
import { normalise, unspaced } from '../flow/answers/normalise.ts'
import { SHEETS } from '../text/sheets.ts'
import type { Text } from '../text/text.ts'

export interface HouseWord {
  /** `sheet`: a plain sheet by its name, which a command answers. */
  readonly kind: 'language' | 'erase' | 'hello' | 'thanks' | 'sheet' | PersonWord | AccountWord
  readonly language: string
  /** Behind a word about the person: the line to correct, the code of another phone. */
  readonly digits?: string
}

/** Words about the person who speaks, in `people.json`. */
export const PERSON_WORDS = [
  'switch',
  'correct',
  'withdraw',
  'withdraw_consent',
  'copy',
  'move',
  'link',
  'unlink',
] as const
export type PersonWord = (typeof PERSON_WORDS)[number]

/** Words about whose account it is, in `registry.json`. */
export const ACCOUNT_WORDS = ['bind', 'unbind'] as const
export type AccountWord = (typeof ACCOUNT_WORDS)[number]

export interface HouseWords {
  /** Exact match of the whole message, after normalising. */
  find(said: string): HouseWord | undefined
}

/** Reads `messaging.json` of every language once: a look-up is part of every turn. */
export function houseWords(text: Text): HouseWords {
  const words = new Map<string, HouseWord>()
  let longest = 0
  /** What some word begins with: most messages begin otherwise. */
  const beginnings = new Set<string | undefined>()
  const add = (form: unknown, word: HouseWord) => {
    if (typeof form !== 'string') return
    const key = unspaced(normalise(form))
    if (key === '' || words.has(key)) return
    words.set(key, word)
    longest = Math.max(longest, form.length)
    beginnings.add(key[0])
  }
  const addAll = (forms: unknown, word: HouseWord) => {
    if (Array.isArray(forms)) for (const form of forms) add(form, word)
  }
  for (const language of text.languages) {
    add(text.raw(language, 'messaging:language.name'), { kind: 'language', language })
    addAll(text.object(language, 'messaging:language.also'), { kind: 'language', language })
    add(text.raw(language, 'messaging:erase.yes'), { kind: 'erase', language })
    for (const kind of PERSON_WORDS) addAll(text.object(language, `people:words.${kind}`), { kind, language })
    for (const kind of ACCOUNT_WORDS) addAll(text.object(language, `registry:commands.${kind}`), { kind, language })
    for (const sheet of ['both', ...SHEETS])
      addAll(text.object(language, `sheets:words.${sheet}`), { kind: 'sheet', language })
    addAll(text.object(language, 'messaging:small_talk.hello'), { kind: 'hello', language })
    addAll(text.object(language, 'messaging:small_talk.thanks'), { kind: 'thanks', language })
  }
  // Blanks and punctuation may surround a word.
  const limit = longest * 2 + 4
  return {
    find(said) {
      if (said.length > limit) return undefined
      const even = normalise(said)
      if (!beginnings.has(even[0])) return undefined
      const key = unspaced(even)
      return words.get(key) ?? withDigits(words, key)
    },
  }
}

const WITH_DIGITS: ReadonlySet<HouseWord['kind']> = new Set(['correct', 'move', 'link', 'bind'])

/** `correct 3`, `change phone 12345678`, `bind 12345678` */
function withDigits(words: ReadonlyMap<string, HouseWord>, said: string): HouseWord | undefined {
  const match = /^(\D{2,40}?)[,:;]?(\d{1,12})\D?$/u.exec(said)
  const word = match ? words.get(match[1] as string) : undefined
  return word && WITH_DIGITS.has(word.kind) ? { ...word, digits: match?.[2] as string } : undefined
}
