/**
 * A key, parameters and a language become words. i18next finds the sentence (language chain, plural forms); filling the
 * gaps is ours (`template.ts`), because i18next puts a value in where an earlier value looks like the gap.
 * Not here: reading files, choosing what to say, fitting a message to a channel.
 */
import { createInstance, type i18n } from 'i18next'
import type { Json, JsonObject } from '../base/json.ts'
import { FORMATS, joinedList } from './formats.ts'
import type { Phrase, PhraseParam } from './phrase.ts'
import { LAST_LANGUAGE, leavesOf, type Resources } from './resources.ts'
import { compileTemplate, type Template } from './template.ts'
import { voiceOf, type SpokenQuestion, type Voices } from './voices.ts'

/** A cache of cut-up sentences is a hint; beyond this many it starts anew (keys come from code and flows, not from people). */
const CACHE_LIMIT = 20_000

export interface Text {
  /** Every language there are words in, the default one first. */
  readonly languages: readonly string[]
  /** The language that would be spoken to somebody whose app says `wanted` (`en-US` → `en`); the default one for unknown ones. */
  languageFor(wanted: string | null): string
  /** The words. A key that no language has is given back as it is, so that it is seen. */
  say(phrase: Phrase, language: string): string
  /** Somewhere along the chain of that language. */
  has(key: string, language: string): boolean
  /** The sentence as the file has it, gaps unfilled; undefined when no language of the chain has it. */
  raw(language: string, key: string): string | undefined
  /** Whether this very language has it. */
  own(language: string, key: string): boolean
  /** The language that a sentence is said in to somebody of `language`: the first one of the chain that has it. */
  languageOf(key: string, language: string): string | undefined
  /** A recording of a question: `zh-CN/hens/sick.mp3`. */
  voice(asked: SpokenQuestion, language: string): string | undefined
  /** An object or list as the file has it, of the first language of the chain that has one. `ns:` alone is the whole file. */
  object(language: string, key: string): Readonly<Record<string, Json>> | readonly Json[] | undefined
  /** `漏雨、停水`. */
  list(items: readonly Phrase[], language: string): string
}

export interface TextOptions {
  readonly resources: Resources
  readonly defaultLocale: string
  /** Default none. */
  readonly voices?: Voices
}

const NO_VOICES: Voices = new Map()

export function loadText({ resources, defaultLocale, voices = NO_VOICES }: TextOptions): Text {
  const known = Object.keys(resources)
  const first = known.includes(defaultLocale) ? defaultLocale : LAST_LANGUAGE
  const languages = [first, ...known.filter((language) => language !== first)]
  const engine = startEngine(resources, first)
  const sentences = plainSentences(resources)
  const chains = new Map(languages.map((language) => [language, chainOf(engine, language, known)]))
  const plurals = new Map(languages.map((language) => [language, new Intl.PluralRules(language)]))
  const templates = new Map<string, Map<string, Template>>(languages.map((language) => [language, new Map()]))

  const languageFor = (wanted: string | null): string => {
    if (wanted === null) return first
    if (chains.has(wanted)) return wanted
    const lower = wanted.toLowerCase().replaceAll('_', '-')
    const base = lower.split('-')[0] as string
    return (
      languages.find((language) => language.toLowerCase() === lower) ??
      languages.find((language) => language.toLowerCase() === base) ??
      languages.find((language) => language.toLowerCase().startsWith(`${base}-`)) ??
      first
    )
  }

  const chainFor = (language: string) => chains.get(languageFor(language)) ?? [LAST_LANGUAGE]

  const find = (language: string, key: string, count?: number): string | undefined => {
    const [namespace, path] = splitKey(key)
    for (const code of chainFor(language)) {
      const sentence = sentenceOf(sentences, engine, code, namespace, path, count)
      if (sentence !== undefined) return sentence
    }
    return undefined
  }

  const templateOf = (language: string, key: string, count: number | undefined): Template | undefined => {
    const cache = templates.get(language) as Map<string, Template>
    const slot = count === undefined ? key : `${key}|${count === 0 ? 'zero' : plurals.get(language)?.select(count)}`
    const kept = cache.get(slot)
    if (kept) return kept
    const sentence = find(language, key, count)
    if (sentence === undefined) return undefined
    const template = compileTemplate(sentence)
    if (cache.size >= CACHE_LIMIT) cache.clear()
    cache.set(slot, template)
    return template
  }

  const say = (phrase: Phrase, language: string): string => {
    if ('literal' in phrase) return phrase.literal
    const spoken = languageFor(language)
    const params = phrase.params
    const count = params?.['count']
    const template = templateOf(spoken, phrase.key, typeof count === 'number' ? count : undefined)
    if (!template) return phrase.key
    return fill(template, params, spoken, say)
  }

  const text: Text = {
    languages,
    languageFor,
    say,
    has: (key, language) => find(language, key) !== undefined,
    raw: (language, key) => find(language, key),
    own: (language, key) =>
      chains.has(language) && sentenceOf(sentences, engine, language, ...splitKey(key), undefined) !== undefined,
    languageOf: (key, language) => chainFor(language).find((code) => text.own(code, key)),
    voice: (asked, language) =>
      voices.size === 0 ? undefined : voiceOf(voices, asked, asked.language ?? text.languageOf(asked.key, language)),
    object: (language, key) => {
      const [namespace, path] = splitKey(key)
      for (const code of chainFor(language)) {
        const value: unknown = path === '' ? resources[code]?.[namespace] : engine.getResource(code, namespace, path)
        if (typeof value === 'object' && value !== null)
          return value as Readonly<Record<string, Json>> | readonly Json[]
      }
      return undefined
    },
    list: (items, language) => {
      const spoken = languageFor(language)
      return joinedList(
        items.map((item) => say(item, spoken)),
        spoken,
      )
    },
  }
  return text
}

function fill(
  template: Template,
  params: Readonly<Record<string, PhraseParam>> | undefined,
  language: string,
  say: (phrase: Phrase, language: string) => string,
): string {
  let words = ''
  for (const part of template) {
    if (typeof part === 'string') {
      words += part
      continue
    }
    const value = params && Object.hasOwn(params, part.name) ? params[part.name] : undefined
    if (value === undefined) continue
    const shown = typeof value === 'object' ? say(value, language) : String(value)
    words += part.format === null ? shown : FORMATS[part.format](shown, language)
  }
  return words
}

/** `flows/hardship_report:questions.members.label` → its namespace and the path; without a colon, up to the first dot. */
function splitKey(key: string): [namespace: string, path: string] {
  const colon = key.indexOf(':')
  const at = colon < 0 ? key.indexOf('.') : colon
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)]
}

/** A choice may be written as `"name": "label"` in one language and as `"name": { "label": … }` in another. */
function sentenceOf(
  sentences: PlainSentences,
  engine: i18n,
  code: string,
  namespace: string,
  path: string,
  count: number | undefined,
): string | undefined {
  const paths = path.endsWith('.label') ? [path, path.slice(0, -'.label'.length)] : [path, `${path}.label`]
  if (count === undefined) {
    const known = sentences(code, namespace)
    return known.get(paths[0] as string) ?? known.get(paths[1] as string)
  }
  for (const candidate of paths) {
    const options = { lng: code, ns: namespace, fallbackLng: false as const, count }
    if (!engine.exists(candidate, options)) continue
    const sentence: unknown = engine.t(candidate, { ...options, skipInterpolation: true, returnObjects: true })
    if (typeof sentence === 'string') return sentence
  }
  return undefined
}

type PlainSentences = (code: string, namespace: string) => ReadonlyMap<string, string>

/** The sentences of a file by path: where nothing is counted there is no form to choose, and starting asks for thousands. */
function plainSentences(resources: Resources): PlainSentences {
  const files = new Map<object, ReadonlyMap<string, string>>()
  return (code, namespace) => {
    const file = resources[code]?.[namespace] ?? NO_WORDS
    let known = files.get(file)
    if (!known) {
      known = new Map([...leavesOf(file)].flatMap(([path, leaf]) => itemsOf(path, leaf)))
      files.set(file, known)
    }
    return known
  }
}

/** A list's sentences are found by number: `menu.0`. */
const itemsOf = (path: string, leaf: Json): (readonly [string, string])[] =>
  Array.isArray(leaf)
    ? leaf.flatMap((item, index) => itemsOf(`${path}.${index}`, item as Json))
    : typeof leaf === 'string'
      ? [[path, leaf]]
      : []

const NO_WORDS: JsonObject = {}

function chainOf(engine: i18n, language: string, known: readonly string[]): readonly string[] {
  const codes = engine.services.languageUtils.toResolveHierarchy(language) as string[]
  return codes.filter((code) => known.includes(code))
}

function startEngine(resources: Resources, first: string): i18n {
  const engine = createInstance()
  void engine.init({
    initAsync: false,
    resources: resources as Record<string, Record<string, Record<string, Json>>>,
    lng: first,
    fallbackLng: first === LAST_LANGUAGE ? [LAST_LANGUAGE] : [first, LAST_LANGUAGE],
    ns: [],
    nsSeparator: false,
    returnEmptyString: true,
    interpolation: { prefix: '${', suffix: '}', escapeValue: false },
  } as Parameters<i18n['init']>[0])
  return engine
}
