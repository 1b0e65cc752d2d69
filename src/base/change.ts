/**
 * Every write is a value. Rooms say what should change; the writer of `storage/` alone makes it so.
 * A changeset (the array handed to one `commit`) happens whole or not at all.
 */
import type { Instant } from './time.ts'
import type { Json } from './json.ts'

/** A text that is encrypted before it reaches the disk; reads give the plain text back. */
export interface Sealed {
  readonly seal: string
}

export const seal = (text: string): Sealed => ({ seal: text })

/** Instants go to DateTime columns, Json to Json columns; the column's type in the catalogue decides. */
export type Cell = string | number | boolean | null | Instant | Sealed | Json

export interface Row {
  readonly [column: string]: Cell
}

export interface Insert {
  readonly op: 'insert'
  readonly table: string
  readonly row: Row
}

/** The table's unique key decides: where the row exists already, the whole changeset is a duplicate and changes nothing. */
export interface InsertOnce {
  readonly op: 'insert-once'
  readonly table: string
  readonly row: Row
}

/** `expected` is the revision that was read; it rises by one. Null for tables that have no `revision` column. */
export interface Update {
  readonly op: 'update'
  readonly table: string
  readonly id: string
  readonly expected: number | null
  readonly set: Row
}

/** Guards a row that a decision was taken from, without changing it. */
export interface Expect {
  readonly op: 'expect'
  readonly table: string
  readonly id: string
  readonly revision: number
}

export interface Delete {
  readonly op: 'delete'
  readonly table: string
  readonly id: string
}

export type Change = Insert | InsertOnce | Update | Expect | Delete

export type CommitOutcome =
  | { readonly kind: 'committed' }
  /** An `insert-once` row was there already. */
  | { readonly kind: 'duplicate'; readonly table: string }
  /** A revision was not the expected one, or a unique key was taken by another changeset: read again and decide again. */
  | { readonly kind: 'conflict'; readonly table: string }

export interface Writer {
  /** Resolves once the outcome is on disk. Rejects only for faults (disk full, a row the schema can't hold). */
  commit(changes: readonly Change[]): Promise<CommitOutcome>
}

export const insert = (table: string, row: Row): Insert => ({ op: 'insert', table, row })
export const insertOnce = (table: string, row: Row): InsertOnce => ({ op: 'insert-once', table, row })
export const update = (table: string, id: string, expected: number | null, set: Row): Update => ({
  op: 'update',
  table,
  id,
  expected,
  set,
})
export const expectRevision = (table: string, id: string, revision: number): Expect => ({
  op: 'expect',
  table,
  id,
  revision,
})
export const remove = (table: string, id: string): Delete => ({ op: 'delete', table, id })
