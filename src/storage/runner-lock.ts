/**
 * Keeps two runners off one SQLite file. The lock is an exclusive transaction on `<file>.lock`, which the operating system
 * lets go of when the process ends, however it ends: there is no stale lock to clear.
 */
import Database from 'better-sqlite3'
import { AppError } from '../base/errors.ts'

/** @throws AppError DATABASE_LOCKED_BY_RUNNER @returns how to let go */
export function lockForRunner(path: string): () => void {
  const lock = new Database(`${path}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new AppError('DATABASE_LOCKED_BY_RUNNER', { path }, { cause })
  }
  return () => lock.close()
}
