/**
 * How much of somebody's talk that leads nowhere is answered: all of it, until there is too much at once; an insult or an
 * advertisement once in a while. Kept in memory and bounded: losing it means one more friendly sentence.
 */
import type { Instant } from '../base/time.ts'
import type { MannersPolicy } from './manners-policy.ts'

/** `warn` once when it becomes too much, then `quiet` until it has calmed down. */
export type Patience = 'go' | 'warn' | 'quiet'

export type Dropped = 'flood' | 'insult' | 'advert'

export interface Manners {
  /** A message of this account led nowhere. */
  idle(account: string, at: Instant): Patience
  /** Whether this is to be answered: the first of its kind for a while. */
  isFirst(account: string, kind: 'insult' | 'advert', at: Instant): boolean
  drop(kind: Dropped): void
  /** Messages left without an answer since the start. */
  readonly dropped: Readonly<Record<Dropped, number>>
  /** Accounts remembered. */
  readonly size: number
}

interface Remembered {
  /** Messages that lead nowhere, draining steadily. */
  level: number
  levelAt: Instant
  quiet: boolean
  insultAt: Instant | null
  advertAt: Instant | null
}

export function manners({ messages, withinMs, hushMs, accounts }: MannersPolicy): Manners {
  const known = new Map<string, Remembered>()
  const dropped: Record<Dropped, number> = { flood: 0, insult: 0, advert: 0 }
  const of = (account: string, at: Instant): Remembered => {
    const one = known.get(account) ?? { level: 0, levelAt: at, quiet: false, insultAt: null, advertAt: null }
    known.delete(account)
    known.set(account, one)
    if (known.size > accounts) {
      const oldest = known.keys().next()
      if (!oldest.done) known.delete(oldest.value)
    }
    return one
  }
  return {
    idle(account, at) {
      const one = of(account, at)
      const drained = (Math.max(0, at - one.levelAt) * messages) / withinMs
      one.level = Math.min(Math.max(0, one.level - drained) + 1, 2 * messages)
      one.levelAt = at
      if (one.quiet) one.quiet = one.level > messages / 2
      else if (one.level > messages) {
        one.quiet = true
        return 'warn'
      }
      return one.quiet ? 'quiet' : 'go'
    },
    isFirst(account, kind, at) {
      const one = of(account, at)
      const key = kind === 'insult' ? 'insultAt' : 'advertAt'
      const last = one[key]
      one[key] = at
      return last === null || at - last >= hushMs
    },
    drop: (kind) => void dropped[kind]++,
    dropped,
    get size() {
      return known.size
    },
  }
}
