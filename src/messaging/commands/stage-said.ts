/** Reads what staff type about a matter: a word, one or several numbers, how it went, and why. */
import { dateAt, type Instant, type PlainDate } from '../../base/time.ts'
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import { readDate } from '../../flow/answers/date.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { Text } from '../../text/text.ts'

export const STAGE_WORDS = [
  'accept',
  'verify',
  'compare',
  'review',
  'notice',
  'no_objection',
  'objection',
  'township',
  'confirm',
  'refuse',
  'assist',
  'propose_removal',
  'remove',
  'follow_up',
  'working',
  'done',
  'reopen',
  'hard',
  'withdraw',
  'duplicate',
  'late',
  'signed',
  'finding_right',
  'finding_wrong',
  'timeline',
] as const
export type StageWord = (typeof STAGE_WORDS)[number]

const OUTCOMES = ['passed', 'not_passed', 'back'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface StageSaid {
  readonly word: StageWord
  /** As it was typed, for an example. */
  readonly form: string
  /** In the order typed, each once; a wrong one is kept, to be said so. */
  readonly numbers: readonly string[]
  readonly outcome: Outcome | null
  /** Null = none. */
  readonly reason: string | null
  readonly lateReason: string | null
}

export interface StageForms {
  readonly words: readonly (readonly [form: string, word: StageWord])[]
  readonly outcomes: readonly (readonly [form: string, outcome: Outcome])[]
  readonly late: readonly string[]
}

/** Longer forms first: 公示无异议 is more than 公示. */
export function stageForms(text: Text): StageForms {
  const of = <Name extends string>(names: readonly Name[], group: string) =>
    names
      .flatMap((name) => formsIn(text, `stages:${group}.${name}`).map((form) => [form, name] as const))
      .sort(([a], [b]) => b.length - a.length)
  return {
    words: of(STAGE_WORDS, 'words'),
    outcomes: of(OUTCOMES, 'outcomes'),
    late: formsIn(text, 'stages:late_mark'),
  }
}

/** What people call it, in every language, without blanks. */
export const formsIn = (text: Text, key: string): readonly string[] => [
  ...new Set(
    text.languages.flatMap((language) => {
      const forms = text.object(language, key)
      return Array.isArray(forms) ? forms.map((form) => unspaced(normalise(String(form)))) : []
    }),
  ),
]

/** @returns null for what is none of these words */
export function readStageWord(typed: string, forms: StageForms): StageSaid | null {
  const { before, after, numbers } = split(normalise(typed))
  const head = unspaced(before).replace(EDGES, '')
  const opening = startsWith(head, forms.words)
  if (opening) {
    const [form, word, rest] = opening
    const outcome = startsWith(rest, forms.outcomes)
    // 确认一下 26112200012 is talk.
    if (rest !== '' && outcome?.[2] !== '') return null
    return said(word, form, numbers, outcome?.[1] ?? null, after, forms)
  }
  if (head !== '' || numbers.length === 0) return null
  const closing = startsWith(unspaced(after), forms.words)
  return closing && said(closing[1], closing[0], numbers, null, without(after, closing[0]), forms)
}

function said(
  word: StageWord,
  form: string,
  numbers: readonly string[],
  outcome: Outcome | null,
  tail: string,
  forms: StageForms,
): StageSaid {
  const found = outcome === null ? startsWith(unspaced(tail), forms.outcomes) : null
  const rest = found ? without(tail, found[0]) : tail
  const { reason, lateReason } = parted(rest, forms.late)
  return { word, form, numbers, outcome: outcome ?? found?.[1] ?? null, reason, lateReason }
}

const EDGES = /^[\s,:;、。.!]+|[\s,:;、。.!]+$/gu

function startsWith<Name>(text: string, forms: readonly (readonly [string, Name])[]): [string, Name, string] | null {
  for (const [form, name] of forms)
    if (form !== '' && text.startsWith(form)) return [form, name, text.slice(form.length)]
  return null
}

/** The text without a form at its start, whatever blanks stand in it. */
function without(text: string, form: string): string {
  let rest = text.trimStart()
  for (const letter of form) rest = rest.trimStart().slice(letter.length)
  return rest.replace(EDGES, '')
}

function parted(text: string, marks: readonly string[]) {
  const bare = text.replace(EDGES, '')
  const place = marks.map((mark) => [bare.indexOf(mark), mark] as const).find(([at]) => at >= 0)
  if (!place) return { reason: bare === '' ? null : bare, lateReason: null }
  const reason = bare.slice(0, place[0]).replace(EDGES, '')
  const lateReason = bare.slice(place[0] + place[1].length).replace(EDGES, '')
  return { reason: reason === '' ? null : reason, lateReason: lateReason === '' ? null : lateReason }
}

const LONGEST_NUMBER = 16

/** What stands before the first number, and after the last one; digits with blanks between them are one number where they fit. */
function split(text: string): { readonly before: string; readonly after: string; readonly numbers: readonly string[] } {
  const numbers: string[] = []
  let before: string | null = null
  let rest = text
  for (;;) {
    const match = /\d{2,}/.exec(rest)
    if (!match) break
    const found = numberAt(rest, match.index)
    // What follows the numbers may hold a sum or a day.
    const isNext = before === null || /^[\s,、;和与跟]*$/u.test(rest.slice(0, match.index))
    if (!found || !isNext) {
      if (before !== null) break
      if (!found) return { before: text, after: '', numbers: [] }
    }
    if (!found) break
    before ??= rest.slice(0, match.index)
    numbers.push(found.number)
    rest = rest.slice(found.end)
  }
  return before === null
    ? { before: text, after: '', numbers: [] }
    : { before, after: rest.replace(EDGES, ''), numbers: [...new Set(numbers)] }
}

function numberAt(text: string, start: number): { readonly number: string; readonly end: number } | null {
  const whole = /^\d+/.exec(text.slice(start))?.[0] ?? ''
  if (isMatterNumber(whole)) return { number: whole, end: start + whole.length }
  let digits = ''
  for (let end = start; end < text.length && digits.length < LONGEST_NUMBER; end += 1) {
    const letter = text[end] as string
    if (/\d/.test(letter)) digits += letter
    else if (!/[ -]/.test(letter)) break
    if (isMatterNumber(digits)) return { number: digits, end: end + 1 }
  }
  return whole.length >= 9 ? { number: whole, end: start + whole.length } : null
}

/** A day that is written where a reason may stand: null = none was; `impossible` = there is no such day. */
export function dayIn(text: string | null, at: Instant, zone: string): PlainDate | 'impossible' | null {
  const reading = text === null ? null : (readDate(normalise(text), dateAt(at, zone))?.reading ?? null)
  if (reading === null) return null
  return reading.kind === 'impossible' ? 'impossible' : (reading.options[0]?.date ?? null)
}
