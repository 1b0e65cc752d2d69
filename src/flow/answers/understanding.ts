/** What the program made of an answer. Nothing here chooses words: `why` is a message key, `echo` shows a value. */
import type { Instant } from '../../base/time.ts'
import type { GlobalWord } from '../words.ts'

/** Units that a number may be asked in; others are read as written and converted within one dimension. */
export const UNITS = [
  'yuan',
  'person',
  'mu',
  'jin',
  'kg',
  'day',
  'month',
  'year',
  'hour',
  'minute',
  'head',
  'bird',
  'piece',
] as const
export type Unit = (typeof UNITS)[number]

/** Types whose answer is a row of the registry. */
const PICKER_TYPES = ['territory', 'household', 'staff', 'course', 'posting', 'matter'] as const
export type PickerType = (typeof PICKER_TYPES)[number]
export const PICKERS: ReadonlySet<string> = new Set(PICKER_TYPES)

export const ANSWER_TYPES = [
  'text',
  'integer',
  'decimal',
  'range',
  'select_one',
  'select_multiple',
  'rank',
  'acknowledge',
  'date',
  'time',
  'dateTime',
  'geopoint',
  'phone',
  'id_number',
  ...PICKER_TYPES,
  'image',
  'audio',
  'video',
  'file',
] as const
export type AnswerType = (typeof ANSWER_TYPES)[number]

/** One choice as the person sees it now (already filtered and in order: its number is its place, 1-based). */
export interface ChoiceOption {
  readonly name: string
  readonly label: string
  /** Synonyms of the locale. */
  readonly also?: readonly string[]
  /** The name is a word that works anywhere in this language (`stop`): typed, it means that word; tapped, the choice. */
  readonly unspoken?: boolean
}

/** A row of the registry that a picker found for what was typed; best first. */
export interface Candidate {
  /** What is stored: a territory's path, a household's, staff member's or course's id, a matter's number. */
  readonly value: string
  readonly label: string
  /** It is what was said, letter by letter or the only one of that name: no choosing needed. */
  readonly exact: boolean
  /** No row but an area that was named and holds too many to list (吉首市): which place in it has to be asked. */
  readonly isWide?: true
  /** What else the registry knows of it, for hidden questions that say `from:` this one: question → stored value. */
  readonly about?: Readonly<Record<string, string>>
}

/** A question as the understanding sees it. */
export interface Asked {
  readonly type: AnswerType
  readonly unit?: Unit
  readonly choices?: readonly ChoiceOption[]
  /** select_one with the choices yes, no and perhaps dk. */
  readonly yesNo?: boolean
  readonly required?: boolean
  /** text: asks what a person is called. */
  readonly isName?: true
  /** For range. */
  readonly bounds?: { readonly start: number; readonly end: number; readonly step: number }
  /** Pickers: what the registry found for this text (see lookups.ts). */
  readonly found?: readonly Candidate[]
  /** The flow's constraint; given the value as it would be stored. */
  readonly allows?: (stored: string) => boolean
  /** Message key for a value that `allows` refused. */
  readonly why?: string
}

/** numbers for integer, decimal, range; a name or list of names for choices; strings for all else. */
export type AnswerValue = number | string | readonly string[]

export interface Said {
  readonly at: Instant
  readonly zone: string
  readonly language: string
}

export type Understanding =
  | {
      readonly result: 'understood'
      readonly value: AnswerValue
      /** It was said just as it is stored or labelled: no echo is needed. */
      readonly literal: boolean
      readonly echo: string
      /** The person said “about”, or only a month or a year. */
      readonly approximate?: true
      readonly precision?: 'month' | 'year'
    }
  | { readonly result: 'ambiguous'; readonly candidates: readonly { value: AnswerValue; echo: string }[] }
  | {
      readonly result: 'not_allowed'
      readonly why: string
      readonly params?: Readonly<Record<string, string | number>>
    }
  | { readonly result: 'unanswered' }
  | { readonly result: 'global'; readonly word: GlobalWord; readonly argument?: string }
  | { readonly result: 'not_understood' }

/** What is stored for a value: select_multiple and rank blank-separated, numbers without trailing zeros. */
export function storedOf(value: AnswerValue): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : value.join(' ')
}
