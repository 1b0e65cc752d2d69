/** Words that work anywhere: exact match only, in the person's language first. */
import type { GlobalWord, WordForms } from '../words.ts'
import { GLOBAL_WORDS } from '../words.ts'
import { normalise, unspaced } from './normalise.ts'
import { wholeNumeral } from './numeral.ts'

export interface FoundWord {
  readonly word: GlobalWord
  /** The answer to edit, as digits: 改 3. */
  readonly argument?: string
}

type Index = ReadonlyMap<string, GlobalWord>

/** Longest form that somebody may type, with its number. */
const LONGEST = 40

/** A pure hint: the forms never change after they were read. */
const indexes = new WeakMap<WordForms, Map<string, readonly Index[]>>()

function indexOf(forms: WordForms, language: string): Index {
  const index = new Map<string, GlobalWord>()
  const byWord = forms.get(language) ?? {}
  for (const word of GLOBAL_WORDS)
    for (const form of byWord[word] ?? []) {
      const key = unspaced(normalise(form))
      if (key !== '' && !index.has(key)) index.set(key, word)
    }
  return index
}

/** The person's language, then its base (`en` of `en-GB`), then all others: a villager's chat may hold a borrowed phone's words. */
function indexesFor(forms: WordForms, language: string): readonly Index[] {
  let byLanguage = indexes.get(forms)
  if (!byLanguage) indexes.set(forms, (byLanguage = new Map()))
  let list = byLanguage.get(language)
  if (!list) {
    const base = language.split('-')[0] as string
    const order = new Set([language, base, 'zh-CN', ...forms.keys()])
    list = [...order].filter((name) => forms.has(name)).map((name) => indexOf(forms, name))
    byLanguage.set(language, list)
  }
  return list
}

function lookUp(list: readonly Index[], key: string): GlobalWord | null {
  for (const index of list) {
    const word = index.get(key)
    if (word) return word
  }
  return null
}

/** @param text normalised */
export function findGlobalWord(text: string, forms: WordForms, language: string): FoundWord | null {
  if (text.length === 0 || text.length > LONGEST) return null
  const list = indexesFor(forms, language)
  const tight = unspaced(text)
  const word = lookUp(list, tight)
  if (word) return { word }
  const numbered =
    /^(\D+?)(?:第|answer|question|no\.?|#)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:题|个|项|号|条)?$/.exec(tight)
  if (!numbered || lookUp(list, numbered[1] as string) !== 'edit') return null
  const number = wholeNumeral(numbered[2] as string)
  return number === null ? null : { word: 'edit', argument: String(number) }
}
