/** What staff type outside flows: a word, the number of a matter (or two), and the rest, in the order in which people write. */
import { isLikeMatterNumber, isMatterNumber } from '../../domain/cases/matter-number.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { Text } from '../../text/text.ts'

export interface Typed<Word extends string> {
  readonly word: Word
  /** As typed, without blanks; their check digits may be wrong. */
  readonly numbers: readonly string[]
  /** What follows, blanks single, as typed but for full-width letters. */
  readonly rest: string
}

export interface CommandWords<Word extends string> {
  /** @returns null for what begins with none of the words (`word number …`, `number word …`, `word …`) */
  read(said: string): Typed<Word> | null
}

/** Words longer than any message that is a command. */
const LONGEST = 600
const BREAK = /^[\s,，:：;；、。.#]+/u
/** What may end a word that is followed by something else than a number: `去世张国强` is meant, `接受` is not `接`. */
const SHORTEST_OPEN = 2

/**
 * Forms of every language, from `<namespace>:commands.<word>`.
 * @param longest message that is read, in UTF-16 units
 */
export function commandWords<Word extends string>(
  text: Text,
  namespace: string,
  words: readonly Word[],
  longest = LONGEST,
): CommandWords<Word> {
  const forms = words
    .flatMap((word) => formsOf(text, `${namespace}:commands.${word}`).map((form) => ({ word, form })))
    .sort((a, b) => b.form.length - a.form.length)

  const wordAt = (said: string) => {
    const lower = said.toLowerCase()
    return forms.find(({ form }) => {
      if (!lower.startsWith(form)) return false
      const next = said.slice(form.length)
      return next === '' || BREAK.test(next) || /^\d/.test(next) || isOpen(form)
    })
  }

  return {
    read(said) {
      if (said.length > longest) return null
      const all = plain(said)
      const before = numberAt(all)
      const after = before ? afterBreak(before.rest) : all
      const found = wordAt(after)
      if (!found) return null
      let rest = afterBreak(after.slice(found.form.length))
      const numbers = before ? [before.number] : []
      for (let next = numberAt(rest); next && numbers.length < 2; next = numberAt(rest)) {
        numbers.push(next.number)
        rest = afterBreak(next.rest)
      }
      return { word: found.word, numbers, rest: rest.replace(/[\s。.!！]+$/u, '') }
    },
  }
}

/** Normalised forms of a list in every language. */
export function formsOf(text: Text, key: string): readonly string[] {
  return text.languages.flatMap((language) => {
    const forms = text.object(language, key)
    return Array.isArray(forms) ? forms.map((form) => normalise(String(form))) : []
  })
}

const plain = (said: string): string => said.normalize('NFKC').replace(/\s+/gu, ' ').trim()

const afterBreak = (said: string): string => said.replace(BREAK, '')

const isOpen = (form: string): boolean => form.length >= SHORTEST_OPEN && !/[a-z]$/.test(form)

/**
 * The number that a text begins with, blanks within allowed: as soon as the digits are a right one, else the first run that
 * looks like one.
 */
function numberAt(said: string): { readonly number: string; readonly rest: string } | null {
  const run = /^\d[\d -]*/.exec(said)?.[0]
  if (run === undefined) return null
  let digits = ''
  for (const group of run.matchAll(/\d+/g)) {
    digits += group[0]
    if (digits.length > 16) break
    if (isMatterNumber(digits)) return { number: digits, rest: said.slice(group.index + group[0].length) }
  }
  const first = /^\d+/.exec(run)?.[0] ?? ''
  return first.length >= 9 && first.length <= 16 && (isLikeMatterNumber(first) || first.length >= 11)
    ? { number: first, rest: said.slice(first.length) }
    : null
}

/** The form that a text begins with or is: the longest wins. @returns what it stands for and what follows */
export function startsWithForm<Name extends string>(
  said: string,
  forms: ReadonlyMap<string, Name>,
): { readonly name: Name; readonly rest: string } | null {
  const lower = said.toLowerCase()
  const form = [...forms.keys()].filter((each) => lower.startsWith(each)).sort((a, b) => b.length - a.length)[0]
  return form === undefined ? null : { name: forms.get(form) as Name, rest: afterBreak(said.slice(form.length)) }
}

/** `<namespace>:<group>.<name>` lists of forms, in every language. */
export function formTable<Name extends string>(
  text: Text,
  key: (name: Name) => string,
  names: readonly Name[],
): ReadonlyMap<string, Name> {
  return new Map(names.flatMap((name) => formsOf(text, key(name)).map((form) => [unspacedIfChinese(form), name])))
}

const unspacedIfChinese = (form: string): string => (/[a-z]/.test(form) ? form : unspaced(form))
