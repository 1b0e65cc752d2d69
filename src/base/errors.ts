import type { JsonObject } from './json.ts'

/**
 * Every code that the program can end in, by who must act.
 * Not here: a person's slip in a chat (an effect with friendly words) and refusals by a platform (a SendOutcome).
 * `status` is the HTTP status of the answer; the sentence is `locales/<language>/errors.json`.
 */
export const ERRORS = {
  // the operator: a setting or the machine
  CONFIG_INVALID: { actor: 'operator', status: 500 },
  CONFIG_FLOWS_DIR: { actor: 'operator', status: 500 },
  CONFIG_LOCALES_DIR: { actor: 'operator', status: 500 },
  CONFIG_KEY_MISSING: { actor: 'operator', status: 500 },
  DATABASE_BUSY: { actor: 'operator', status: 503 },
  DATABASE_FULL: { actor: 'operator', status: 503 },
  DATABASE_LOCKED_BY_RUNNER: { actor: 'operator', status: 503 },
  DATABASE_NOT_EMPTY: { actor: 'operator', status: 409 },
  DATABASE_NOT_WAL: { actor: 'operator', status: 500 },
  DATABASE_UNREACHABLE: { actor: 'operator', status: 503 },
  MIGRATION_EDITED: { actor: 'operator', status: 500 },
  MIGRATION_FAILED: { actor: 'operator', status: 500 },
  LISTEN_FAILED: { actor: 'operator', status: 500 },
  BACKUP_TARGET_EXISTS: { actor: 'operator', status: 409 },
  // the author of a flow, a policy file or a locale
  FLOW_INVALID: { actor: 'author', status: 422 },
  FLOW_NOT_FOUND: { actor: 'author', status: 404 },
  POLICY_INVALID: { actor: 'author', status: 422 },
  LOCALE_INVALID: { actor: 'author', status: 422 },
  EXPRESSION_INVALID: { actor: 'author', status: 422 },
  // whoever calls a command or an interface
  ARGUMENT_INVALID: { actor: 'caller', status: 400 },
  FILE_NOT_FOUND: { actor: 'caller', status: 404 },
  FILE_UNREADABLE: { actor: 'caller', status: 422 },
  IMPORT_COLUMN_MISSING: { actor: 'caller', status: 422 },
  STAFF_UNKNOWN: { actor: 'caller', status: 404 },
  STAFF_AMBIGUOUS: { actor: 'caller', status: 409 },
  STAFF_LEFT: { actor: 'caller', status: 409 },
  PIPE_BAD_JSON: { actor: 'caller', status: 400 },
  PIPE_BAD_INPUT: { actor: 'caller', status: 400 },
  PIPE_CLOCK_BACKWARDS: { actor: 'caller', status: 400 },
  PIPE_CLOCK_MISSING: { actor: 'caller', status: 400 },
  UNDERSTAND_BAD_INPUT: { actor: 'caller', status: 400 },
  NOT_FOUND: { actor: 'caller', status: 404 },
  UNAUTHENTICATED: { actor: 'caller', status: 401 },
  FORBIDDEN: { actor: 'caller', status: 403 },
  TOO_LARGE: { actor: 'caller', status: 413 },
  TOO_MANY_REQUESTS: { actor: 'caller', status: 429 },
  // us
  INTERNAL: { actor: 'us', status: 500 },
  FLOW_STEP_LIMIT: { actor: 'us', status: 500 },
  WRITE_CONFLICT: { actor: 'us', status: 503 },
  CHANGE_INVALID: { actor: 'us', status: 500 },
  SEALED_VALUE_UNREADABLE: { actor: 'us', status: 500 },
} as const satisfies Record<string, { actor: 'operator' | 'author' | 'caller' | 'us'; status: number }>

export type ErrorCode = keyof typeof ERRORS

/**
 * The one error class. `details` go into logs and sentences: they never hold a token, a phone or ID number,
 * or what somebody wrote.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: JsonObject

  constructor(code: ErrorCode, details: JsonObject = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(details)}`, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}
