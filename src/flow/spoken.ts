/** Sentences and values as TextRefs: what a person reads of a question or an answer, still without words. */
import type { TextRef } from './effects.ts'
import type { AskRow, Row, Sentence } from './program.ts'
import type { Place } from './place.ts'
import { pathOf } from './place.ts'
import type { Run } from './run.ts'
import { unitOf } from './unit.ts'

type Params = NonNullable<Extract<TextRef, { key: string }>['params']>

const plain = new Map<string, TextRef>()

/** The same object for the same key: most sentences have no gaps. */
function keyOnly(key: string): TextRef {
  let ref = plain.get(key)
  if (!ref) plain.set(key, (ref = { key }))
  return ref
}

/** @param position the instances it is said in @param more gaps that are not questions */
export function sentence(run: Run, words: Sentence, position: readonly number[], more?: Params): TextRef {
  if (words.inline) return { literal: filled(run, words, position, more) }
  if (words.refs.length === 0) return more ? { key: words.key, params: more } : keyOnly(words.key)
  const params: Record<string, Params[string]> = { ...more }
  for (const { name, row } of words.refs) params[name] = valueOf(run, run.row(row), position)
  return { key: words.key, params }
}

function filled(run: Run, words: Sentence, position: readonly number[], more: Params | undefined): string {
  const text = words.inline?.[run.language] ?? ''
  if (words.refs.length === 0 && !more) return text
  return text.replace(/\$\{\s*([^\s,{}$]+)\s*(?:,\s*\w+\s*)?\}/g, (gap, name: string) => {
    const ref = words.refs.find((candidate) => candidate.name === name)
    if (ref) return written(run, run.row(ref.row), position)
    const given = more?.[name]
    return given === undefined || typeof given === 'object' ? gap : String(given)
  })
}

/** A value inside a sentence. */
function valueOf(run: Run, row: Row, position: readonly number[]): TextRef | string {
  if (row.kind !== 'ask') return run.inPlay(row, position) ? run.cell(row, position).v : ''
  return run.inPlay(row, position) ? shown(run, row, position, run.cell(row, position).v, 'bare') : ''
}

/** The same as plain text, for sentences that the flow file carries itself. */
function written(run: Run, row: Row, position: readonly number[]): string {
  if (!run.inPlay(row, position)) return ''
  const { v } = run.cell(row, position)
  if (row.kind !== 'ask' || !row.list) return keptLabel(run, row, position) ?? v
  const labels = row.list.spoken.get(run.language)?.labels
  const names = v.split(' ').map((name) => labels?.get(name) ?? name)
  return new Intl.ListFormat(run.language, { style: 'narrow', type: 'unit' }).format(names)
}

function keptLabel(run: Run, row: Row, position: readonly number[]): string | undefined {
  return run.more.kept?.[pathOf(run.program, placeIn(row, position))]?.label
}

const placeIn = (row: Row, position: readonly number[]): Place => ({
  row: row.at,
  position: position.length === row.scope.length ? position : position.slice(0, row.scope.length),
})

/**
 * A stored value as a person reads it.
 * @param how `bare`: without its unit, for sentences that name it themselves
 */
export function shown(
  run: Run,
  row: AskRow,
  position: readonly number[],
  value: string,
  how: 'full' | 'bare' = 'full',
): TextRef {
  if (row.list)
    return value.includes(' ')
      ? joined(value.split(' ').map((name) => choiceLabel(run, row, name)))
      : choiceLabel(run, row, value)
  const kept = run.more.kept?.[pathOf(run.program, placeIn(row, position))]
  if (row.type === 'image' || row.type === 'video' || row.type === 'file' || row.type === 'audio')
    return row.type === 'audio'
      ? { key: 'flow:review.voice' }
      : { key: 'flow:review.files', params: { n: value.split(' ').length } }
  if (row.type === 'text' && value.startsWith('voice:') && kept?.media) return { key: 'flow:review.voice' }
  if (row.type === 'acknowledge') return { key: 'flow:review.yes_agreed' }
  if (row.type === 'date') return { key: 'flow:shown.date', params: { value } }
  if (row.type === 'dateTime')
    return { key: 'flow:shown.dateTime', params: { value: value.slice(0, 10), time: value.slice(11, 16) } }
  if (row.type === 'time') return { literal: value.slice(0, 5) }
  const label: TextRef = { literal: kept?.label ?? value }
  const unit = how === 'full' ? unitOf(run, row, position) : null
  if (unit) return { key: `flow:unit.${unit}`, params: { value } }
  return label
}

export function choiceLabel(run: Run, row: AskRow, name: string): TextRef {
  const choice = row.list?.spoken.get(run.language)?.choices.find(({ id }) => id === name)
  return choice?.label ?? { literal: name }
}

/** a、b、c */
export function joined(items: readonly TextRef[]): TextRef {
  const [first, ...rest] = items
  if (!first) return { literal: '' }
  return rest.length === 0 ? first : { key: 'flow:and', params: { first, rest: joined(rest) } }
}

/** Like `shown`, for somebody who may look over the person's shoulder. */
export function masked(run: Run, row: AskRow, position: readonly number[], value: string): TextRef {
  if (row.type === 'phone' || row.type === 'id_number') return { literal: `****${value.slice(-4)}` }
  if (row.pii !== 'sensitive') return shown(run, row, position, value)
  if (row.type === 'text' && !value.startsWith('voice:'))
    return { key: 'flow:review.masked_text', params: { n: [...value].length } }
  const isMedia =
    row.type === 'text' || row.type === 'image' || row.type === 'audio' || row.type === 'video' || row.type === 'file'
  return isMedia ? shown(run, row, position, value) : { key: 'flow:review.masked' }
}
