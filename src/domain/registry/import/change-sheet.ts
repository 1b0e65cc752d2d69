/** Collects what a chunk of rows changes; later rows of the chunk see and amend what earlier ones began. */
import { insert, update, type Change, type Row } from '../../../base/change.ts'

/** A record of the facts; the sheet keeps its revision right while the import goes on. */
export interface Versioned {
  readonly id: string
  revision: number
}

export interface ChangeSheet {
  insert(table: string, record: Versioned, row: Row): void
  /** For tables without a revision. */
  add(table: string, row: Row): void
  set(table: string, record: Versioned, values: Row): void
  /** Anything that somebody else decided; `rows` is how many table rows it stands for. */
  extend(changes: readonly Change[]): void
  readonly size: number
  /** What has been collected. */
  changes(): readonly Change[]
  /** The changes are stored: revisions rise, the sheet is empty again. */
  settle(): void
}

export function changeSheet(): ChangeSheet {
  const inserted = new Map<string, { table: string; row: Row }>()
  const updated = new Map<string, { table: string; record: Versioned; values: Row }>()
  let others: Change[] = []
  const keyOf = (table: string, id: string) => `${table} ${id}`
  return {
    insert(table, record, row) {
      inserted.set(keyOf(table, record.id), { table, row })
    },
    add(table, row) {
      others.push(insert(table, row))
    },
    set(table, record, values) {
      const key = keyOf(table, record.id)
      const fresh = inserted.get(key)
      if (fresh) inserted.set(key, { table, row: { ...fresh.row, ...values } })
      else updated.set(key, { table, record, values: { ...updated.get(key)?.values, ...values } })
    },
    extend(changes) {
      others.push(...changes)
    },
    get size() {
      return inserted.size + updated.size + others.length
    },
    changes: () => [
      ...[...inserted.values()].map(({ table, row }) => insert(table, row)),
      ...[...updated.values()].map(({ table, record, values }) => update(table, record.id, record.revision, values)),
      ...others,
    ],
    settle() {
      for (const { record } of updated.values()) record.revision += 1
      inserted.clear()
      updated.clear()
      others = []
    },
  }
}
