import type { Stored } from '../encode.ts'
import type { ColumnType } from '../table.ts'
import type { Step } from './plan.ts'
import type { ColumnPlan } from './column-plan.ts'
import type { TablePlan } from './table-plan.ts'

/** Arrays travel as text[]; these are what their elements are read as. */
const CASTS: Readonly<Record<ColumnType, string>> = {
  String: '',
  Int: '::integer',
  BigInt: '::bigint',
  Boolean: '::boolean',
  DateTime: '::timestamp',
  Json: '::jsonb',
  Bytes: '::bytea',
}

export interface PostgresStatement {
  readonly sql: string
  /** What a step gives to each of the arrays. */
  rowOf(step: Step): Stored[]
}

export function statementOf(step: Step): PostgresStatement {
  const { table } = step
  switch (step.op) {
    case 'once':
    case 'insert': {
      const once = step.op === 'once' ? ' ON CONFLICT DO NOTHING RETURNING "id"' : ''
      const names = table.inserted.map((column) => quoted(column.name)).join()
      const sql = `INSERT INTO ${quoted(table.name)} (${names}) SELECT ${given(table.inserted)} FROM ${arrays(table.inserted.length)}${once}`
      return { sql, rowOf: (one) => (one.op === 'insert' || one.op === 'once' ? one.values : []) }
    }
    case 'update': {
      const { columns } = step.shape
      const sets = columns.map((column, index) => `${quoted(column.name)} = v.c${index}${CASTS[column.type]}`)
      if (table.table.revision) sets.push('"revision" = t."revision" + 1')
      const id = columns.length
      const guard = table.table.revision ? ` AND t."revision" = v.c${id + 1}::integer` : ''
      const sql = `UPDATE ${quoted(table.name)} t SET ${sets.join()} FROM ${arrays(id + 2)} WHERE t."id" = v.c${id}${idCast(table)}${guard} RETURNING t."id"`
      return { sql, rowOf: (one) => (one.op === 'update' ? [...one.values, one.id, one.expected] : []) }
    }
    case 'expect': {
      const sql = `SELECT t."id" FROM ${quoted(table.name)} t JOIN ${arrays(2)} ON t."id" = v.c0 AND t."revision" = v.c1::integer ORDER BY t."id" FOR SHARE OF t`
      return { sql, rowOf: (one) => (one.op === 'expect' ? [one.id, one.expected] : []) }
    }
    case 'delete': {
      const sql = `DELETE FROM ${quoted(table.name)} t USING ${arrays(1)} WHERE t."id" = v.c0${idCast(table)}`
      return { sql, rowOf: (one) => [one.id] }
    }
  }
}

const quoted = (name: string) => `"${name}"`

const idCast = (table: TablePlan) => (table.table.autoincrement ? '::integer' : '')

const given = (columns: readonly ColumnPlan[]) =>
  columns.map((column, index) => `v.c${index}${CASTS[column.type]}`).join()

/** `unnest($1::text[], …) AS v(c0, …)`: in the order of the arrays. */
function arrays(count: number): string {
  const parameters = Array.from({ length: count }, (_, index) => `$${index + 1}::text[]`)
  const names = Array.from({ length: count }, (_, index) => `c${index}`)
  return `unnest(${parameters.join()}) AS v(${names.join()})`
}
