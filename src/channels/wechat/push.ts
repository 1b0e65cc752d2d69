/** Sends one message to one person without being asked, by what the ledger says is left. */
import type { JsonObject } from '../../base/json.ts'
import type { SendOutcome } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'
import { WINDOWS } from './allowance.ts'
import type { Authorised } from './token.ts'
import { verdictOf } from './verdict.ts'

export type Pushed =
  | SendOutcome
  /** Nothing is left, by our count or by the platform's. */
  | { readonly kind: 'none' }
  | { readonly kind: 'split'; readonly reason: string }

export type Push = (user: string, message: JsonObject) => Promise<Pushed>

export const pushBy =
  (call: Authorised, { quota, clock }: Pick<ChannelParts, 'quota' | 'clock'>): Push =>
  async (user, message) => {
    for (;;) {
      const taken = await quota.take(user, WINDOWS, clock.now())
      if (taken === null) return { kind: 'none' }
      const body = { touser: user, ...message }
      const verdict = verdictOf(await call({ path: '/cgi-bin/message/custom/send', body }), clock.now())
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
