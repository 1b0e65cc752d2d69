/** From a Cell to what a database stores. One encoder per column, made once, so that a row costs no look-ups. */
import type { Cell, Sealed } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import type { BlindIndex } from './blind.ts'
import { looksSealed, placeOf, type Sealer } from './seal.ts'
import type { Column, Table } from './table.ts'

export type Stored = string | number | boolean | null | bigint | Uint8Array | object

/** @param id the row's id as text, null where the database numbers the rows. */
export type CellEncoder = (value: Cell | undefined, id: string | null) => Stored

/** How a database wants the types that databases differ in. */
export interface Dialect {
  boolean(value: boolean): Stored
  instant(value: number): Stored
  json(value: object | string | number | boolean): Stored
  /** Null = texts are not encrypted (storage that never leaves memory). */
  readonly sealer: Sealer | null
  readonly blind: BlindIndex
}

export function cellEncoder(table: Table, column: Column, dialect: Dialect): CellEncoder {
  const refuse = (why: string): never => {
    throw new AppError('CHANGE_INVALID', { table: table.name, column: column.name, why })
  }
  const encode = encoderOfType(table, column, dialect, refuse)
  return (value, id) => {
    if (value === null || value === undefined) return column.nullable ? null : refuse('empty')
    return encode(value, id)
  }
}

function encoderOfType(table: Table, column: Column, dialect: Dialect, refuse: (why: string) => never): CellEncoder {
  switch (column.type) {
    case 'String':
      return textEncoder(table, column, dialect.sealer, refuse)
    case 'Int':
      return (value) => (typeof value === 'number' && (value | 0) === value ? value : refuse('no 32 bit integer'))
    case 'BigInt':
      return (value) => (Number.isSafeInteger(value) ? BigInt(value as number) : refuse('no integer'))
    case 'Boolean':
      return (value) => (typeof value === 'boolean' ? dialect.boolean(value) : refuse('no boolean'))
    case 'DateTime':
      return (value) =>
        typeof value === 'number' && value >= EARLIEST && value <= LATEST
          ? dialect.instant(value)
          : refuse('no instant')
    case 'Json':
      return (value) => dialect.json(value as object)
    case 'Bytes':
      return (value) => (value instanceof Uint8Array ? value : refuse('no bytes'))
  }
}

/** 0001-01-01 to the end of 9999: what both databases and ISO 8601 without signs hold. */
const EARLIEST = -62_135_596_800_000
const LATEST = 253_402_300_799_999

function textEncoder(table: Table, column: Column, sealer: Sealer | null, refuse: (why: string) => never): CellEncoder {
  const isSealed = (value: Cell | undefined): value is Sealed =>
    typeof value === 'object' && value !== null && 'seal' in value && typeof value.seal === 'string'
  const plain = (value: Cell | undefined) => (typeof value === 'string' ? storable(value) : refuse('no text'))
  const seal = (text: string, id: string | null) => sealer?.seal(text, placeOf(table.name, column.name, id)) ?? text
  if (column.seal === 'always') return (value, id) => seal(isSealed(value) ? storable(value.seal) : plain(value), id)
  if (column.seal === 'marked') {
    return (value, id) => {
      if (isSealed(value)) return seal(storable(value.seal), id)
      const text = plain(value)
      return looksSealed(text) ? seal(text, id) : text
    }
  }
  return (value) => (isSealed(value) ? refuse('not a sealed column') : plain(value))
}

/** PostgreSQL refuses U+0000 in texts; it carries no meaning in any of ours. */
export const storable = (text: string): string => (text.includes('\u0000') ? text.replaceAll('\u0000', '') : text)

/** JSON text that both databases take: without U+0000 and halves of surrogate pairs. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value)
  return /\\u(0000|d[89a-f])/.test(text) ? JSON.stringify(cleaned(value)) : text
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storable(value).replace(LONE_SURROGATE, '\ufffd')
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleaned(key), cleaned(inner)]))
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
