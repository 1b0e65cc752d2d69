/** One line of `flow understand` as the question that it puts. */
import { AppError } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import { seededRandom } from '../../base/random.ts'
import type { Instant } from '../../base/time.ts'
import { offsetAt, parseInstant } from '../../base/time.ts'
import { ANSWER_TYPES, PICKERS, UNITS } from '../../flow/answers/understanding.ts'
import type { AnswerType, Asked, Candidate, ChoiceOption, Said } from '../../flow/answers/understanding.ts'
import { compileExpression } from '../../flow/expression/compile.ts'
import type { Environment, Field, Scope } from '../../flow/expression/environment.ts'
import type { Lookup } from '../../flow/lookups.ts'
import type { WordForms } from '../../flow/words.ts'

export interface UnderstandDeps {
  readonly words: WordForms
  /** What a line that says nothing else is taken as. */
  readonly at: Instant
  readonly zone: string
  readonly language: string
  /** Rows of the registry for a picker, best first. `level` is null but for territories. */
  search(type: Lookup['type'], level: string | null, text: string): Promise<readonly Candidate[]>
  /** A named list of the locales (`select_one risk_cause`) where a line brings no choices. */
  list?(name: string, language: string): readonly ChoiceOption[] | null
}

export interface UnderstandRequest {
  readonly asked: Asked
  readonly text: string
  readonly said: Said
}

const CHOOSES: readonly string[] = ['select_one', 'select_multiple', 'rank']

/** Spellings that spreadsheets use. */
const ALIASES: Readonly<Record<string, AnswerType>> = {
  int: 'integer',
  string: 'text',
  datetime: 'dateTime',
  trigger: 'acknowledge',
  barcode: 'text',
  select_one_from_file: 'select_one',
  select_multiple_from_file: 'select_multiple',
}

export const wrong = (field: string, reason: string): AppError =>
  new AppError('UNDERSTAND_BAD_INPUT', { field, reason })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function optional<T>(value: unknown, field: string, kind: 'string' | 'boolean' | 'number'): T | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== kind) throw wrong(field, `a ${kind} is expected`)
  return value as T
}

/** `id` of a line that may be anything. */
export function idOf(parsed: unknown): Json {
  const id = isRecord(parsed) ? parsed['id'] : undefined
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

function typeOf(value: unknown): { type: AnswerType; list: string | null } {
  const [spelled = '', list = null] = (optional<string>(value, 'type', 'string') ?? '').trim().split(/\s+/)
  const type = ALIASES[spelled] ?? ANSWER_TYPES.find((known) => known === spelled)
  if (!type) throw wrong('type', spelled === '' ? 'it is missing' : `unknown type ${spelled.slice(0, 40)}`)
  return { type, list }
}

function labelOf(label: unknown, name: string, language: string): string {
  if (typeof label === 'string') return label
  if (!isRecord(label)) return name
  const spoken = label[language] ?? label['zh-CN'] ?? Object.values(label)[0]
  return typeof spoken === 'string' ? spoken : name
}

function choicesOf(value: unknown, language: string): ChoiceOption[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw wrong('choices', 'a list is expected')
  return value.map((choice: unknown, index) => {
    const row = isRecord(choice) ? choice : { name: choice }
    const { name, label, also } = row as { name?: unknown; label?: unknown; also?: unknown }
    if (typeof name !== 'string' || name === '') throw wrong('choices', `choice ${index + 1} has no name`)
    const synonyms = Array.isArray(also) ? also.filter((word) => typeof word === 'string') : []
    return { name, label: labelOf(label, name, language), ...(synonyms.length > 0 && { also: synonyms }) }
  })
}

function zoneOf(value: unknown, otherwise: string): string {
  const zone = optional<string>(value, 'tz', 'string') ?? otherwise
  try {
    offsetAt(0 as Instant, zone)
    return zone
  } catch {
    throw wrong('tz', `unknown zone ${zone.slice(0, 40)}`)
  }
}

/** A constraint may look at other answers of its form, which the line may give as `values`. */
function constraintOf(
  source: string,
  values: Readonly<Record<string, unknown>>,
  said: Said,
): (stored: string) => boolean {
  const field = (name: string): Field | null =>
    Object.hasOwn(values, name) ? { name, repeats: [], kind: 'question' } : null
  const scope: Scope = { field, children: () => [], hasInstance: () => false }
  const compiled = compileExpression(source, scope, [])
  const environment: Omit<Environment, 'self'> = {
    at: said.at,
    zone: said.zone,
    language: said.language,
    random: seededRandom(1),
    position: [],
    value: ({ name }) => String(values[name] ?? ''),
    instances: () => 0,
    label: () => '',
    choice: null,
    instance: () => [],
  }
  return (stored) => compiled.boolean({ ...environment, self: stored })
}

function boundsOf(row: Readonly<Record<string, unknown>>): NonNullable<Asked['bounds']> {
  const number = (field: string, otherwise: number): number =>
    optional<number>(row[field], field, 'number') ?? otherwise
  const step = number('step', 1)
  if (step === 0) throw wrong('step', 'it is 0')
  return { start: number('start', 0), end: number('end', 10), step }
}

/** @throws AppError UNDERSTAND_BAD_INPUT { field, reason }, or EXPRESSION_INVALID for its constraint */
export async function readUnderstandRequest(parsed: unknown, deps: UnderstandDeps): Promise<UnderstandRequest> {
  if (!isRecord(parsed)) throw wrong('line', 'an object is expected')
  const { type, list } = typeOf(parsed['type'])
  const text = optional<string>(parsed['text'], 'text', 'string')
  if (text === undefined) throw wrong('text', 'it is missing')
  const language = optional<string>(parsed['lang'], 'lang', 'string') ?? deps.language
  const at = optional<string>(parsed['at'], 'at', 'string')
  const moment = at === undefined ? deps.at : parseInstant(at)
  if (moment === null) throw wrong('at', 'an instant with its offset is expected: 2026-11-23T09:00:00+08:00')
  const said: Said = { at: moment, zone: zoneOf(parsed['tz'], deps.zone), language }
  const unitText = optional<string>(parsed['unit'], 'unit', 'string')
  const unit = UNITS.find((known) => known === unitText)
  if (unitText !== undefined && unitText !== '' && !unit) throw wrong('unit', `one of ${UNITS.join(' ')} is expected`)
  const given = choicesOf(parsed['choices'], language)
  const choices =
    given ?? (CHOOSES.includes(type) && list !== null ? (deps.list?.(list, language) ?? undefined) : undefined)
  const yesNo =
    type === 'select_one' &&
    (choices
      ? choices.length >= 2 && choices.every(({ name }) => name === 'yes' || name === 'no' || name === 'dk')
      : list === 'yn')
  if (CHOOSES.includes(type) && !choices && !yesNo) throw wrong('choices', 'they are missing')
  const constraint = optional<string>(parsed['constraint'], 'constraint', 'string')?.trim()
  const values = isRecord(parsed['values']) ? parsed['values'] : {}
  const required = optional<boolean>(parsed['required'], 'required', 'boolean')
  const asked: Asked = {
    type,
    ...(unit && { unit }),
    ...(choices && { choices }),
    ...(yesNo && { yesNo }),
    ...(required !== undefined && { required }),
    ...(type === 'range' && { bounds: boundsOf(parsed) }),
    ...(constraint && { allows: constraintOf(constraint, values, said) }),
    ...(PICKERS.has(type) && {
      found: await deps.search(type as Lookup['type'], type === 'territory' ? list : null, text),
    }),
  }
  return { asked, text, said }
}
