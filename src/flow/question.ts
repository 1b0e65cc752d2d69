/** Puts the open question: its words, its choices, how far the person is. */
import { AnswersEnvironment } from './answers-environment.ts'
import { seededRandom } from '../base/random.ts'
import type { Choice, Effect, Prompt, TextRef } from './effects.ts'
import { isRequired, mayEnd } from './enough.ts'
import { pathOf } from './place.ts'
import type { AskRow, ChoiceRow, List, RepeatRow, SpokenList } from './program.ts'
import type { Run } from './run.ts'
import { sentence } from './spoken.ts'
import { shortened } from './first-choices.ts'
import { isBegun } from './begun.ts'

const NONE: readonly Choice[] = []

const NO_MORE: Choice = { id: 'skip', label: { key: 'flow:told.no_more' } }

const SUBMIT: Choice = { id: 'submit', label: { key: 'flow:submit_choice' } }

/** Says what is open now. @param more choices behind the question's own */
export function putQuestion(run: Run, more: readonly Choice[] = NONE): void {
  const { cursor } = run
  if (cursor === null) return
  const row = run.row(cursor.row)
  if (row.kind === 'repeat') return putInstance(run, row)
  if (row.kind !== 'ask') return
  const position = cursor.position
  if (run.more.confirming) {
    const value = run.more.confirming.label
    const text: TextRef = row.sentences.confirm
      ? sentence(run, row.sentences.confirm, position, { value })
      : { key: 'flow:confirm', params: { value } }
    return put(run, text, [...spoken(run, run.program.own.yesNo).choices, ...more], true)
  }
  if (isBegun(run, row)) return put(run, { key: 'flow:told.more' }, [NO_MORE, ...more], false)
  const label = sentence(run, row.sentences.label, position)
  const text: TextRef = row.sentences.hint
    ? { key: 'flow:hinted', params: { label, hint: sentence(run, row.sentences.hint, position) } }
    : label
  const choices = choicesOf(run, row, position)
  const own = choices ?? []
  if (!isRequired(run, row, position) && mayEnd(run)) {
    if (run.more.enough !== 1) {
      run.more = { ...run.more, enough: 1 }
      // One more question is sooner answered than asked about.
      if (run.of - run.done > 1) run.say('flow:enough')
    }
    return put(run, text, [...own, SUBMIT, ...more], own.length > 0)
  }
  put(run, text, more.length > 0 ? [...own, ...more] : choices, own.length > 0 || more.length === 0)
}

function put(run: Run, text: TextRef, choices: readonly Choice[] | null, numbered: boolean): void {
  const { cursor } = run
  if (cursor === null) return
  const said: Said = {
    kind: 'say',
    text,
    question: run.openPath ?? pathOf(run.program, cursor),
    progress: { done: run.done, of: run.of },
  }
  const row = run.row(cursor.row)
  if (row.kind === 'ask') describe(run, row, cursor.position, said)
  if (choices !== null && choices.length > 0) {
    said.choices = choices
    if (!numbered) said.numbered = numbered
  }
  run.effects.push(said)
}

type Say = Extract<Effect, { kind: 'say' }>
/** While it is put together. */
type Said = { -readonly [Part in keyof Say]: Say[Part] }

const BEYOND_WORDS = ['image', 'audio', 'video', 'file', 'geopoint'] as const

/** What a page should know of the open question to give the right thing to answer it with; where its recording is. */
function describe(run: Run, row: AskRow, position: readonly number[], said: Said): void {
  const isPlain = !run.more.confirming && !run.more.offered
  const asks = isPlain ? BEYOND_WORDS.find((type) => type === row.type) : undefined
  if (isPlain && row.type === 'select_multiple') said.multiple = true
  if (asks !== undefined) said.asks = asks
  if (!isRequired(run, row, position)) said.optional = true
  // A question that asks whether a known fact still holds says other words than were recorded.
  if (!run.more.confirming) said.prompt = promptOf(run, row)
}

function promptOf(run: Run, row: AskRow): Prompt {
  const { key, inline } = row.sentences.label
  const flow = run.flow.id
  return inline ? { flow, question: row.path, key, language: run.language } : { flow, question: row.path, key }
}

function putInstance(run: Run, row: RepeatRow): void {
  const position = run.cursor?.position ?? []
  const instance = position.at(-1) as number
  const own = instance === 0 ? row.any : row.another
  const label = sentence(run, row.label, position)
  const text: TextRef = own
    ? sentence(run, own, position, { count: instance })
    : { key: instance === 0 ? 'flow:repeat.any' : 'flow:repeat.another' }
  // The engine's own “any more?” says nothing about what: the label of the repeat goes before it.
  if (!own) run.effects.push({ kind: 'say', text: label })
  put(run, text, spoken(run, run.program.own.yesNo).choices, true)
}

export const spoken = (run: Run, list: List): SpokenList => list.spoken.get(run.language) as SpokenList

/** The choices as they are shown now; null at a question that has none. */
export function choicesOf(run: Run, row: AskRow, position: readonly number[]): readonly Choice[] | null {
  const { offered } = run.more
  if (offered) return offered.map(({ value, label }) => ({ id: value, label: { literal: label } }))
  if (row.type === 'acknowledge')
    return spoken(run, row.refusal === 'none' ? run.program.own.seen : run.program.own.consent).choices
  if (!row.list) return null
  const all = spoken(run, row.list).choices
  if (!row.filter && !row.randomized) return shortened(run, row, all)
  return shownRows(run, row, position).map(({ name }) => all.find(({ id }) => id === name) as Choice)
}

/** Rows of the list that its filter lets through, in the order they are shown. */
export function shownRows(run: Run, row: AskRow, position: readonly number[]): readonly ChoiceRow[] {
  const { list, filter } = row
  if (!list) return []
  const rows = filter
    ? list.rows.filter((choice) => filter.boolean(new AnswersEnvironment(run, position, '', choice.columns)))
    : list.rows
  return row.randomized ? shuffled(rows, run.more.seed + row.at) : rows
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed)
  const order = items.map((item) => ({ item, key: random() }))
  return order.sort((a, b) => a.key - b.key).map(({ item }) => item)
}
