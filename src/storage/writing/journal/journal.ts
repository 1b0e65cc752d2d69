/**
 * The journal of a SQLite file: what each message writes is flushed to disk as one short entry, and put into its tables
 * later, many messages at a time. A row of its own in each table costs about eleven pages a message, an entry one or two.
 *
 * Whatever may collide with another row, or concerns other tables, is not for the journal: it goes to its tables at once,
 * after all that is pending. Every process that writes puts in first what it finds in the journal, its own or another's.
 */
import type Database from 'better-sqlite3'
import type { Changeset, Lost } from '../connection.ts'
import type { ExpectStep, Step, UpdateStep } from '../plan.ts'
import type { Statements } from '../sqlite-statements.ts'
import type { TablePlan } from '../table-plan.ts'
import { entryOf } from './entry.ts'
import { createPending } from './pending.ts'
import { putInto } from './put-into.ts'
import { replay } from './replay.ts'
import { createRowLook } from './row-look.ts'

export interface Journal {
  /** Changesets that are on disk here and not in their tables. */
  readonly length: number
  takes(changeset: Changeset): boolean
  /** True where tables may lack something that is in the journal. Outside a transaction too. */
  isBehind(): boolean
  /** First thing in a transaction: what another process did, or left behind, counts. */
  lookAround(): void
  /** @returns how a changeset loses against what is stored and pending, null where it doesn't */
  check(changeset: Changeset): Lost | null
  append(changesets: readonly Changeset[]): void
  /** Puts all that is pending into its tables. */
  apply(): void
  /** After the commit of a transaction that appended. */
  appended(changesets: readonly Changeset[]): void
  /** After the commit of a transaction that applied. @param written changesets that went to their tables at once */
  applied(written: readonly Changeset[]): void
}

export function createJournal(db: Database.Database, statements: Statements): Journal {
  const pending = createPending()
  const rows = createRowLook(db, pending)
  const dataVersion = db.prepare('PRAGMA data_version').pluck() as Database.Statement<[], number>
  const insert = db.prepare('INSERT INTO "Journal" ("id", "steps") VALUES (?, ?)')
  const lastId = db.prepare('SELECT max("id") FROM "Journal"').pluck() as Database.Statement<[], number | null>
  const clear = db.prepare('DELETE FROM "Journal"')
  let last = 0
  /** The state of the file that `pending` and `rows` hold for: null before the first look. */
  let seen: number | null = null
  let looked = 0

  const lose = (step: Step): Lost | null => {
    switch (step.op) {
      case 'once':
      case 'insert':
        if (step.id === null || !rows.exists(step.table, step.id)) return null
        return { kind: step.op === 'once' ? 'duplicate' : 'conflict', table: step.table.name }
      case 'update':
      case 'expect':
        return isAsExpected(step) ? null : { kind: 'conflict', table: step.table.name }
      case 'delete':
        return null
    }
  }

  const isAsExpected = ({ table, id, expected }: UpdateStep | ExpectStep) =>
    expected === null ? rows.exists(table, id) : rows.revisionOf(table, id) === expected

  return {
    get length() {
      return pending.changesets
    },
    takes: ({ steps }) => steps.every(isForJournal),
    isBehind: () => pending.changesets > 0 || (dataVersion.get() !== seen && lastId.get() !== null),
    lookAround() {
      looked = dataVersion.get() as number
      if (looked === seen) return
      pending.clear()
      rows.forget()
      replay(db)
      last = 0
    },
    check({ steps }) {
      for (const step of steps) {
        const lost = lose(step)
        if (lost) return lost
      }
      return null
    },
    append(changesets) {
      insert.run(++last, entryOf(changesets))
    },
    apply() {
      if (pending.changesets === 0) return
      putInto(db, statements, pending)
      clear.run()
    },
    appended(changesets) {
      seen = looked
      for (const changeset of changesets) {
        pending.add(changeset)
        rows.remember(changeset)
      }
    },
    applied(written) {
      seen = looked
      last = 0
      pending.clear()
      for (const changeset of written) rows.drop(changeset)
    },
  }
}

const isForJournal = (step: Step): boolean => {
  switch (step.op) {
    case 'once':
    case 'insert':
      return step.table.table.journalled && collidesById(step.table)
    case 'update':
      return step.table.table.journalled && !step.shape.collides
    case 'expect':
      return step.table.table.journalled
    case 'delete':
      return false
  }
}

const collidesById = ({ table }: TablePlan) => table.unique.length === 1
