import { AppError } from '../../base/errors.ts'

export const wrong = (field: string, expected: string) => new AppError('ARGUMENT_INVALID', { field, expected })

export function objectAt(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(field, 'object')
  return value as Readonly<Record<string, unknown>>
}

/** A stored value: text; numbers and booleans are taken as the text that they would be stored as, null as "". */
export function textAt(value: unknown, field: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null) return ''
  throw wrong(field, 'string')
}

export function listAt(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(field, 'array')
  return value
}

export function rowAt(value: unknown, field: string): Readonly<Record<string, string>> {
  const row = Object.entries(objectAt(value, field)).filter(([, cell]) => typeof cell !== 'object' || cell === null)
  return Object.fromEntries(row.map(([name, cell]) => [name, textAt(cell, `${field}.${name}`)]))
}

export const rowsAt = (value: unknown, field: string): readonly Readonly<Record<string, string>>[] =>
  listAt(value, field).map((row, index) => rowAt(row, `${field}[${index}]`))
