import { normalise } from '../answers/normalise.ts'
import type { WordForms } from '../words.ts'

/** Every word that the loader needs to understand answers; made by whoever has read the locales. */
export interface Words {
  /** The default language first. */
  readonly languages: readonly string[]
  /** The sentence as the file has it, gaps unfilled, of the first language of the chain that has it. */
  text(language: string, key: string): string | undefined
  /** An object or list as the file has it: the triggers of a flow, the synonyms of a choice. */
  list(language: string, key: string): unknown
  /** What people type for the words that work anywhere. */
  readonly forms: WordForms
  /** Whether this very language has the sentence; where given, gaps in translation are reported. */
  own?(language: string, key: string): boolean
}

/** A pure hint: the forms of a language never change. */
const spelled = new WeakMap<object, ReadonlySet<string>>()

/** What people type for the words that work anywhere, as answers are compared. */
export function wordsAnywhere(words: Words, language: string): ReadonlySet<string> {
  const forms = words.forms.get(language)
  if (!forms) return NONE
  let known = spelled.get(forms)
  if (!known) spelled.set(forms, (known = new Set(Object.values(forms).flatMap((list) => list.map(normalise)))))
  return known
}

const NONE: ReadonlySet<string> = new Set()
