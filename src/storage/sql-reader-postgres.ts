import { createIsoWriter } from './iso.ts'
import type { ClosableReader } from './sql-reader-sqlite.ts'
import type { Column } from './table.ts'

/** Connections that reads of many rows may take at once. */
const CONNECTIONS = 4

const TYPES: Readonly<Partial<Record<Column['type'], string>>> = {
  Int: 'integer',
  Boolean: 'boolean',
  DateTime: 'timestamp',
}
const typeOf = (column: Column): string => TYPES[column.type] ?? 'text'

/** Of the server's types, int4 and bool; whatever else there is arrives as the server writes it. */
const PARSERS: Readonly<Record<number, (value: string) => unknown>> = { 23: Number, 16: (value) => value === 't' }
const TYPES_READ = { getTypeParser: (oid: number) => PARSERS[oid] ?? ((value: string) => value) }

/** Connections of its own that can't write. */
export async function postgresReader(url: string): Promise<ClosableReader> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    application_name: 'bangfu reader',
    options: '-c default_transaction_read_only=on',
  })
  // A connection that breaks while nobody uses it is replaced by the pool.
  pool.on('error', () => undefined)
  return {
    async rows(text, values) {
      const { rows } = await pool.query({
        text,
        values: values as unknown[],
        types: TYPES_READ as never,
      })
      return rows as Record<string, unknown>[]
    },
    mark: (place, column) => `$${place}::${typeOf(column)}`,
    within: (place, column, name) => `${name} = ANY($${place}::${typeOf(column)}[])`,
    list: (values) => values,
    instant: createIsoWriter('Z'),
    boolean: (value) => value,
    close: async () => (pool.ended ? undefined : pool.end()),
  }
}
