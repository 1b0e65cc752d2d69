/** Messages on their way, which a stop lets arrive. */
import type { SendOutcome } from '../../messaging/channel.ts'
import { later } from './pauses.ts'

export interface SendsUnderWay {
  add(send: () => Promise<SendOutcome>): Promise<SendOutcome>
  /** Nothing begins any more. Resolves when nothing is on its way, or that time has passed. */
  end(graceMs: number): Promise<void>
}

export function sendsUnderWay(): SendsUnderWay {
  const sends = new Set<Promise<SendOutcome>>()
  let hasEnded = false
  return {
    async add(send) {
      if (hasEnded) return later('wechat:stopping')
      const sending = send()
      sends.add(sending)
      try {
        return await sending
      } finally {
        sends.delete(sending)
      }
    },
    async end(graceMs) {
      hasEnded = true
      if (sends.size === 0) return
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs)
      })
      await Promise.race([Promise.allSettled(sends), late])
      clearTimeout(timer)
    },
  }
}
