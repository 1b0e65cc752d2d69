/** What one choice may be called, in the spelling that answers are compared in. */
import { normalise, unspaced } from './normalise.ts'
import { wholeNumeral } from './numeral.ts'
import { soundsOfWords } from './pinyin.ts'
import type { WordSounds } from './pinyin.ts'
import type { ChoiceOption } from './understanding.ts'

export interface ChoiceForms {
  readonly label: string
  /** The label and its synonyms, without blanks. */
  readonly said: readonly string[]
  /** Empty where it is not read. */
  readonly name: string
}

/** A pure hint: options are values that never change. */
const heard = new WeakMap<ChoiceOption, WordSounds>()

export function soundsOfChoice(option: ChoiceOption): WordSounds {
  let sounds = heard.get(option)
  if (!sounds) heard.set(option, (sounds = soundsOfWords(formsOf(option).said)))
  return sounds
}

/** A pure hint, as above. */
const known = new WeakMap<ChoiceOption, ChoiceForms>()

export function formsOf(option: ChoiceOption): ChoiceForms {
  let forms = known.get(option)
  if (!forms) {
    const label = unspaced(normalise(option.label))
    const also = (option.also ?? []).map((word) => unspaced(normalise(word)))
    forms = {
      label,
      said: [label, ...also].filter((word) => word !== ''),
      name: option.unspoken ? '' : normalise(option.name),
    }
    known.set(option, forms)
  }
  return forms
}

/** The choice said letter by letter: by label, then synonym, then name. @param text normalised */
export function spelledOut(text: string, choices: readonly ChoiceOption[]): ChoiceOption | null {
  const tight = unspaced(text)
  let synonym: ChoiceOption | null = null
  let named: ChoiceOption | null = null
  for (const option of choices) {
    const forms = formsOf(option)
    if (forms.label === tight) return option
    if (synonym === null && forms.said.includes(tight)) synonym = option
    if (named === null && (forms.name === text || forms.name.replaceAll('_', '') === tight)) named = option
  }
  return synonym ?? named
}

/** Said just as it is stored or shown. */
export const isShown = (text: string, option: ChoiceOption): boolean =>
  formsOf(option).label === unspaced(text) || formsOf(option).name === text

const ORDINAL =
  /^(?:我?(?:就|还是|选择?|要|挑)+(?:的是|是)?)?(?:第|no\.?|number|option|选项)?(\d{1,3}|[一二三四五六七八九十廿两]{1,3})(?:号|个|项|条|样|种|选项)?(?:的|吧|啊)?$/

const LAST = /^(?:我?选)?(?:最后(?:一|那)?(?:个|项|条)|the last(?: one)?|last(?: one)?)$/
const FIRSTS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** 1, 一, 第一个, 选2, 最后一个, first. @returns 0-based place, or null. @param text normalised */
export function placeSaid(text: string, count: number): number | null {
  if (text.length > 20) return null
  if (LAST.test(text)) return count > 0 ? count - 1 : null
  const english = FIRSTS.indexOf(text.replace(/^the /, '').replace(/ one$/, ''))
  if (english >= 0) return english < count ? english : null
  const tight = unspaced(text)
  const back = /^倒数第([一二两三四五六七八九\d]{1,2})[个项条样]?$/.exec(tight)?.[1]
  const fromEnd = back === undefined ? null : wholeNumeral(back)
  if (fromEnd !== null) return fromEnd >= 1 && fromEnd <= count ? count - fromEnd : null
  const found = ORDINAL.exec(tight.replace(/^\((.+)\)$/, '$1'))
  const number = found ? wholeNumeral(found[1] as string) : null
  return number !== null && Number.isInteger(number) && number >= 1 && number <= count ? number - 1 : null
}

/** The choice that stands for “I don't know”, if there is one. */
export function dontKnowAmong(choices: readonly ChoiceOption[]): ChoiceOption | null {
  return (
    choices.find(({ name }) => DONT_KNOW.has(name)) ??
    choices.find((option) => VAGUE.test(formsOf(option).label)) ??
    null
  )
}

const DONT_KNOW = new Set(['dk', 'unknown', 'dont_know', 'not_sure', 'unsure'])
const VAGUE = /^(?:不清楚|说不清|不知道|不晓得|还没问|don'?tknow|notsure)/

/** The choice that stands for “none of these”, if there is one. */
export function noneAmong(choices: readonly ChoiceOption[]): ChoiceOption | null {
  return (
    choices.find(({ name }) => name === 'none') ??
    choices.find((option) =>
      /^(?:以上)?(?:都没有?|没有?了?|暂无|无|none(?:ofthese|oftheabove)?|nothing)$/.test(formsOf(option).label),
    ) ??
    null
  )
}
