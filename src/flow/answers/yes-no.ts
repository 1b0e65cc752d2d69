/** Yes, no and “I can't say”, as people here say them. */
import { dontKnowAmong, placeSaid } from './choice-forms.ts'
import { looseChoice, chosen, mentioned } from './choice.ts'
import { unspaced } from './normalise.ts'
import { bare, isUnknown } from './silence.ts'
import type { Asked, ChoiceOption, Understanding } from './understanding.ts'
import {
  ASKS_BACK,
  CLAUSES,
  COMPANY,
  DENIED,
  FIRMLY,
  HEDGE,
  NO,
  NOT_A_NO,
  TELLS_TROUBLE,
  TWICE,
  UNSURE,
  YES,
} from './yes-no-words.ts'

type Answer = 'yes' | 'no' | 'dk'

/** 是是是, 好好, 没有没有: said more than once is said once. */
function once(text: string): string {
  return text.replace(/^(.{1,3}?)\1+$/u, '$1')
}

function plain(text: string): Answer | null {
  if (isUnknown(text)) return 'dk'
  const core = bare(text)
  const alone = text.replace(COMPANY, '')
  for (const said of new Set([text, once(text), core, once(core), alone, once(alone), core.replace(COMPANY, '')])) {
    if (YES.has(said)) return 'yes'
    if (NO.has(said)) return 'no'
    if (UNSURE.has(said)) return 'dk'
  }
  return null
}

/** What one clause says; null when it says neither. @param text without blanks */
function heard(text: string): Answer | null {
  const core = bare(text)
  const simple = plain(text) ?? plain(core)
  if (simple) return simple
  const firm = core.replace(FIRMLY, '')
  const half = core.replace(HEDGE, '')
  if (half !== core && half !== '' && plain(half) !== null) return 'dk'
  const said = firm === '' ? core : firm
  if (ASKS_BACK.test(said)) return null
  const answer = said === core ? null : plain(said)
  return answer ?? (isDenied(text, said) ? 'no' : null)
}

const isDenied = (text: string, said: string): boolean =>
  text.length <= 12 && DENIED.test(said) && !NOT_A_NO.test(said) && !TWICE.test(said) && !TELLS_TROUBLE.test(said)

const SOUND = /^[嗯恩唔哎诶欸哦喔昂]+$/

/** @param text normalised */
export function readYesNo(text: string): Answer | null {
  if (text.length > 60) return null
  const whole = heard(unspaced(text))
  if (whole) return whole
  const clauses = text.split(CLAUSES).filter((clause) => clause !== '')
  const first = clauses[0] === undefined ? null : heard(clauses[0])
  const others = clauses.slice(1).map((clause) => plain(clause))
  if (!first || clauses.length < 2) return null
  // 嗯 before something else is only a sound.
  if (SOUND.test(clauses[0] as string) && others.includes(null)) return null
  return others.every((other) => other === null || other === first) ? first : null
}

/** select_one over yes, no and perhaps dk. @param text normalised, known not to be literal */
export function parseYesNo(text: string, asked: Asked, language: string): Understanding {
  const choices = asked.choices ?? yesNoChoices(language)
  const place = placeSaid(bare(text), choices.length)
  const option = place === null ? undefined : choices[place]
  if (option) return chosen(option, false)
  const isTrouble = tellsTrouble(text)
  const answer = isTrouble ? null : readYesNo(text)
  const told = toldBy(text, choices)
  if (told) return chosen(told, false)
  if (answer === 'dk') {
    const unknown = choices.find(({ name }) => name === 'dk') ?? dontKnowAmong(choices)
    if (unknown) return chosen(unknown, false)
    return isUnknown(text) ? { result: 'unanswered' } : (askBack(choices, half(text)) ?? { result: 'not_understood' })
  }
  if (isTrouble) return askBack(choices, ['yes', 'no']) ?? { result: 'not_understood' }
  const meant = answer && choices.find(({ name }) => name === answer)
  if (meant) return chosen(meant, false)
  const loose = answer === null && text.length > 1 ? looseChoice(text, choices) : null
  return loose?.result === 'understood' && !/[没不冇莫无未]/.test(text) ? loose : { result: 'not_understood' }
}

/** 没活干: neither yes nor no. */
const tellsTrouble = (text: string): boolean =>
  text.length <= 12 && (TELLS_TROUBLE.test(unspaced(text)) || TELLS_TROUBLE.test(bare(unspaced(text))))

/** The choices that may be meant, to choose from; null where the question has none of them. */
function askBack(choices: readonly ChoiceOption[], answers: readonly Answer[]): Understanding | null {
  const options = choices.filter(({ name }) => answers.some((answer) => answer === name))
  if (options.length === 0) return null
  return { result: 'ambiguous', candidates: options.map(({ name, label }) => ({ value: name, echo: label })) }
}

/** 可能没有 where “I can't say” is no choice: what was half said. */
function half(text: string): readonly Answer[] {
  const core = bare(unspaced(text))
  const said = core.replace(HEDGE, '')
  const answer = said === core || said === '' ? null : plain(said)
  return answer === null || answer === 'dk' ? [] : [answer]
}

/**
 * What a question's own words for yes or no say, where somebody tells it instead of answering: 没饭吃 at “anything that can't
 * wait?” is a yes, although it begins like a no. Only words of several characters, and only of one of the choices.
 */
function toldBy(text: string, choices: readonly ChoiceOption[]): ChoiceOption | null {
  if (plain(unspaced(text)) !== null || plain(text.split(CLAUSES)[0] as string) !== null) return null
  const told = mentioned(
    text,
    choices.map(({ name, also = [] }) => ({
      name,
      label: '',
      also: also.filter((word) => word.length > 1 && plain(unspaced(word)) === null),
    })),
  )
  const [only] = told
  return only && told.length === 1 ? (choices.find(({ name }) => name === only.name) ?? null) : null
}

/** Where a yes-no question came without choices. */
export const yesNoChoices = (language: string): readonly ChoiceOption[] =>
  language.startsWith('en') ? ENGLISH : CHINESE

const CHINESE: readonly ChoiceOption[] = [
  { name: 'yes', label: '是' },
  { name: 'no', label: '不是' },
  { name: 'dk', label: '说不清' },
]
const ENGLISH: readonly ChoiceOption[] = [
  { name: 'yes', label: 'Yes' },
  { name: 'no', label: 'No' },
  { name: 'dk', label: 'Not sure' },
]
