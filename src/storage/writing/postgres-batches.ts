/** The statements of a group: steps of one kind and shape together, in the order in which they must run. */
import type { Stored } from '../encode.ts'
import type { Changeset, Lost } from './connection.ts'
import { rankOf, type InsertStep, type Step } from './plan.ts'
import { statementOf } from './postgres-sql.ts'

export interface Batch {
  /** Of the prepared statement. */
  readonly name: string
  readonly sql: string
  /** One array per column. Made when the batch runs: audit entries are completed just before. */
  values(): Stored[][]
  /** Rows that the statement must give back; null where it may give back fewer. */
  readonly expected: number | null
  /** The changesets of the rows that did not go through, given the ids of those that did. */
  losersBut(through: ReadonlySet<string>): Map<Changeset, Lost>
}

interface Owned {
  readonly step: Step
  readonly owner: Changeset
}

export function batchesOf(group: readonly Changeset[]): { batches: Batch[]; audits: InsertStep[] } {
  const byStatement = new Map<string, Owned[]>()
  const audits: InsertStep[] = []
  for (const owner of group) {
    for (const step of owner.steps) {
      if ('audit' in step && step.audit) audits.push(step)
      const key = keyOf(step)
      const steps = byStatement.get(key)
      if (steps) steps.push({ step, owner })
      else byStatement.set(key, [{ step, owner }])
    }
  }
  const sorted = [...byStatement].sort(([, a], [, b]) => rank(a) - rank(b))
  return { batches: sorted.map(([key, owned]) => batchOf(key, owned)), audits }
}

/** Rows of one statement change at once: one that takes a key is never in the statement of one that frees it. */
const keyOf = (step: Step) =>
  `${step.op}_${step.table.name}_${step.op === 'update' ? `${step.shape.key}${step.frees ? '_frees' : ''}` : ''}`

const rank = ([first]: readonly Owned[]): number => (first ? rankOf(first.step) : 0)

function batchOf(name: string, owned: Owned[]): Batch {
  const [first] = owned as [Owned]
  const { op, table } = first.step
  // inserts stay in the order of arrival, which is that of their numbers; everything else locks rows by id
  if (op !== 'insert') owned.sort((a, b) => (String(a.step.id) < String(b.step.id) ? -1 : 1))
  const steps = owned.map(({ step }) => step)
  const { sql, rowOf } = statementOf(first.step)
  return {
    name,
    sql,
    values: () => transposed(steps.map(rowOf)),
    expected:
      op === 'delete' || op === 'insert'
        ? null
        : op === 'expect'
          ? new Set(steps.map(({ id }) => id)).size
          : steps.length,
    losersBut(through) {
      const kind = op === 'once' ? 'duplicate' : 'conflict'
      const lost = owned.filter(({ step }) => !through.has(String(step.id)))
      return new Map(lost.map(({ owner }) => [owner, { kind, table: table.name }]))
    },
  }
}

function transposed(rows: readonly (readonly Stored[])[]): Stored[][] {
  const width = rows[0]?.length ?? 0
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null))
}
