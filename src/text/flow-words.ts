/** The words as the loader of flows asks for them: raw sentences, lists, and the forms of the words that work anywhere. */
import type { Json } from '../base/json.ts'
import { leavesOf, type Resources } from './resources.ts'
import type { Text } from './text.ts'

/** The namespace whose top-level keys are the words that work anywhere. */
const FORMS = 'words'

export interface FlowWords {
  readonly languages: readonly string[]
  text(language: string, key: string): string | undefined
  list(language: string, key: string): unknown
  readonly forms: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>
  own(language: string, key: string): boolean
}

export function flowWords(text: Text, resources: Resources): FlowWords {
  const own = new Map<string, ReadonlySet<string>>()
  const keysOf = (language: string): ReadonlySet<string> => {
    let keys = own.get(language)
    if (!keys) {
      const namespaces = Object.entries(resources[language] ?? {})
      keys = new Set(namespaces.flatMap(([name, words]) => [...leavesOf(words)].map(([path]) => `${name}:${path}`)))
      own.set(language, keys)
    }
    return keys
  }
  return {
    languages: text.languages,
    text: (language, key) => text.raw(language, key),
    list: (language, key) => text.object(language, key),
    forms: new Map(text.languages.map((language) => [language, formsOf(resources[language]?.[FORMS] ?? {})])),
    own: (language, key) => keysOf(language).has(key),
  }
}

const formsOf = (words: Readonly<Record<string, Json>>): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(words).filter((entry): entry is [string, string[]] => Array.isArray(entry[1])))
