/** Words that the house answers itself, whatever is open: names of languages, the word that confirms erasing, small talk. */
import { normalise, unspaced } from '../flow/answers/normalise.ts'
import type { Text } from '../text/text.ts'

export interface HouseWord {
  readonly kind: 'language' | 'erase' | 'hello' | 'thanks'
  readonly language: string
}

export interface HouseWords {
  /** Exact match of the whole message, after normalising. */
  find(said: string): HouseWord | undefined
}

/** Reads `messaging.json` of every language once: a look-up is part of every turn. */
export function houseWords(text: Text): HouseWords {
  const words = new Map<string, HouseWord>()
  let longest = 0
  const add = (form: unknown, word: HouseWord) => {
    if (typeof form !== 'string') return
    const key = unspaced(normalise(form))
    if (key === '' || words.has(key)) return
    words.set(key, word)
    longest = Math.max(longest, form.length)
  }
  const addAll = (forms: unknown, word: HouseWord) => {
    if (Array.isArray(forms)) for (const form of forms) add(form, word)
  }
  for (const language of text.languages) {
    add(text.raw(language, 'messaging:language.name'), { kind: 'language', language })
    addAll(text.object(language, 'messaging:language.also'), { kind: 'language', language })
    add(text.raw(language, 'messaging:erase.yes'), { kind: 'erase', language })
    addAll(text.object(language, 'messaging:small_talk.hello'), { kind: 'hello', language })
    addAll(text.object(language, 'messaging:small_talk.thanks'), { kind: 'thanks', language })
  }
  // Blanks and punctuation may surround a word.
  const limit = longest * 2 + 4
  return {
    find: (said) => (said.length > limit ? undefined : words.get(unspaced(normalise(said)))),
  }
}
