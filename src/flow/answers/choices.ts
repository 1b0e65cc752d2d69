/** select_multiple and rank: several of a list, in one breath. */
import { formsOf, noneAmong, placeSaid } from './choice-forms.ts'
import { literalChoice, looseChoice, mentioned } from './choice.ts'
import { unspaced } from './normalise.ts'
import { REASONS } from './reasons.ts'
import { bare, isNone, isUnknown } from './silence.ts'
import type { Asked, ChoiceOption, Understanding } from './understanding.ts'

const BETWEEN = /[\s,;、。.|/+&>＞》·:!?()-]+|和|跟|与|以及|还有|加上|同|又|\band\b/
const ALL =
  /^(?:我)?(?:全部?都?|都|全|样样都?|每样都?|所有的?|这些)(?:有|是|要|选|会|可以|行|想要?|需要|得)?(?:的|了|啊|吧)*$|^(?:all|everything|all of (?:them|the above|these)|both)$/
const EXCEPT = /^除了?(.+?)(?:以外|之外|外)?[,，]?(?:其他|其余|别)?的?(?:都|全)(?:有|是|要|选|会|可以)?$/

/** Not part of “all of them”. */
const ASIDE = new Set(['none', 'dk', 'other', 'unknown'])

function gathered(found: ReadonlySet<ChoiceOption>, choices: readonly ChoiceOption[], literal: boolean): Understanding {
  const listed = choices.filter((option) => found.has(option))
  return {
    result: 'understood',
    value: listed.map(({ name }) => name),
    literal,
    echo: listed.map(({ label }) => label).join('、'),
  }
}

interface Cut {
  readonly options: readonly ChoiceOption[]
  /** Only names, labels and numbers were said. */
  readonly literal: boolean
}

interface Spelling {
  readonly word: string
  readonly option: ChoiceOption
}

/** A pure hint: a list of choices never changes. */
const spelled = new WeakMap<readonly ChoiceOption[], ReadonlyMap<string, readonly Spelling[]>>()

/** First character → words that begin so, longest first. */
function spellingsOf(choices: readonly ChoiceOption[]): ReadonlyMap<string, readonly Spelling[]> {
  const kept = spelled.get(choices)
  if (kept) return kept
  const map = new Map<string, Spelling[]>()
  for (const option of choices)
    for (const word of [...formsOf(option).said, formsOf(option).name]) {
      if (word === '' || /^\d+$/.test(word)) continue
      const first = word[0] as string
      map.set(first, [...(map.get(first) ?? []), { word, option }])
    }
  for (const list of map.values()) list.sort((a, b) => b.word.length - a.word.length)
  spelled.set(choices, map)
  return map
}

/** Longest words first, so that labels which hold a blank or a 和 stay whole. */
function cut(text: string, choices: readonly ChoiceOption[]): Cut | null {
  const spellings = spellingsOf(choices)
  const options: ChoiceOption[] = []
  let literal = true
  let rest = text
  while (rest !== '') {
    const gap = /^(?:[\s,;、。.|/+&>·:!?()-]+|和|跟|与|以及|还有|加上|同|又|也|and\b)/.exec(rest)
    const found = spellings.get(rest[0] as string)?.find(({ word }) => rest.startsWith(word))
    if (found && !(/[a-z0-9]$/.test(found.word) && /^[a-z0-9]/.test(rest.slice(found.word.length)))) {
      options.push(found.option)
      literal &&= found.word === formsOf(found.option).label || found.word === formsOf(found.option).name
      rest = rest.slice(found.word.length)
      continue
    }
    if (gap) {
      rest = rest.slice(gap[0].length)
      continue
    }
    const number = /^(?:第?(\d{1,3})(?:号|个|项)?)(?!\d)/.exec(rest)
    const option = number && choices[Number(number[1]) - 1]
    if (!number || !option) return null
    options.push(option)
    rest = rest.slice(number[0].length)
  }
  return options.length > 0 ? { options, literal } : null
}

/** 134 or 一三四 on a list of nine: every digit one choice, each once. */
function digitRun(text: string, choices: readonly ChoiceOption[]): ChoiceOption[] | null {
  const tight = unspaced(text).replace(/[一二三四五六七八九]/g, (char) => String('零一二三四五六七八九'.indexOf(char)))
  if (!/^[1-9]{2,9}$/.test(tight) || new Set(tight).size !== tight.length) return null
  const options = [...tight].map((digit) => choices[Number(digit) - 1])
  return options.every((option) => option !== undefined) ? (options as ChoiceOption[]) : null
}

/** Pieces between commas and 和, each understood by itself; null when one is not. */
function pieces(text: string, choices: readonly ChoiceOption[]): ChoiceOption[] | null {
  const options: ChoiceOption[] = []
  for (const piece of text.split(BETWEEN)) {
    const word = bare(piece.trim())
    if (word === '') continue
    const place = placeSaid(word, choices.length)
    const heard = place === null ? (literalChoice(word, choices) ?? looseChoice(word, choices)) : null
    const name = heard?.result === 'understood' ? heard.value : null
    const option = place === null ? choices.find((choice) => choice.name === name) : choices[place]
    if (!option) return null
    options.push(option)
  }
  return options.length > 0 ? options : null
}

/** Longer texts are looked through for what they mention. */
const LONGEST_LIST = 200

/** All but some, all, 134, or a list. @param text normalised */
export function severalOf(text: string, choices: readonly ChoiceOption[]): Cut | null {
  if (text.length > LONGEST_LIST) return null
  const tight = unspaced(text)
  const every = choices.filter(({ name }) => !ASIDE.has(name))
  if (ALL.test(bare(tight)) || ALL.test(text)) return { options: every, literal: false }
  const except = EXCEPT.exec(bare(tight))
  if (except) {
    const without = severalOf(except[1] as string, choices)
    if (without) return { options: every.filter((option) => !without.options.includes(option)), literal: false }
  }
  const listed = cut(text, choices) ?? cut(tight, choices)
  if (listed) return listed
  const run = digitRun(text, choices)
  if (run) return { options: run, literal: false }
  const parts = pieces(text, choices)
  return parts && { options: parts, literal: false }
}

/** One literal choice as a list of one. @param text normalised */
export function literalChoices(text: string, choices: readonly ChoiceOption[]): Understanding | null {
  const one = literalChoice(text, choices)
  return one && { ...one, value: [one.value as string] }
}

/** @param text normalised, known not to be one literal choice */
export function parseChoices(text: string, asked: Asked): Understanding {
  const choices = asked.choices ?? []
  const several = severalOf(text, choices)
  if (several) return gathered(new Set(several.options), choices, several.literal)
  if (isUnknown(text) || isNone(text)) {
    const one = looseChoice(text, choices)
    if (one?.result === 'understood') return { ...one, value: [one.value as string] }
    if (one) return one
    return asked.required || (isNone(text) && noneAmong(choices))
      ? { result: 'not_understood' }
      : { result: 'unanswered' }
  }
  const inside = mentioned(text, choices)
  if (inside.length > 0) return gathered(new Set(inside), choices, false)
  const one = looseChoice(text, choices)
  if (one?.result === 'understood') return { ...one, value: [one.value as string] }
  if (one?.result !== 'ambiguous') return one ?? { result: 'not_understood' }
  return { ...one, candidates: one.candidates.map(({ value, echo }) => ({ value: [value as string], echo })) }
}

/** All choices, each once, in the order said. @param text normalised */
export function parseRank(text: string, asked: Asked): Understanding {
  const choices = asked.choices ?? []
  if (isUnknown(text)) return { result: 'unanswered' }
  const several = severalOf(text, choices)
  if (!several || ALL.test(bare(unspaced(text)))) return { result: 'not_understood' }
  const { options, literal } = several
  if (options.length !== choices.length || new Set(options).size !== options.length)
    return { result: 'not_allowed', why: REASONS.rank, params: { count: choices.length } }
  return {
    result: 'understood',
    value: options.map(({ name }) => name),
    literal,
    echo: options.map(({ label }) => label).join(' > '),
  }
}
