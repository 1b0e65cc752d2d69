import { AppError } from '../../base/errors.ts'

export const UNIQUE_VIOLATION = '23505'
const TRANSIENT = new Set(['40P01', '40001', '55P03'])
const DISK_FULL = '53100'
/** Too many connections, starting up, shutting down. */
const UNAVAILABLE = /^(08|53300|57P0)/

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

export const transientCode = (error: unknown): boolean => TRANSIENT.has(codeOf(error))

/** @returns the error as the rest of the program knows it: an AppError for what an operator must mend. */
export function postgresFault(error: unknown): unknown {
  const code = codeOf(error)
  if (code === DISK_FULL) return new AppError('DATABASE_FULL', {}, { cause: error })
  if (TRANSIENT.has(code) || UNAVAILABLE.test(code)) return new AppError('DATABASE_BUSY', {}, { cause: error })
  return error
}
