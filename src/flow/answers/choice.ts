/** select_one: one of a list, by words, by number, by a part of its label, by sound. */
import { dontKnowAmong, formsOf, isShown, noneAmong, placeSaid, soundsOfChoice, spelledOut } from './choice-forms.ts'
import { unspaced } from './normalise.ts'
import { sameSound, soundMatches } from './pinyin.ts'
import { bare, isNone, isUnknown } from './silence.ts'
import type { ChoiceOption, Understanding } from './understanding.ts'

/** More candidates than this are no help to choose from. */
const MOST_CANDIDATES = 6

export const chosen = (option: ChoiceOption, literal: boolean): Understanding & { result: 'understood' } => ({
  result: 'understood',
  value: option.name,
  literal,
  echo: option.label,
})

export const between = (options: readonly ChoiceOption[]): Understanding =>
  options.length > MOST_CANDIDATES
    ? { result: 'not_understood' }
    : { result: 'ambiguous', candidates: options.map(({ name, label }) => ({ value: name, echo: label })) }

/** The choice that is labelled, named or numbered just so: nothing needs to be looked up. */
function shownJustSo(text: string, choices: readonly ChoiceOption[]): ChoiceOption | null {
  for (const option of choices) if (option.label === text) return option
  for (const option of choices) if (option.name === text && !option.unspoken) return option
  const first = text.charCodeAt(0)
  return first >= 49 && first <= 57 && text.length <= 4 && /^\d+$/.test(text)
    ? (choices[Number(text) - 1] ?? null)
    : null
}

/** Label, synonym, name, number in range. @param text normalised */
export function literalChoice(
  text: string,
  choices: readonly ChoiceOption[],
): (Understanding & { result: 'understood' }) | null {
  const shown = shownJustSo(text, choices)
  if (shown) return chosen(shown, true)
  const option = spelledOut(text, choices)
  return option && chosen(option, isShown(text, option))
}

/** A word just before a mention that turns it round: 没有病, 不是因病. */
const DENIED = /(?:没有?|不是?|冇|莫得?|无|非|别|不用|not?|without) ?$/

/** Choices whose label or synonym stands somewhere in a sentence, undenied. */
export function mentioned(text: string, choices: readonly ChoiceOption[]): ChoiceOption[] {
  const tight = unspaced(text)
  return choices.filter((option) =>
    formsOf(option).said.some((word) => {
      if (word.length < 2) return false
      for (let at = tight.indexOf(word); at >= 0; at = tight.indexOf(word, at + 1)) {
        const inWord = /[a-z]/.test(word[0] as string) && /[a-z]/.test(tight[at - 1] ?? '') && !text.includes(' ')
        if (!inWord && !DENIED.test(tight.slice(Math.max(0, at - 4), at))) return true
      }
      return false
    }),
  )
}

/** One character says too little of a longer word: 有 is not 有人残疾, while 房 is 房子. */
const beginsWith = (word: string, said: string): boolean =>
  word.startsWith(said) && (said.length > 1 || word.length <= SHORT_WORD)
const SHORT_WORD = 2

/** Choices that begin with, or contain, what was said. */
function partly(text: string, choices: readonly ChoiceOption[]): ChoiceOption[] {
  const tight = unspaced(text)
  const begins = choices.filter((option) => {
    const forms = formsOf(option)
    return forms.said.some((word) => beginsWith(word, tight)) || (tight.length > 1 && forms.name.startsWith(tight))
  })
  if (begins.length > 0) return begins
  if (tight.length < 2 || !/[^a-z0-9]/.test(tight)) return []
  return choices.filter((option) => formsOf(option).said.some((word) => word.includes(tight)))
}

/** Everything short of a literal answer; null where nothing fits. @param text normalised */
export function looseChoice(text: string, choices: readonly ChoiceOption[]): Understanding | null {
  const core = bare(text)
  for (const said of new Set([text, core])) {
    const place = placeSaid(said, choices.length)
    if (place !== null) return chosen(choices[place] as ChoiceOption, false)
  }
  const numbered = /^\(?(\d{1,3})\)?[.、,:)\s]\s*(\D.*)$/.exec(text) ?? /^(\d{1,3})([^\d\s.].*)$/.exec(text)
  if (numbered) {
    const option = choices[Number(numbered[1]) - 1]
    if (option && formsOf(option).said.includes(unspaced(numbered[2] as string).replace(/^[.、,:)]/, '')))
      return chosen(option, false)
  }
  const spelled = core === text ? null : spelledOut(core, choices)
  if (spelled) return chosen(spelled, false)
  if (isUnknown(text)) {
    const unknown = dontKnowAmong(choices)
    return unknown ? chosen(unknown, false) : { result: 'unanswered' }
  }
  if (isNone(text)) {
    const none = noneAmong(choices)
    if (none) return chosen(none, false)
  }
  if (text.length <= 40 && !isNone(text)) {
    const whole = partly(core, choices)
    // 吉首的: the one in 吉首.
    const parts = whole.length === 0 && core.endsWith('的') ? partly(core.slice(0, -1), choices) : whole
    if (parts.length === 1) return chosen(parts[0] as ChoiceOption, false)
    if (parts.length > 1) return between(parts)
  }
  const inside = mentioned(text, choices)
  if (inside.length === 1) return chosen(inside[0] as ChoiceOption, false)
  if (inside.length > 1) return between(inside)
  if (text.length > 20) return null
  const spoken = choices.map(soundsOfChoice)
  const heard = soundMatches(core, spoken)
  const sounds = heard.length > 0 ? heard : sameSound(core, spoken)
  if (sounds.length === 1) return chosen(choices[sounds[0] as number] as ChoiceOption, false)
  return sounds.length > 1 ? between(sounds.map((index) => choices[index] as ChoiceOption)) : null
}
