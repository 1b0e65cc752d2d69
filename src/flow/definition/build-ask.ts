/** Rows that put a question. */
import type { Asked } from '../answers/understanding.ts'
import { UNITS } from '../answers/understanding.ts'
import type { AlertRule, AskRow, List, Sentences } from '../program.ts'
import { expression, initialOf, labelFor, wordsFor, type Base, type Workshop } from './workshop.ts'
import { countColumn, flagOrExpression, listColumn, oneOf, parametersOf, textColumn } from './column.ts'
import type { LaidRow } from './layout.ts'
import { isLocatedMap, textOf } from './located.ts'
import { spotOf } from './row-source.ts'
import type { RowType } from './row-type.ts'

type AskType = Extract<RowType, { kind: 'ask' }>

const DEFAULT_ATTEMPTS = 3

export function buildAsk(laid: LaidRow, type: AskType, base: Base, shop: Workshop): AskRow {
  const { source } = laid
  const { complaints } = shop
  const list = type.list === null ? null : shop.list(type.list, type.orOther, source)
  const unitText = textColumn(source, 'unit')
  const unit = UNITS.find((known) => known === unitText) ?? null
  if (unitText !== null && unit === null)
    complaints.add('wrong_value', spotOf(source, 'unit'), { key: 'unit', expected: UNITS.join(' ') })
  const parameters = parametersOf(source)
  const required = flagOrExpression(source, 'required')
  const max = countColumn(source, 'max', 1, complaints)
  const refusal = textColumn(source, 'on_refusal')
  return {
    ...base,
    kind: 'ask',
    type: type.type,
    list,
    level: type.level,
    unit,
    unitTo: unitToOf(laid, shop),
    first: Number(parameters.get('first') ?? 0),
    required: typeof required === 'string' ? (expression(laid, 'required', required, shop) ?? true) : required,
    constraint: optional(laid, 'constraint', shop),
    filter: filterOf(laid, list, shop),
    initial: initialOf(laid, shop),
    randomized: parameters.get('randomize') === 'true',
    gathers: max > 1 || (type.type === 'text' && /\bmultiline\b/.test(textColumn(source, 'appearance') ?? '')),
    takesPhoto: type.type === 'text' && listColumn(source, 'accepts').includes('image'),
    max,
    maxAttempts: countColumn(source, 'max_attempts', DEFAULT_ATTEMPTS, complaints),
    onFailure: oneOf(source, 'on_failure', ['offer', 'skip', 'human', 'end'], 'offer', complaints),
    pii: oneOf(source, 'pii', ['none', 'personal', 'sensitive'], 'none', complaints),
    fact: textColumn(source, 'fact'),
    refusal: refusal === null ? 'none' : refusal.startsWith('skip') ? 'skip' : 'end',
    alert: alertOf(laid, shop),
    prefill: flagOrExpression(source, 'prefill') === true,
    sentences: sentencesOf(laid, shop),
    asked: new Map(
      shop.words.languages.map((language) => [
        language,
        askedOf(type, list, unit, required === true, parameters, language, asksForName(laid, type)),
      ]),
    ),
  }
}

/** What a person is called: the fact, a question named so or `person`, or `…_name` of somebody. */
function asksForName({ source }: LaidRow, type: AskType): boolean {
  if (type.type !== 'text') return false
  const { name } = source
  const isPersonal = textColumn(source, 'pii') === 'personal'
  return (
    textColumn(source, 'fact') === 'name' ||
    name === 'name' ||
    name === 'person' ||
    (isPersonal && name.endsWith('_name'))
  )
}

function optional(laid: LaidRow, column: string, shop: Workshop) {
  const text = textColumn(laid.source, column)
  return text === null ? null : expression(laid, column, text, shop)
}

function filterOf(laid: LaidRow, list: List | null, shop: Workshop) {
  const text = textColumn(laid.source, 'choice_filter')
  if (text === null || !list) return null
  const columns = [...new Set(list.rows.flatMap((row) => Object.keys(row.columns)))]
  return shop.expressions.read(text, laid.scopeNames, spotOf(laid.source, 'choice_filter'), 'choice_filter', columns)
}

function unitToOf(laid: LaidRow, shop: Workshop): number | null {
  const name = textColumn(laid.source, 'unit_to')
  const row = name === null ? null : shop.resolve(laid)(name)
  if (typeof row === 'number') return row
  if (name !== null) shop.complaints.add('unknown_trigger', spotOf(laid.source, 'unit_to'), { name })
  return null
}

function alertOf(laid: LaidRow, shop: Workshop): AlertRule | null {
  const located = laid.source.columns.get('alert')
  if (!located || !isLocatedMap(located.value)) return null
  const level = textOf(located.value.get('level'))
  const when = textOf(located.value.get('when'))
  if ((level !== 'danger' && level !== 'urgent') || when === null) {
    shop.complaints.add('wrong_value', spotOf(laid.source, 'alert'), { key: 'alert', expected: 'level when' })
    return null
  }
  const compiled = expression(laid, 'alert', when, shop)
  return compiled && { level, when: compiled, say: located.value.get('say')?.value !== false }
}

function sentencesOf(laid: LaidRow, shop: Workshop): Sentences {
  const words = (what: string, own: readonly string[] = []) => wordsFor(laid, what, shop, own)
  return {
    label: labelFor(laid, shop),
    short: words('short'),
    hint: words('hint'),
    example: words('example'),
    constraint: words('constraint_message', ['value', 'min', 'max']),
    required: words('required_message'),
    confirm: words('confirm', ['value']),
    alert: wordsFor({ ...laid, source: { ...laid.source, columns: new Map() } }, 'alert', shop),
    refused: words('refused'),
    full: words('full'),
  }
}

/** With every key, whether it has a value or not: each turn copies one, and copies of one shape cost little. */
type OneShape<Value> = { readonly [Key in keyof Required<Value>]: Value[Key] | undefined }

function askedOf(
  type: AskType,
  list: List | null,
  unit: AskRow['unit'],
  required: boolean,
  parameters: ReadonlyMap<string, string>,
  language: string,
  isName: boolean,
): Asked {
  const number = (name: string, otherwise: number) => Number(parameters.get(name) ?? otherwise)
  const asked: OneShape<Asked> = {
    type: type.type,
    unit: unit ?? undefined,
    choices: list?.spoken.get(language)?.options,
    yesNo: list?.yesNo && type.type === 'select_one' ? true : undefined,
    required: required ? true : undefined,
    isName: isName ? true : undefined,
    bounds:
      type.type === 'range'
        ? { start: number('start', 0), end: number('end', 10), step: number('step', 1) }
        : undefined,
    found: undefined,
    allows: undefined,
    why: undefined,
  }
  return asked as Asked
}
