/** A laid-out row becomes a row of the program: expressions compiled, words found, choices joined. */
import type { NoteRow, RepeatRow, Row, SilentRow } from '../program.ts'
import { buildAsk } from './build-ask.ts'
import { flagOrExpression, textColumn } from './column.ts'
import type { LaidRow } from './layout.ts'
import { spotOf } from './row-source.ts'
import { expression, initialOf, labelFor, wordsFor, type Base, type Workshop } from './workshop.ts'

/** Columns that say nothing for other kinds of rows. */
const ONLY_FOR: readonly (readonly [column: string, types: (type: LaidRow['type']) => boolean])[] = [
  ['choice_filter', (type) => type.kind === 'ask' && type.list !== null],
  ['repeat_count', (type) => type.kind === 'repeat'],
  ['unit', (type) => type.kind === 'ask' && ['integer', 'decimal', 'range'].includes(type.type)],
  ['max', (type) => type.kind === 'ask' && ['image', 'video', 'file', 'audio'].includes(type.type)],
  ['constraint', (type) => type.kind === 'ask'],
  ['on_refusal', (type) => type.kind === 'ask' && type.type === 'acknowledge'],
]

export function buildRow(laid: LaidRow, shop: Workshop): Row {
  for (const [key, fits] of ONLY_FOR)
    if (laid.source.columns.has(key) && !fits(laid.type))
      shop.complaints.add('not_for_this_type', spotOf(laid.source, key), { key })
  const base = baseOf(laid, shop)
  const { type, source } = laid
  if (type.kind === 'ask' && flagOrExpression(source, 'read_only') !== true) return buildAsk(laid, type, base, shop)
  if (type.kind === 'group') return { ...base, kind: 'group', end: laid.end, label: wordsFor(laid, 'label', shop) }
  if (type.kind === 'repeat') return repeatOf(laid, base, shop)
  if (type.kind === 'note') return noteOf(laid, base, shop)
  return silentOf(laid, base, shop)
}

function baseOf(laid: LaidRow, shop: Workshop): Base {
  const { source } = laid
  const own = textColumn(source, 'relevant')
  const relevant = own === null ? null : expression(laid, 'relevant', own, shop)
  const gates = shop.gates.get(laid.at) ?? []
  const all = [...gates, ...(own === null ? [] : [`(${own})`])].join(' and ')
  const isGate = (at: number) =>
    textColumn((shop.rows[at] as LaidRow).source, 'relevant') !== null || shop.gates.has(at)
  return {
    at: laid.at,
    name: laid.field.name,
    path: laid.path,
    key: laid.key,
    line: source.line,
    file: source.file,
    scope: laid.scope,
    scopeNames: laid.scopeNames,
    slot: laid.slot,
    gates: [...laid.parents, laid.at].filter(isGate),
    field: laid.field,
    relevant: gates.length === 0 ? relevant : expression(laid, 'relevant', all, shop),
    reaches: laid.at,
  }
}

function repeatOf(laid: LaidRow, base: Base, shop: Workshop): RepeatRow {
  const count = textColumn(laid.source, 'repeat_count')
  return {
    ...base,
    kind: 'repeat',
    end: laid.end,
    count: count === null ? null : expression(laid, 'repeat_count', count, shop),
    atLeastOne: flagOrExpression(laid.source, 'required') === true,
    slots: laid.slots,
    label: labelFor(laid, shop),
    any: wordsFor(laid, 'any', shop),
    another: wordsFor(laid, 'another', shop, ['count']),
  }
}

const noteOf = (laid: LaidRow, base: Base, shop: Workshop): NoteRow => ({
  ...base,
  kind: 'note',
  label: labelFor(laid, shop),
})

function silentOf(laid: LaidRow, base: Base, shop: Workshop): SilentRow {
  const { source, type } = laid
  const kind = type.kind
  const isMeta = kind === 'start' || kind === 'end' || kind === 'today' || kind === 'session'
  const calculation = textColumn(source, 'calculation')
  if (kind === 'calculate' && calculation === null && textColumn(source, 'default') === null)
    shop.complaints.add('calculation_missing', spotOf(source))
  return {
    ...base,
    kind: 'silent',
    source: isMeta ? kind : calculation === null ? 'hidden' : 'calculate',
    calculation: calculation === null ? null : expression(laid, 'calculation', calculation, shop),
    trigger: triggerOf(laid, shop),
    initial: initialOf(laid, shop),
    label: isMeta || kind === 'hidden' ? null : wordsFor(laid, 'label', shop),
  }
}

function triggerOf(laid: LaidRow, shop: Workshop): number | null {
  const text = textColumn(laid.source, 'trigger')
  if (text === null) return null
  const row = shop.resolve(laid)(text.replace(/^\$\{(.*)\}$/, '$1').trim())
  if (typeof row === 'number') return row
  shop.complaints.add('unknown_trigger', spotOf(laid.source, 'trigger'), { name: text })
  return null
}
