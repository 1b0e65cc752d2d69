/** What Feishu's refusals mean for a message. Source: Feishu open platform, custom bot usage guide, read in November 2026. */
import type { Random } from '../../base/random.ts'
import type { SendOutcome } from '../../messaging/channel.ts'

export interface Meaning {
  readonly kind: 'retry' | 'operator' | 'unsendable'
  readonly afterSeconds?: number
  /** As much again at most, by chance: everybody is told so at the same moment. */
  readonly spreadSeconds?: number
}

const BUSY_SECONDS = 15
const MINUTE_SECONDS = 60

const OPERATOR: Meaning = { kind: 'operator' }
const UNSENDABLE: Meaning = { kind: 'unsendable' }
const TOO_MANY: Meaning = { kind: 'retry', afterSeconds: MINUTE_SECONDS }

/** A code that isn't here is one that nobody foresaw: tried again by the minute, until the outbox gives it up. */
export const CODES: Readonly<Record<number, Meaning>> = {
  /** The platform is crowded, at whole and half hours above all. */
  11232: { kind: 'retry', afterSeconds: 60, spreadSeconds: 120 },
  99991400: TOO_MANY,
  // the robot, its address or its security settings have to be mended
  19001: OPERATOR,
  /** Signature, or a clock that is more than an hour off. */
  19021: OPERATOR,
  19022: OPERATOR,
  /** A keyword that isn't in the message. */
  19024: OPERATOR,
  // the request
  9499: UNSENDABLE,
  19002: UNSENDABLE,
}

/** One code for two things, which only its words tell apart. */
const TWO_MEANINGS = 9499
const SAYS_TOO_MANY = /too many|frequen|limit/i

/** With these the same message as plain words would end the same. */
const NOT_OF_THE_CARD: ReadonlySet<number> = new Set([11232, 99991400, 19001, 19021, 19022, 19024])

export const reason = (what: string | number): string => `feishu:${String(what)}`

export interface Refusal {
  /** Not 0. */
  readonly code: number
  readonly words: string
  /** What the answer's head says of waiting, seconds. */
  readonly resetSeconds: number | null
}

const isTooMany = ({ code, words }: Refusal): boolean => code === TWO_MEANINGS && SAYS_TOO_MANY.test(words)

export const mayBeOfTheCard = (refusal: Refusal): boolean => !NOT_OF_THE_CARD.has(refusal.code) && !isTooMany(refusal)

export function refused(refusal: Refusal, random: Random): SendOutcome {
  const { code, resetSeconds } = refusal
  const { kind, afterSeconds = 0, spreadSeconds = 0 } = isTooMany(refusal) ? TOO_MANY : (CODES[code] ?? TOO_MANY)
  if (kind !== 'retry') return { kind, reason: reason(code) }
  const wait = code === 99991400 && resetSeconds !== null ? resetSeconds : afterSeconds
  return { kind, afterSeconds: wait + Math.floor(random() * spreadSeconds), reason: reason(code) }
}

export const UNREACHED: SendOutcome = { kind: 'retry', afterSeconds: BUSY_SECONDS, reason: reason('unreachable') }

/** An answer without a code. */
export const noAnswer = (status: number): SendOutcome => ({
  kind: 'retry',
  afterSeconds: status === 429 ? MINUTE_SECONDS : BUSY_SECONDS,
  reason: reason(status >= 400 ? `http_${String(status)}` : 'unreadable'),
})

export const lost = (late: boolean): SendOutcome => ({
  kind: 'unknown',
  reason: reason(late ? 'timeout' : 'connection'),
})
