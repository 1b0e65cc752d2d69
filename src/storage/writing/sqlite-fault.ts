import Database from 'better-sqlite3'
import { AppError } from '../../base/errors.ts'

export const isSqliteError = (error: unknown): error is InstanceType<typeof Database.SqliteError> =>
  error instanceof Database.SqliteError

/** @returns the error as the rest of the program knows it: an AppError for what an operator must mend. */
export function sqliteFault(error: unknown): unknown {
  if (!isSqliteError(error)) return error
  if (error.code === 'SQLITE_FULL') return new AppError('DATABASE_FULL', {}, { cause: error })
  if (error.code.startsWith('SQLITE_BUSY')) return new AppError('DATABASE_BUSY', {}, { cause: error })
  return error
}
