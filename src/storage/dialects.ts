/** How each kind of database stores what the kinds differ in. */
import type { BlindIndex } from './blind.ts'
import { jsonText, type Dialect } from './encode.ts'
import { createIsoWriter } from './iso.ts'
import type { Sealer } from './seal.ts'

export const sqliteDialect = (sealer: Sealer, blind: BlindIndex): Dialect => ({
  boolean: (value) => (value ? 1 : 0),
  instant: createIsoWriter('+00:00'),
  json: jsonText,
  sealer,
  blind,
})

export const postgresDialect = (sealer: Sealer, blind: BlindIndex): Dialect => ({
  boolean: (value) => value,
  instant: createIsoWriter('Z'),
  json: jsonText,
  sealer,
  blind,
})

/** Rows in memory: as reads give them. Nothing is encrypted, as nothing outlives the process. */
export const memoryDialect = (blind: BlindIndex): Dialect => ({
  boolean: (value) => value,
  instant: (value) => Math.floor(value),
  json: (value) => JSON.parse(jsonText(value)) as object,
  sealer: null,
  blind,
})
