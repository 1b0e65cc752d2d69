/**
 * Keeps two runners off one SQLite file. The lock is an exclusive transaction on `<file>.lock`, which the operating system
 * lets go of when the process ends, however it ends: there is no stale lock to clear.
 */
import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
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

/** Whether somebody holds the lock now. Takes none itself, and makes no file. */
export function isLockedByRunner(path: string): boolean {
  if (!existsSync(`${path}.lock`)) return false
  const lock = new Database(`${path}.lock`, { readonly: true, timeout: 0 })
  try {
    lock.prepare('SELECT 1 FROM sqlite_master').get()
    return false
  } catch (cause) {
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')) return true
    throw cause
  } finally {
    lock.close()
  }
}
