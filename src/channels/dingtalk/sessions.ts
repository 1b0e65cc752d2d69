/** Addresses for answers, which came with messages and end by themselves: hints, kept in memory only. */
import { SECOND, type Instant } from '../../base/time.ts'
import { isRobotHost } from './hook-address.ts'

export interface Sessions {
  keep(chat: string, address: string, until: number): void
  /** @returns null once it is over, or when the chat was not heard since the start */
  of(chat: string, at: Instant): URL | null
  forget(chat: string): void
}

const REMEMBERED = 10_000
/** Before its end. */
const MARGIN = 5 * SECOND

/** @param root of robots: an address that leads elsewhere isn't kept */
export function sessions(root: string): Sessions {
  const known = new Map<string, { readonly url: URL; readonly until: number }>()
  return {
    keep(chat, address, until) {
      if (!URL.canParse(address)) return
      const url = new URL(address)
      if (!isRobotHost(url, root)) return
      known.delete(chat)
      known.set(chat, { url, until })
      const [oldest] = known.keys()
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest)
    },
    of(chat, at) {
      const session = known.get(chat)
      return session && session.until - MARGIN > at ? session.url : null
    },
    forget: (chat) => void known.delete(chat),
  }
}
