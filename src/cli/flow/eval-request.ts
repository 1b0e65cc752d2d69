import { AppError } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import { offsetAt, parseInstant } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { Environment, Scope } from '../../flow/expression/environment.ts'
import { choiceLists, readSelects } from './eval-choices.ts'
import { nested, readAnswers } from './eval-answers.ts'
import { objectAt, rowAt, rowsAt, textAt } from './eval-json.ts'

/** What a request does not have to say. */
export interface Surroundings {
  readonly now: Instant
  readonly zone: string
  readonly random: Random
}

export interface EvalRequest {
  readonly expression: string
  readonly scope: Scope
  readonly from: readonly string[]
  readonly environment: Environment
  readonly as: 'string' | 'number' | 'boolean' | null
}

/**
 * Reads a request of `flow eval` (interfaces.md §1).
 * @throws AppError ARGUMENT_INVALID { field, expected }
 */
export function readEvalRequest(parsed: unknown, surroundings: Surroundings): EvalRequest {
  const request = objectAt(parsed, 'request')
  const expression = textAt(request['expr'], 'expr')
  const language = optionalText(request['lang'], 'lang') ?? ''
  const zone = zoneAt(optionalText(request['tz'], 'tz') ?? surroundings.zone)
  const selects = readSelects(request['selects'])
  const lists = choiceLists(request['choices'], language)
  const answers = readAnswers(request['values'], request['repeat_fields'], [...selects.keys()])
  const { from, position } = nested(request['in_repeat'], answers)
  const tables = new Map([...lists.tables, ...instancesOf(request['instances'])])
  const choice =
    request['choice'] === undefined || request['choice'] === null ? null : rowAt(request['choice'], 'choice')
  return {
    expression,
    from,
    as: typeAt(request['as']),
    scope: {
      field: answers.field,
      children: answers.children,
      hasInstance: (name) => tables.has(name),
      ...(choice && { columns: Object.keys(choice) }),
    },
    environment: {
      at: instantAt(request['now']) ?? surroundings.now,
      zone,
      language,
      random: surroundings.random,
      self: optionalText(request['self'], 'self') ?? '',
      position,
      value: answers.value,
      instances: answers.instances,
      label: (field, name) => lists.label(selects.get(field.name) ?? '', name),
      choice,
      instance: (name) => tables.get(name) ?? [],
    },
  }
}

function optionalText(value: unknown, field: string): string | null {
  return value === undefined || value === null ? null : textAt(value, field)
}

function instantAt(value: unknown): Instant | null {
  const text = optionalText(value, 'now')
  if (text === null) return null
  const at = parseInstant(text)
  if (at === null) throw new AppError('ARGUMENT_INVALID', { field: 'now', expected: 'YYYY-MM-DDTHH:MM:SS+08:00' })
  return at
}

function zoneAt(zone: string): string {
  try {
    offsetAt(0 as Instant, zone)
    return zone
  } catch {
    throw new AppError('ARGUMENT_INVALID', { field: 'tz', expected: 'IANA time zone' })
  }
}

function typeAt(value: unknown): EvalRequest['as'] {
  if (value === undefined || value === null) return null
  if (value === 'string' || value === 'number' || value === 'boolean') return value
  throw new AppError('ARGUMENT_INVALID', { field: 'as', expected: 'string, number or boolean' })
}

function instancesOf(value: unknown): [string, ReturnType<typeof rowsAt>][] {
  if (value === undefined || value === null) return []
  return Object.entries(objectAt(value, 'instances')).map(([name, rows]) => [name, rowsAt(rows, `instances.${name}`)])
}
