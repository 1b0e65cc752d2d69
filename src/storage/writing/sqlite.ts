/**
 * Groups on SQLite: one transaction. At first table by table, in statements of many rows that only count what they changed;
 * where that falls short, again changeset after changeset, which names the loser. One that loses before it wrote anything
 * costs no rollback then.
 */
import type Database from 'better-sqlite3'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../../base/errors.ts'
import type { Changeset, GroupResult, Lost, WriteConnection } from './connection.ts'
import { isSqliteError, sqliteFault } from './sqlite-fault.ts'
import { createStatements, type Statements } from './sqlite-statements.ts'
import type { InsertStep, Step } from './plan.ts'

/** Tries to get the write lock before a group is refused; in between, the process goes on with other things. */
const LOCK_TRIES = 8
const LOCK_PAUSE_MILLISECONDS = 40

const AUDIT_CHAIN = 'main'

/** Smaller groups have too few rows of a table. */
const LEAST_TOGETHER = 8

/** @param db a connection of the writer's own, in WAL mode, with synchronous=FULL */
export function sqliteWriteConnection(db: Database.Database): WriteConnection {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const statements = createStatements(db, AUDIT_CHAIN)

  const execute = (group: readonly Changeset[]): GroupResult => {
    const losers = new Map<Changeset, Lost>()
    statements.startGroup()
    for (const changeset of group) {
      const { lost, dirty } = runSteps(changeset.steps, statements)
      if (lost === null) continue
      losers.set(changeset, lost)
      if (dirty) {
        db.exec('ROLLBACK')
        return { committed: false, losers }
      }
    }
    commit.run()
    return { committed: true, losers }
  }

  const attempt = (group: readonly Changeset[], mode: 'together' | 'each'): GroupResult | Promise<GroupResult> => {
    try {
      if (mode === 'each' || group.length < LEAST_TOGETHER) return execute(group)
      statements.startGroup()
      if (runTogether(group, statements)) {
        commit.run()
        return { committed: true, losers: NO_LOSERS }
      }
      db.exec('ROLLBACK')
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      throw sqliteFault(error)
    }
    return lock() ? attempt(group, 'each') : attemptLater(group)
  }

  const lock = (): boolean => {
    try {
      begin.run()
      return true
    } catch (error) {
      if (isSqliteError(error) && error.code.startsWith('SQLITE_BUSY')) return false
      throw sqliteFault(error)
    }
  }

  const attemptLater = async (group: readonly Changeset[]): Promise<GroupResult> => {
    for (let tries = 1; tries < LOCK_TRIES; tries++) {
      await pause(LOCK_PAUSE_MILLISECONDS * (0.5 + Math.random()))
      if (lock()) return attempt(group, 'each')
    }
    throw new AppError('DATABASE_BUSY', { tries: LOCK_TRIES })
  }

  return {
    run: (group) => (lock() ? attempt(group, 'together') : attemptLater(group)),
    close() {
      db.close()
    },
  }
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
