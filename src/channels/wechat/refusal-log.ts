/** Calls that were refused, told once a minute for each cause: whoever knocks a thousand times fills no log. */
import { HOUR, MINUTE, type Instant } from '../../base/time.ts'
import type { ChannelFinding } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'

export interface RefusalLog {
  told(why: string): void
  findings(): readonly ChannelFinding[]
}

export function refusalLog({ log, clock }: Pick<ChannelParts, 'log' | 'clock'>): RefusalLog {
  const last = new Map<string, { readonly at: Instant; readonly count: number }>()
  return {
    told(why) {
      const at = clock.now()
      const before = last.get(why)
      if (before && at - before.at < MINUTE) {
        last.set(why, { ...before, count: before.count + 1 })
        return
      }
      log('refused', { why, more: before?.count ?? 0 })
      last.set(why, { at, count: 0 })
    },
    /** Signed by the platform and yet refused within the last hour: a setting here is wrong. */
    findings() {
      const at = clock.now()
      const lately = (why: string) => at - (last.get(why)?.at ?? 0) < HOUR
      const wrong = ['plain', 'enclosed', 'msg_signature', 'padding', 'receiver'].filter(lately)
      return wrong.map((why): ChannelFinding => ({ state: 'problem', what: 'receive', params: { why } }))
    },
  }
}
