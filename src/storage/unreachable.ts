import { AppError } from '../base/errors.ts'

/**
 * What is to be thrown for a database that can't be opened: DATABASE_UNREACHABLE with what the driver or the system says.
 * An AppError, and a fault of the program, stay what they are.
 */
export function unreachable(cause: unknown): unknown {
  if (cause instanceof AppError || !(cause instanceof Error)) return cause
  const { code } = cause as { code?: unknown }
  if (typeof code !== 'string' || code.startsWith('ERR_')) return cause
  const reason = cause.message.includes(code) ? cause.message : `${code} ${cause.message}`.trim()
  return new AppError('DATABASE_UNREACHABLE', { reason }, { cause })
}
