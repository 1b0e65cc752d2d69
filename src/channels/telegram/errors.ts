/**
 * What an error of the Bot API means for a message. Its codes are too coarse (400 and 403 stand for dozens of things), so the
 * description, which is stable English, decides within a code. Read in November 2026.
 */
import { GrammyError, HttpError } from 'grammy'
import type { SendOutcome } from '../../messaging/channel.ts'
import { NEVER_CONNECTED } from './connections.ts'

type Meaning = readonly [code: number, says: RegExp, kind: 'operator' | 'unsendable', reason: string]

const MEANINGS: readonly Meaning[] = [
  [403, /blocked by the user/i, 'unsendable', 'blocked'],
  [403, /user is deactivated/i, 'unsendable', 'deactivated'],
  [403, /was kicked|not a member/i, 'unsendable', 'kicked'],
  [403, /group chat was deleted/i, 'unsendable', 'chat_not_found'],
  [403, /can't initiate conversation|can't send messages to bots/i, 'unsendable', 'cannot_initiate'],
  [403, /not enough rights|no rights|need administrator/i, 'operator', 'no_rights'],
  [
    400,
    /chat not found|user not found|peer_id_invalid|user_id_invalid|chat_id is empty/i,
    'unsendable',
    'chat_not_found',
  ],
  [400, /group chat was deactivated/i, 'unsendable', 'chat_not_found'],
  [400, /input_user_deactivated/i, 'unsendable', 'deactivated'],
  [400, /bot was blocked/i, 'unsendable', 'blocked'],
  [400, /not enough rights|have no rights|chat_write_forbidden|chat_restricted|topic_closed/i, 'operator', 'no_rights'],
  [400, /message is too long|caption is too long/i, 'unsendable', 'too_long'],
  [400, /message text is empty|must be non-empty/i, 'unsendable', 'empty'],
  [400, /button_data_invalid|reply_markup_too_long/i, 'unsendable', 'bad_button'],
]

/** Seconds to wait where the platform names none. */
const TOO_FAST = 5

/** Whatever it is that failed, it was not sent. */
export type Failure = Exclude<SendOutcome, { kind: 'sent' }>

export function outcomeOf(error: unknown): Failure {
  if (error instanceof HttpError) return lost(error)
  // Neither an answer of the platform nor a cut: what came was JSON, but nothing that could be read.
  if (!(error instanceof GrammyError)) return { kind: 'retry', afterSeconds: 0, reason: 'telegram:unreadable' }
  const { error_code: code, description, parameters } = error
  if (typeof code !== 'number') return { kind: 'retry', afterSeconds: 0, reason: 'telegram:unreadable' }
  const reason = `telegram:${code}`
  // The token is unknown (401), or is none at all and so no address (404).
  if (code === 401 || code === 404) return { kind: 'operator', reason }
  if (code === 429) return { kind: 'retry', afterSeconds: parameters.retry_after ?? TOO_FAST, reason }
  if (code >= 500 || code === 409 || code === 420) return { kind: 'retry', afterSeconds: 0, reason }
  const meaning = MEANINGS.find(([of, says]) => of === code && says.test(description))
  return meaning ? { kind: meaning[2], reason: meaning[3] } : { kind: 'unsendable', reason }
}

/** No answer: whether the request was written decides. */
function lost({ error }: HttpError): Failure {
  const { code, type } = (error ?? {}) as { readonly code?: unknown; readonly type?: unknown }
  if (code === NEVER_CONNECTED) return { kind: 'retry', afterSeconds: 0, reason: 'telegram:unreachable' }
  if (type === 'invalid-json') return { kind: 'retry', afterSeconds: 0, reason: 'telegram:unreadable' }
  return { kind: 'unknown', reason: 'telegram:no_answer' }
}

/** The markup was refused: the same words go as plain text. */
export const refusesMarkup = (error: unknown): boolean =>
  error instanceof GrammyError && error.error_code === 400 && /can't parse|parse entities/i.test(error.description)

/** Where a group that became a supergroup is now; null = it didn't. */
export const movedTo = (error: unknown): string | null =>
  error instanceof GrammyError && error.parameters.migrate_to_chat_id !== undefined
    ? String(error.parameters.migrate_to_chat_id)
    : null

/** A word for the log: never the platform's text, which may quote what was sent. */
export function codeOf(error: unknown): string {
  const { reason } = outcomeOf(error)
  return error instanceof GrammyError && typeof error.error_code === 'number' ? `telegram:${error.error_code}` : reason
}
