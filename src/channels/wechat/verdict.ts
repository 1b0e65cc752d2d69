/** What became of one call that sends, from what the platform answered. */
import type { Instant } from '../../base/time.ts'
import type { SendOutcome } from '../../messaging/channel.ts'
import { reasonOf, refusalOf } from './errors.ts'
import { later, NEXT_MINUTE, untilTomorrow } from './pauses.ts'
import type { Authorised } from './token.ts'

export type Verdict =
  | SendOutcome
  /** Nothing may be sent to this person in that window. */
  | { readonly kind: 'spent'; readonly reason: string }
  /** They follow no more, or take no messages. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** Too long. */
  | { readonly kind: 'split'; readonly reason: string }

export function verdictOf(answer: Awaited<ReturnType<Authorised>>, at: Instant): Verdict {
  switch (answer.kind) {
    case 'no_token':
      return answer.outcome
    case 'unreached':
    case 'down':
    case 'garbage':
      return later(`wechat:${answer.kind}`)
    case 'file':
    case 'too_large':
      return later('wechat:garbage')
    case 'cut':
      return { kind: 'unknown', reason: 'wechat:cut' }
    case 'answered':
      if (!('errcode' in answer.body)) return later('wechat:garbage')
      return answer.code === 0 ? { kind: 'sent', platformId: messageIdOf(answer.raw) } : refused(answer.code, at)
  }
}

function refused(code: number, at: Instant): Verdict {
  const reason = reasonOf(code)
  const refusal = refusalOf(code)
  switch (refusal) {
    // It was replaced once already.
    case 'token':
    case 'operator':
      return { kind: 'operator', reason }
    case 'spent':
    case 'gone':
    case 'split':
      return { kind: refusal, reason }
    case 'never':
      return { kind: 'unsendable', reason }
    case 'tomorrow':
      return later(reason, untilTomorrow(at))
    case 'minute':
      return later(reason, NEXT_MINUTE)
    case 'busy':
      return later(reason)
    case 'unheard':
      return { kind: 'retry', afterSeconds: 0, reason }
  }
}

/** 64 bits: whole only in the text. */
const messageIdOf = (raw: string): string | null => /"msgid"\s*:\s*"?(\d+)/.exec(raw)?.[1] ?? null
