/** Several of a list said in one text: 1和3, 134, 生病还有房子, 都有, 除了2都有, 前三个, 不是1是2. */
import { formsOf, placeSaid } from './choice-forms.ts'
import { literalChoice, looseChoice } from './choice.ts'
import { unspaced } from './normalise.ts'
import { wholeNumeral } from './numeral.ts'
import { bare } from './silence.ts'
import type { ChoiceOption } from './understanding.ts'

const BETWEEN = /[\s,;、。.|/+&>＞》·:!?()-]+|和|跟|与|以及|还有|加上|同|又|\band\b/
const ALL =
  /^(?:我)?(?:全部?都?|都|全|样样都?|每样都?|每个都?|[哪啥]样?都|什么都|么子都|啥子都|所有的?|这些|以上都?|一样不落都?)(?:有|是|要|选|会|可以|行|占|想要?|需要|得)?(?:的|了|啊|吧)*$|^(?:all|everything|all of (?:them|the above|these)|both)$/
const EXCEPT = /^除了?(.+?)(?:以外|之外|外)?[,，]?(?:其他|其余|别)?的?(?:都|全)(?:有|是|要|选|会|可以)?$/

const CORRECTED = /^(?:不是|不选|没有|不要)([^,，]{1,20}?)[,，]?(?:而是|是|选|有|要)([^不没]{1,20})$/

/** Not part of “all of them”. */
const ASIDE = new Set(['none', 'dk', 'other', 'unknown'])

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
    const number = /^第?(?:(\d{1,3})(?:[号个项条样])|(\d{1,3})(?!\d))/.exec(rest)
    const spelt = number ?? /^第([一二三四五六七八九十]{1,3})[号个项条样]?/.exec(rest)
    const option = spelt && choices[(wholeNumeral(spelt[1] ?? spelt[2] ?? '') ?? 0) - 1]
    if (!spelt || !option) return null
    options.push(option)
    rest = rest.slice(spelt[0].length)
  }
  return options.length > 0 ? { options, literal } : null
}

const FIRST_ONES =
  /^(?:我?选|要)?(?:前|头|前面|前头|上面)的?([一二三四五六七八九两\d]{1,2})[个项样条种](?:都有|都是|都要)?$/
const LAST_ONES =
  /^(?:我?选|要)?(?:后|后面|后头|最后|末尾|下面)的?([二三四五六七八九两\d]{1,2})[个项样条种](?:都有|都是|都要)?$/

/** 前三个, 后面两个. */
function endsSaid(text: string, choices: readonly ChoiceOption[]): readonly ChoiceOption[] | null {
  const [first, last] = [FIRST_ONES.exec(text)?.[1], LAST_ONES.exec(text)?.[1]]
  const said = first ?? last
  const count = said === undefined ? null : wholeNumeral(said)
  if (count === null || count < 1 || count > choices.length) return null
  return first === undefined ? choices.slice(-count) : choices.slice(0, count)
}

/** 1到3 is all three; 1-3 may be the two as well. @returns null when it is no span. @param text normalised */
export function spanSaid(
  text: string,
  choices: readonly ChoiceOption[],
): { readonly options: readonly ChoiceOption[]; readonly isClear: boolean } | null {
  const span = /^从?第?(\d{1,3})[个项]?(到|至|~|-|—|–)第?(\d{1,3})[个项]?(?:都有|都是|都要)?$/.exec(unspaced(text))
  const [from, to] = [Number(span?.[1]), Number(span?.[3])]
  if (!span || from < 1 || to - from < 2 || to > choices.length) return null
  return { options: choices.slice(from - 1, to), isClear: !/[-—–]/.test(span[2] as string) }
}

/** 都有, 全部. @param text normalised */
export const saysAll = (text: string): boolean => ALL.test(bare(unspaced(text))) || ALL.test(text)

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
  if (saysAll(text)) return { options: every, literal: false }
  const except = EXCEPT.exec(bare(tight))
  if (except) {
    const without = severalOf(except[1] as string, choices)
    if (without) return { options: every.filter((option) => !without.options.includes(option)), literal: false }
  }
  const corrected = CORRECTED.exec(bare(tight))
  if (corrected) {
    const [wrong, right] = [severalOf(corrected[1] as string, choices), severalOf(corrected[2] as string, choices)]
    if (wrong && right) return { options: right.options, literal: false }
  }
  const ends = endsSaid(tight, choices)
  if (ends) return { options: ends, literal: false }
  const listed = cut(text, choices) ?? cut(tight, choices)
  if (listed) return listed
  const run = digitRun(text, choices)
  if (run) return { options: run, literal: false }
  const parts = pieces(text, choices)
  return parts && { options: parts, literal: false }
}
