/** Sends one message to one person without being asked, by what the ledger says is left. */
import type { JsonObject } from '../../base/json.ts'
import type { Instant } from '../../base/time.ts'
import type { SendOutcome } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'
import { WINDOWS } from './allowance.ts'
import { restOf } from './pauses.ts'
import type { Authorised } from './token.ts'
import { verdictOf, type Verdict } from './verdict.ts'

/** Reasons that tell of the platform as a whole. */
const DOWN = /:(token_)?(unreached|down|garbage|cut|-1)$/

export type Pushed =
  | SendOutcome
  /** Nothing is left, by our count or by the platform's. */
  | { readonly kind: 'none' }
  | { readonly kind: 'split'; readonly reason: string }

export type Push = (user: string, message: JsonObject) => Promise<Pushed>

export function pushBy(call: Authorised, { quota, clock }: Pick<ChannelParts, 'quota' | 'clock'>): Push {
  /** Since when nothing got through; null = something did. A hint: how long to wait. */
  let downSince: Instant | null = null

  const rested = (verdict: Verdict): Verdict => {
    const now = clock.now()
    const isDown = verdict.kind === 'retry' && DOWN.test(verdict.reason)
    downSince = isDown ? (downSince ?? now) : null
    return isDown ? { ...verdict, afterSeconds: restOf(downSince ?? now, now) } : verdict
  }

  return async (user, message) => {
    for (;;) {
      const taken = await quota.take(user, WINDOWS, clock.now())
      if (taken === null) return { kind: 'none' }
      const body = { touser: user, ...message }
      const verdict = rested(verdictOf(await call({ path: '/cgi-bin/message/custom/send', body }), clock.now()))
      switch (verdict.kind) {
        case 'sent':
        case 'unknown':
          return verdict
        case 'spent':
          // The other window, if there is one, may still have some.
          await quota.exhaust(user, taken)
          continue
        case 'gone':
          await quota.gone(user, clock.now())
          return { kind: 'person', reason: verdict.reason }
        case 'retry':
        case 'operator':
        case 'person':
        case 'unsendable':
        case 'split':
          await quota.giveBack(user, taken)
          return verdict
      }
    }
  }
}
