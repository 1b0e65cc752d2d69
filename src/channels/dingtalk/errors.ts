/**
 * What DingTalk's refusals mean for a message: numbers from robots and addresses for answers, names from the interface for apps.
 * Source: DingTalk open platform, custom robot and 机器人发送群聊消息 / 批量发送人与机器人会话中机器人消息, read in November 2026.
 */
import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../../base/time.ts'
import type { SendOutcome } from '../../messaging/channel.ts'

/** Anything but that it was sent. */
export type Failure = Exclude<SendOutcome, { kind: 'sent' }>

export interface Meaning {
  readonly kind: 'retry' | 'operator' | 'person' | 'unsendable'
  readonly afterSeconds?: number
  /** Until the platform's next day, instead of `afterSeconds`. */
  readonly tomorrow?: true
}

const BUSY_SECONDS = 15
const MINUTE_SECONDS = MINUTE / SECOND
/** More than 20 messages in a minute silence a robot for so long; what the answer says of waiting is not that. */
const BAN_SECONDS = (10 * MINUTE) / SECOND

const retry = (afterSeconds: number): Meaning => ({ kind: 'retry', afterSeconds })
const OPERATOR: Meaning = { kind: 'operator' }
const UNSENDABLE: Meaning = { kind: 'unsendable' }

/** A number that isn't here is one that nobody foresaw: tried again by the minute, until the outbox gives it up. */
export const ROBOT_CODES: Readonly<Record<number, Meaning>> = {
  [-1]: retry(BUSY_SECONDS),
  130101: retry(BAN_SECONDS),
  410100: retry(BAN_SECONDS),
  /** So many messages a day: no failure of this one. */
  90030: { kind: 'retry', tomorrow: true },
  // the robot, its address or its security settings have to be mended
  300001: OPERATOR,
  300005: OPERATOR,
  /** Keyword, signature, clock or address: the answer says which only in words. */
  310000: OPERATOR,
  400101: OPERATOR,
  /** The robot was switched off. */
  400102: OPERATOR,
  /** The robot was taken out of the group. */
  400106: OPERATOR,
  /** The group was dissolved. */
  400013: UNSENDABLE,
  // a link, words, a picture, content that isn't allowed
  430101: UNSENDABLE,
  430102: UNSENDABLE,
  430103: UNSENDABLE,
  430104: UNSENDABLE,
  // the request
  40035: UNSENDABLE,
  43004: UNSENDABLE,
  400105: UNSENDABLE,
}

/** Numbers with which a type of message or its markup is refused, which may be taken as plain words. */
export const MARKUP_REFUSED: ReadonlySet<number> = new Set([40035, 400105])

/** Names of the interface for apps, whole or as they begin (`Throttling.Api`); the longest that fits counts. */
export const API_CODES: Readonly<Record<string, Meaning>> = {
  Throttling: retry(MINUTE_SECONDS),
  'Forbidden.AccessDenied.QpsLimit': retry(BUSY_SECONDS),
  'Forbidden.AccessDenied': OPERATOR,
  InvalidAuthentication: OPERATOR,
  invalidClientIdOrSecret: OPERATOR,
  'invalidParameter.robotCode': OPERATOR,
  'bot.stopped': OPERATOR,
  'robot.stopped': OPERATOR,
  'template.': OPERATOR,
  'invalidParameter.userIds': UNSENDABLE,
  'invalidParameter.msg': UNSENDABLE,
  'invalidParameter.param': UNSENDABLE,
  'miss.param': UNSENDABLE,
  'invalid.openConversationId': UNSENDABLE,
  'openConversationId.': UNSENDABLE,
}

export const reason = (what: string | number): string => `dingtalk:${String(what)}`

const CHINA_AHEAD = 8 * HOUR

/** Seconds until the next midnight in China. */
const untilTomorrow = (now: Instant): number => Math.ceil((DAY - ((now + CHINA_AHEAD) % DAY)) / SECOND)

function outcome({ kind, tomorrow, afterSeconds = 0 }: Meaning, what: string | number, now: Instant): Failure {
  if (kind !== 'retry') return { kind, reason: reason(what) }
  if (tomorrow) return { kind, afterSeconds: untilTomorrow(now), reason: `later:${String(what)}` }
  return { kind, afterSeconds, reason: reason(what) }
}

/** @param code not 0 */
export const robotRefused = (code: number, now: Instant): Failure =>
  outcome(ROBOT_CODES[code] ?? retry(MINUTE_SECONDS), code, now)

/** @param name the answer's `code`; null or one that isn't known: by the status */
export function apiRefused(status: number, name: string | null, now: Instant): Failure {
  const known = Object.keys(API_CODES)
    .filter((code) => name?.startsWith(code))
    .sort((one, other) => other.length - one.length)[0]
  if (known !== undefined) return outcome(API_CODES[known] as Meaning, known.replace(/\.$/, ''), now)
  const meaning = status === 401 || status === 403 ? OPERATOR : retry(status >= 500 ? BUSY_SECONDS : MINUTE_SECONDS)
  return outcome(meaning, `http_${String(status)}`, now)
}

/** What the call itself came to, where there was no answer that could be read. */
export const UNREACHED: Failure = { kind: 'retry', afterSeconds: BUSY_SECONDS, reason: reason('unreachable') }
export const NO_ANSWER: Failure = { kind: 'retry', afterSeconds: BUSY_SECONDS, reason: reason('unreadable') }
export const lost = (late: boolean): Failure => ({
  kind: 'unknown',
  reason: reason(late ? 'timeout' : 'connection'),
})

/** Why a robot's security check failed, in the words of the answer: told to the operator, decides nothing. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/keyword|\u5173\u952e\u8bcd/i, 'keyword'],
  [/timestamp|\u65f6\u95f4\u6233/i, 'clock'],
  [/sign|\u7b7e\u540d/i, 'signature'],
  [/\bip\b|whitelist|\u767d\u540d\u5355/i, 'address'],
]

export const causeOf = (words: string): string => CAUSES.find(([said]) => said.test(words))?.[1] ?? 'unknown'
