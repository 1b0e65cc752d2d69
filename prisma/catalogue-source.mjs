/** Writes the TypeScript of src/storage/generated/catalogue.ts: tables as data, and the type of each table's rows. */
const TYPES = {
  String: 'string',
  Int: 'number',
  Boolean: 'boolean',
  DateTime: 'Instant',
  Json: 'Json',
  BigInt: 'bigint',
  Bytes: 'Uint8Array',
}

export function catalogueSource(tables) {
  const rows = tables.map((table) => {
    const columns = table.columns.map(
      ({ name, type, nullable }) => `  readonly ${name}: ${TYPES[type]}${nullable ? ' | null' : ''}`,
    )
    return `export interface ${table.name}Row {\n${columns.join('\n')}\n}`
  })
  const map = tables.map(({ name }) => `  readonly ${name}: ${name}Row`)
  const data = tables.map((table) => `  ${table.name}: ${JSON.stringify(table)},`)
  return `/** Made by prisma/generate.mjs from prisma/models. */
import type { Json } from '../../base/json.ts'
import type { Instant } from '../../base/time.ts'
import type { Table } from '../table.ts'

${rows.join('\n\n')}

/** Table name → its rows as reads give them: sealed columns as plain text, DateTime as Instant. */
export interface Rows {
${map.join('\n')}
}

/** In the order in which rows of several tables are inserted. */
export const TABLES: { readonly [name in keyof Rows]: Table } = {
${data.join('\n')}
}
`
}
