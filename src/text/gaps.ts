/** What a language still lacks. */
import type { Resources } from './resources.ts'
import { leavesOf } from './resources.ts'
import { gapsOf } from './template.ts'

export interface LocaleGap {
  readonly language: string
  readonly namespace: string
  readonly path: string
  /** `missing`: another language has it. `parameter`: the sentence expects a name that no other language's sentence has. */
  readonly problem: 'missing' | 'parameter'
  readonly detail: string
}

/** Lists of other words for the same thing differ between languages: nobody lacks one. */
const OWN_TO_A_LANGUAGE = /(^|\.)also$/

const PLURAL_FORM = /_(zero|one|two|few|many|other)$/

/** `x` and `x.label` are two spellings of one choice. */
const choicePath = (path: string) => path.replace(/\.label$/, '')

/**
 * Beside the sentence `days` a language may have plural forms of it, `days_one`; they are no sentences of their own.
 * Every sentence that one language has and another one lacks, and every sentence that expects a parameter that the
 * others don't.
 */
export function gaps(resources: Resources): readonly LocaleGap[] {
  const sentences = new Map<string, Map<string, Set<string>>>()
  const languages = Object.keys(resources)
  for (const [language, namespaces] of Object.entries(resources)) {
    for (const [namespace, content] of Object.entries(namespaces)) {
      const leaves = [...leavesOf(content)]
      const paths = new Set(leaves.map(([path]) => path))
      for (const [path, leaf] of leaves) {
        const isPluralForm = PLURAL_FORM.test(path) && paths.has(path.replace(PLURAL_FORM, ''))
        if (OWN_TO_A_LANGUAGE.test(path) || isPluralForm) continue
        const key = `${namespace}:${choicePath(path)}`
        const byLanguage = sentences.get(key) ?? new Map<string, Set<string>>()
        const names = byLanguage.get(language) ?? new Set<string>()
        if (typeof leaf === 'string') for (const name of gapsOf(leaf)) names.add(name)
        byLanguage.set(language, names)
        sentences.set(key, byLanguage)
      }
    }
  }
  return [...sentences].flatMap(([key, byLanguage]) =>
    languages.flatMap((language) => gapsAt(key, byLanguage, language)),
  )
}

function gapsAt(key: string, byLanguage: ReadonlyMap<string, ReadonlySet<string>>, language: string): LocaleGap[] {
  const at = key.indexOf(':')
  const place = { language, namespace: key.slice(0, at), path: key.slice(at + 1) }
  const own = byLanguage.get(language)
  if (!own) return [{ ...place, problem: 'missing', detail: `written in ${[...byLanguage.keys()].join(', ')}` }]
  const others = [...byLanguage].filter(([code]) => code !== language)
  if (others.length === 0) return []
  // `count` chooses the plural form: a language without plurals needs not show it.
  const strange = [...own].filter((name) => name !== 'count' && others.every(([, names]) => !names.has(name)))
  return strange.map((name) => ({ ...place, problem: 'parameter' as const, detail: name }))
}
