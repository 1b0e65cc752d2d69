/** The words of all languages, ready to be looked for. Built once: a thousand patterns take some milliseconds to make. */
import type { AskWords } from './asks.ts'
import { anyOf, patternSource } from './pattern.ts'

export interface Span {
  readonly from: number
  readonly to: number
}

/** Looks for one list of patterns in a clause. */
export interface Finder {
  /** Places where something of the list is said, undenied. */
  spans(clause: string): readonly Span[]
  said(clause: string): boolean
}

export interface Lexicon {
  readonly flows: ReadonlyMap<string, Finder>
  readonly maybe: ReadonlyMap<string, Finder>
  readonly danger: ReadonlyMap<string, Finder>
  /** Any danger at all, denied or not: a quick look. */
  readonly alarming: RegExp
  readonly talk: ReadonlyMap<string, RegExp>
  readonly fine: Finder
  readonly over: Finder
  readonly policy: Finder
  readonly advert: Finder
  readonly insult: Finder
  readonly past: RegExp
  /** A denial, anywhere. */
  readonly denying: RegExp
  /** What is said so and is no danger. */
  readonly harmless: RegExp
  readonly neutral: RegExp
}

const NEVER = /(?!)/

/** @param files the name of each file, for errors, with its words @throws AppError LOCALE_INVALID */
export function lexicon(files: readonly (readonly [file: string, words: AskWords])[]): Lexicon {
  const each = <Made>(make: (words: AskWords, file: string) => Made) => files.map(([file, words]) => make(words, file))
  const denied = before(each((words) => words.denied).flat())
  const sources = (words: AskWords, file: string, written: readonly string[]) =>
    written.map((one) => patternSource(one, words.sets, words.gap, file))
  const finder = (pick: (words: AskWords) => readonly string[]) =>
    finderOf(each((words, file) => sources(words, file, pick(words))).flat(), denied)
  const finders = (pick: (words: AskWords) => Readonly<Record<string, readonly string[]>>) => {
    const names = new Set(each((words) => Object.keys(pick(words))).flat())
    return new Map([...names].map((name) => [name, finder((words) => pick(words)[name] ?? [])]))
  }
  const talk = new Set(each((words) => Object.keys(words.talk)).flat())
  return {
    flows: finders((words) => words.flows),
    maybe: finders((words) => words.maybe),
    danger: finders((words) => words.danger),
    alarming: oneOf(each((words, file) => sources(words, file, Object.values(words.danger).flat())).flat()),
    talk: new Map(
      [...talk].map((kind) => [
        kind,
        oneOf(
          each((words, file) => {
            const forms = sources(words, file, words.talk[kind] ?? [])
            return forms.length === 0 ? [] : [`^(?:${forms.join('|')})(?: ?(?:${anyOf(words.tail)}))*$`]
          }).flat(),
        ),
      ]),
    ),
    fine: finder((words) => words.fine),
    over: finder((words) => words.over),
    policy: finder((words) => words.policy),
    advert: finder((words) => words.advert),
    insult: finder((words) => words.insult),
    denying: oneOf(each((words) => words.gap.map((word) => anyOf([word]))).flat()),
    past: oneOf(each((words) => words.past.map((word) => anyOf([word]))).flat()),
    harmless: oneOf(each((words, file) => sources(words, file, [...words.figures, ...words.habit])).flat(), 'g'),
    neutral: oneOf(each((words) => words.neutral.map((word) => anyOf([word]))).flat(), 'g'),
  }
}

const oneOf = (sources: readonly string[], flags = ''): RegExp =>
  sources.length === 0 ? NEVER : new RegExp(sources.join('|'), flags)

const before = (words: readonly string[]): RegExp => (words.length === 0 ? NEVER : new RegExp(`(?:${anyOf(words)}) ?$`))

function finderOf(sources: readonly string[], denied: RegExp): Finder {
  const any = oneOf(sources)
  // Made when something was found at all: most lists are never looked into.
  let patterns: readonly RegExp[] | null = null
  const spans = (clause: string): readonly Span[] => {
    if (!any.test(clause)) return []
    patterns ??= sources.map((source) => new RegExp(source, 'g'))
    return patterns.flatMap((pattern) => undenied(pattern, clause, denied))
  }
  return { spans, said: (clause) => spans(clause).length > 0 }
}

function undenied(pattern: RegExp, clause: string, denied: RegExp): readonly Span[] {
  const found: Span[] = []
  for (const match of clause.matchAll(pattern)) {
    if (match[0] === '' || denied.test(clause.slice(0, match.index))) continue
    found.push({ from: match.index, to: match.index + match[0].length })
  }
  return found
}
