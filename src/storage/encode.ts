/** From a Cell to what a database stores. One encoder per column, made once. */
import type { Cell, Sealed } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import type { BlindIndex } from './blind.ts'
import { looksSealed, placeOf, type Sealer } from './seal.ts'
import type { Column, Table } from './table.ts'

export type Stored = string | number | boolean | null | bigint | Uint8Array | object

/** How a database wants the types that databases differ in. */
export interface Dialect {
  boolean(value: boolean): Stored
  instant(value: number): Stored
  json(value: object | string | number | boolean): Stored
  /** Null = texts are not encrypted (storage that never leaves memory). */
  readonly sealer: Sealer | null
  readonly blind: BlindIndex
}

/** A class, not closures: the cells of all tables run through the same few functions. */
export class CellEncoder {
  readonly name: string
  readonly type: Column['type']
  readonly nullable: boolean
  private readonly seal: Column['seal'] | null
  private readonly table: string
  private readonly dialect: Dialect

  constructor(table: Table, column: Column, dialect: Dialect) {
    this.name = column.name
    this.type = column.type
    this.nullable = column.nullable
    this.seal = column.seal ?? null
    this.table = table.name
    this.dialect = dialect
  }

  /** @param id the row's id as text, null where the database numbers the rows. */
  encode(value: Cell | undefined, id: string | null): Stored {
    if (value === null || value === undefined) return this.nullable ? null : this.refuse('empty')
    switch (this.type) {
      case 'String':
        return typeof value === 'string' && this.seal === null ? storable(value) : this.text(value, id)
      case 'Int':
        return typeof value === 'number' && (value | 0) === value ? value : this.refuse('no 32 bit integer')
      case 'BigInt':
        return Number.isSafeInteger(value) ? BigInt(value as number) : this.refuse('no integer')
      case 'Boolean':
        return typeof value === 'boolean' ? this.dialect.boolean(value) : this.refuse('no boolean')
      case 'DateTime':
        return typeof value === 'number' && value >= EARLIEST && value <= LATEST
          ? this.dialect.instant(value)
          : this.refuse('no instant')
      case 'Json':
        return this.dialect.json(value as object)
      case 'Bytes':
        return value instanceof Uint8Array ? value : this.refuse('no bytes')
    }
  }

  private text(value: Cell, id: string | null): Stored {
    const sealed = isSealed(value)
    if (sealed && this.seal === null) this.refuse('not a sealed column')
    const given = sealed ? value.seal : value
    const text = typeof given === 'string' ? storable(given) : this.refuse('no text')
    if (!sealed && this.seal !== 'always' && !looksSealed(text)) return text
    return this.dialect.sealer?.seal(text, placeOf(this.table, this.name, id)) ?? text
  }

  private refuse(why: string): never {
    throw new AppError('CHANGE_INVALID', { table: this.table, column: this.name, why })
  }
}

/** 0001-01-01 to the end of 9999: what both databases and ISO 8601 without signs hold. */
const EARLIEST = -62_135_596_800_000
const LATEST = 253_402_300_799_999

const isSealed = (value: Cell): value is Sealed =>
  typeof value === 'object' && value !== null && 'seal' in value && typeof value.seal === 'string'

/** PostgreSQL refuses U+0000 in texts; it carries no meaning in any of ours. */
export const storable = (text: string): string => (text.includes('\u0000') ? text.replaceAll('\u0000', '') : text)

/** JSON text that both databases take: without U+0000 and halves of surrogate pairs. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value)
  return text.includes('\\u') && UNSTORABLE.test(text) ? JSON.stringify(cleaned(value)) : text
}

const UNSTORABLE = /\\u(0000|d[89a-f])/

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storable(value).replace(LONE_SURROGATE, '\ufffd')
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleaned(key), cleaned(inner)]))
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
