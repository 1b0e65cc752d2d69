/** Write transactions of one SQLite connection. Whoever finds the lock taken waits without keeping the process waiting. */
import type Database from 'better-sqlite3'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../../base/errors.ts'
import { isSqliteError, sqliteFault } from './sqlite-fault.ts'

/** Tries to get the write lock before a group is refused; in between, the process goes on with other things. */
const LOCK_TRIES = 8
const LOCK_PAUSE_MILLISECONDS = 40

const FULL = 2

export interface Transactions {
  /**
   * Runs `work`, which commits; what it leaves uncommitted is rolled back. At once where the lock is free.
   * @throws AppError DATABASE_BUSY, DATABASE_FULL
   */
  run<Result>(work: () => Result): Result | Promise<Result>
  /** The same for what may be lost with the power, since it can be done again: its commit does not wait for the disk. */
  runUnflushed(work: () => void): void | Promise<void>
  commit(): void
}

export function sqliteTransactions(db: Database.Database): Transactions {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const flushes = db.pragma('synchronous', { simple: true }) === FULL

  const lock = (): boolean => {
    try {
      begin.run()
      return true
    } catch (error) {
      if (isSqliteError(error) && error.code.startsWith('SQLITE_BUSY')) return false
      throw sqliteFault(error)
    }
  }

  const locked = <Result>(work: () => Result): Result => {
    try {
      return work()
    } catch (error) {
      throw sqliteFault(error)
    } finally {
      if (db.inTransaction) db.exec('ROLLBACK')
    }
  }

  const later = async <Result>(work: () => Result): Promise<Result> => {
    for (let tries = 1; tries < LOCK_TRIES; tries++) {
      await pause(LOCK_PAUSE_MILLISECONDS * (0.5 + Math.random()))
      if (lock()) return locked(work)
    }
    throw new AppError('DATABASE_BUSY', { tries: LOCK_TRIES })
  }

  return {
    run: (work) => (lock() ? locked(work) : later(work)),
    runUnflushed(work) {
      if (flushes) db.pragma('synchronous = NORMAL')
      try {
        if (lock()) return locked(work)
      } finally {
        if (flushes) db.pragma('synchronous = FULL')
      }
      return later(work)
    },
    commit: () => void commit.run(),
  }
}
