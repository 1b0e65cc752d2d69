/** What WeCom's codes mean for a message. Source: 企业微信开发者中心, 全局错误码 and 消息推送配置说明, read in November 2026. */
import type { SendOutcome } from '../../messaging/channel.ts'

type Kind = Exclude<SendOutcome['kind'], 'sent'>

/** Both ways count by the minute. */
const MINUTE_SECONDS = 60
/** `-1`: busy; tried again soon. */
const BUSY_SECONDS = 5

interface Meaning {
  readonly kind: Kind
  readonly afterSeconds?: number
}

const retry = (afterSeconds: number): Meaning => ({ kind: 'retry', afterSeconds })
const OPERATOR: Meaning = { kind: 'operator' }
const UNSENDABLE: Meaning = { kind: 'unsendable' }

/** Any code that isn't here is one that nobody foresaw: tried again by the minute, until the outbox gives it up. */
export const CODES: Readonly<Record<number, Meaning>> = {
  [-1]: retry(BUSY_SECONDS),
  6000: retry(BUSY_SECONDS),
  45009: retry(MINUTE_SECONDS),
  45033: retry(MINUTE_SECONDS),
  45047: retry(MINUTE_SECONDS),
  846607: retry(MINUTE_SECONDS),
  /** The connection isn't signed in any more. */
  846609: retry(BUSY_SECONDS),
  // the key, the robot or a right has to be mended
  40001: OPERATOR,
  40013: OPERATOR,
  40014: OPERATOR,
  41001: OPERATOR,
  42001: OPERATOR,
  48002: OPERATOR,
  60020: OPERATOR,
  /** The webhook is wrong, or its robot was taken out of the group. */
  93000: OPERATOR,
  /** The robot was switched off. */
  93004: OPERATOR,
  /** The robot isn't in the group. */
  93008: OPERATOR,
  853000: OPERATOR,
  /** The bot may not write there before it was written to (again). */
  93006: { kind: 'person' },
  // the content
  40004: UNSENDABLE,
  40005: UNSENDABLE,
  40006: UNSENDABLE,
  40008: UNSENDABLE,
  40058: UNSENDABLE,
  /** Taken for spam. */
  40201: UNSENDABLE,
  44001: UNSENDABLE,
  44004: UNSENDABLE,
  45001: UNSENDABLE,
  45002: UNSENDABLE,
  45008: UNSENDABLE,
  47001: UNSENDABLE,
}

/** Codes with which the platform refuses a type of message or its markup, which it may take as plain words. */
export const MARKUP_REFUSED: ReadonlySet<number> = new Set([40008, 40058])

/** Codes with which an answer to a message is refused because it comes too late for that message; a message of its own may go. */
export const ANSWER_TOO_LATE: ReadonlySet<number> = new Set([846604, 846605, 846606, 846608])

export const reason = (what: string | number): string => `wecom:${String(what)}`

/** @param code not 0 */
export function refused(code: number): SendOutcome {
  const { kind, afterSeconds = 0 } = CODES[code] ?? retry(MINUTE_SECONDS)
  return kind === 'retry' ? { kind, afterSeconds, reason: reason(code) } : { kind, reason: reason(code) }
}

/** Nothing was taken, for certain: another way may be tried. */
export const wasNotTaken = ({ kind }: SendOutcome): boolean => kind !== 'sent' && kind !== 'unknown'
