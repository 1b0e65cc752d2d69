/**
 * Groups on SQLite: one transaction. What each message writes goes to the journal; a group that holds anything else goes to
 * its tables. There at first table by table, in statements of many rows that only count what they changed; where that falls
 * short, again changeset after changeset, which names the loser. One that loses before it wrote anything costs no rollback then.
 */
import type Database from 'better-sqlite3'
import type { Changeset, GroupResult, Lost, WriteConnection } from './connection.ts'
import { createJournal } from './journal/journal.ts'
import type { InsertStep, Step } from './plan.ts'
import { isSqliteError } from './sqlite-fault.ts'
import { createStatements, type Statements } from './sqlite-statements.ts'
import { sqliteTransactions } from './sqlite-transaction.ts'

const AUDIT_CHAIN = 'main'

/** Smaller groups have too few rows of a table to be written table by table. */
const LEAST_TOGETHER = 8

/**
 * Rows that a group may have to go to the journal. Larger groups share the pages that they write, so that the way through
 * the journal costs them more than it saves (a quarter more processor time at 64 chats, measured).
 */
const MOST_JOURNALLED_ROWS = 48

/**
 * Changesets in the journal before they are put into their tables (a few milliseconds of work), and how long they stay there
 * when nobody reads them: programs that look into the file on their own see what is older than that.
 */
const MOST_PENDING = 256
const JOURNAL_MILLISECONDS = 1_000

/** @param db a connection of the writer's own, in WAL mode, with synchronous=FULL */
export function sqliteWriteConnection(db: Database.Database): WriteConnection {
  const transactions = sqliteTransactions(db)
  const statements = createStatements(db, AUDIT_CHAIN)
  const journal = createJournal(db, statements)
  let timer: NodeJS.Timeout | null = null

  const write = (group: readonly Changeset[]): GroupResult | null => {
    journal.lookAround()
    if (rowsOf(group) <= MOST_JOURNALLED_ROWS && group.every(journal.takes)) return toJournal(group)
    return group.length < LEAST_TOGETHER ? oneByOne(group) : together(group)
  }

  const writeOneByOne = (group: readonly Changeset[]): GroupResult => {
    journal.lookAround()
    return oneByOne(group)
  }

  const toJournal = (group: readonly Changeset[]): GroupResult => {
    const losers = new Map<Changeset, Lost>()
    for (const changeset of group) {
      const lost = journal.check(changeset)
      if (lost) losers.set(changeset, lost)
    }
    const kept = losers.size === 0 ? group : group.filter((changeset) => !losers.has(changeset))
    if (kept.length > 0) journal.append(kept)
    transactions.commit()
    journal.appended(kept)
    if (journal.length >= MOST_PENDING) setImmediate(putInLater)
    else timer ??= setTimeout(putInLater, JOURNAL_MILLISECONDS).unref()
    return { committed: true, losers }
  }

  const oneByOne = (group: readonly Changeset[]): GroupResult => {
    const losers = new Map<Changeset, Lost>()
    journal.apply()
    statements.startGroup()
    for (const changeset of group) {
      const { lost, dirty } = runSteps(changeset.steps, statements)
      if (lost === null) continue
      losers.set(changeset, lost)
      if (dirty) return { committed: false, losers }
    }
    transactions.commit()
    journal.applied(group)
    return { committed: true, losers }
  }

  /** @returns null when some changeset loses */
  const together = (group: readonly Changeset[]): GroupResult | null => {
    journal.apply()
    statements.startGroup()
    if (!runTogether(group, statements)) return null
    transactions.commit()
    journal.applied(group)
    return { committed: true, losers: NO_LOSERS }
  }

  const catchUp = (): void | Promise<void> => {
    if (!journal.isBehind()) return
    return transactions.runUnflushed(() => {
      journal.lookAround()
      journal.apply()
      transactions.commit()
      journal.applied([])
    })
  }

  /** What can't be done now is done before the next read or write of the tables, or the next time. */
  const putIn = async (): Promise<void> => {
    if (timer) clearTimeout(timer)
    timer = null
    if (!db.open || journal.length === 0) return
    try {
      await catchUp()
    } catch {
      timer ??= setTimeout(putInLater, JOURNAL_MILLISECONDS).unref()
    }
  }

  const putInLater = () => void putIn()

  return {
    run(group) {
      const done = transactions.run(() => write(group))
      if (done instanceof Promise) return done.then((result) => result ?? transactions.run(() => writeOneByOne(group)))
      return done ?? transactions.run(() => writeOneByOne(group))
    },
    catchUp,
    async close() {
      if (timer) clearTimeout(timer)
      if (!db.open) return
      await catchUp()
      db.close()
    },
  }
}

function rowsOf(group: readonly Changeset[]): number {
  let rows = 0
  for (const { steps } of group) rows += steps.length
  return rows
}

const NO_LOSERS: GroupResult['losers'] = new Map()

/** No two changesets of a group touch one row, so that their steps may go by kind. @returns false when some changeset loses */
function runTogether(group: readonly Changeset[], statements: Statements): boolean {
  const once: InsertStep[][] = []
  const inserts: InsertStep[][] = []
  const changes: Step[] = []
  for (const { steps } of group) {
    for (const step of steps) {
      if (step.op === 'once') (once[step.table.order] ??= []).push(step)
      else if (step.op === 'insert') (inserts[step.table.order] ??= []).push(step)
      else changes.push(step)
    }
  }
  try {
    return (
      once.every((steps) => statements.insertAll(steps)) &&
      statements.changeAll(changes) &&
      inserts.every((steps) => statements.insertAll(steps))
    )
  } catch (error) {
    if (isSqliteError(error) && UNIQUE.has(error.code)) return false
    throw error
  }
}

/** @returns how the changeset lost, and whether it had written something by then. */
function runSteps(steps: readonly Step[], statements: Statements): { lost: Lost | null; dirty: boolean } {
  let dirty = false
  for (const step of steps) {
    const lost = runStep(step, statements)
    if (lost !== null) return { lost, dirty }
    if (step.op !== 'expect') dirty = true
  }
  return UNBEATEN
}

const UNBEATEN = { lost: null, dirty: false }

function runStep(step: Step, statements: Statements): Lost | null {
  try {
    if (statements.run(step)) return null
  } catch (error) {
    if (!isSqliteError(error) || !UNIQUE.has(error.code)) throw error
    return { kind: 'conflict', table: step.table.name }
  }
  return { kind: step.op === 'once' ? 'duplicate' : 'conflict', table: step.table.name }
}

const UNIQUE = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_ROWID'])
