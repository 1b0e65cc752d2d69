/** What people say when they want something, by language: the shape of `locales/<language>/asks.json`. */
import { AppError } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import type { WordSets } from './pattern.ts'

type Patterns = readonly string[]
type ByName = Readonly<Record<string, Patterns>>

/** Every list but `sets`, `denied`, `gap`, `neutral`, `past` and `tail` (plain words) is one of patterns (see pattern.ts). */
export interface AskWords {
  readonly sets: WordSets
  /** Right before a match they turn it round: 不是房子漏雨. */
  readonly denied: readonly string[]
  /** May not stand in a gap. */
  readonly gap: readonly string[]
  /** Look like a denial and are none: 是不是, 特别. Their first character stands for them. */
  readonly neutral: readonly string[]
  /** A clause in which something is said to be well; the clause before it when it names nothing itself. */
  readonly fine: Patterns
  /** Takes back everything said before. */
  readonly over: Patterns
  /** A clause about former times: no danger now. */
  readonly past: readonly string[]
  /** Manners of speaking that are no danger. */
  readonly figures: Patterns
  readonly habit: Patterns
  /** A clause that asks about a rule instead of telling of a trouble. */
  readonly policy: Patterns
  readonly advert: Patterns
  readonly insult: Patterns
  /** Kind of danger → what is said of it. */
  readonly danger: ByName
  /** Sounds behind small talk. */
  readonly tail: readonly string[]
  /** Kind of small talk → whole clauses. */
  readonly talk: ByName
  /** Flow → what is said of it. */
  readonly flows: ByName
  /** Flow → words that say so little that they count only in a short message that says nothing else. */
  readonly maybe: ByName
}

/** @throws AppError LOCALE_INVALID naming the list that isn't one */
export function readAskWords(file: string, content: Readonly<Record<string, Json>>): AskWords {
  const list = (value: unknown, name: string): readonly string[] => {
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value as string[]
    throw new AppError('LOCALE_INVALID', { file, reason: `${name} is no list` })
  }
  const byName = (name: string, pick: (value: unknown) => unknown = (value) => value): ByName =>
    Object.fromEntries(
      Object.entries((content[name] ?? {}) as Record<string, unknown>).map(([key, value]) => [
        key,
        list(pick(value), `${name}.${key}`),
      ]),
    )
  const own = (name: string) => list(content[name] ?? [], name)
  return {
    sets: byName('sets'),
    denied: own('denied'),
    gap: own('gap'),
    neutral: own('neutral'),
    fine: own('fine'),
    over: own('over'),
    past: own('past'),
    figures: own('figures'),
    habit: own('habit'),
    policy: own('policy'),
    advert: own('advert'),
    insult: own('insult'),
    danger: byName('danger'),
    tail: own('tail'),
    talk: byName('talk'),
    flows: byName('flows', (value) => (value as { asks?: unknown } | null)?.asks),
    maybe: byName('maybe'),
  }
}
