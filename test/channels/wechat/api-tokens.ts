/** Tokens as the platform gives them out: the same one until 5 minutes before its end, another one only by force. */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../../../src/base/time.ts'

const LIFE_S = 7_200
const EARLY_MS = 300_000
const FORCED_APART_MS = 30_000
const FORCED_A_DAY = 20

export interface Given {
  readonly access_token: string
  readonly expires_in: number
}

export interface Tokens {
  give(isForced: boolean): Given | 45009 | 45011
  /** 0, or the code for a token that isn't (or no more) one. */
  judge(token: string | null): 0 | 40001 | 40014 | 41001 | 42001
  /** Everything that was given out holds no more, though the platform's own book says so still: a leak was reported. */
  revoke(): void
  readonly given: string[]
  forced: number
}

export function tokens({ now }: Clock): Tokens {
  let current: { value: string; from: number } | null = null
  let revoked = new Set<string>()
  const ends = new Map<string, number>()
  const given: string[] = []
  let forcedAt: number[] = []

  const make = (): Given => {
    const value = randomBytes(256).toString('hex')
    if (current) ends.set(current.value, Math.min(ends.get(current.value) ?? 0, now() + EARLY_MS))
    current = { value, from: now() }
    ends.set(value, now() + LIFE_S * 1000)
    given.push(value)
    return { access_token: value, expires_in: LIFE_S }
  }

  return {
    given,
    forced: 0,
    give(isForced) {
      if (isForced) {
        forcedAt = forcedAt.filter((at) => at > now() - 86_400_000)
        if (forcedAt.length >= FORCED_A_DAY) return 45009
        if (forcedAt.some((at) => at > now() - FORCED_APART_MS)) return 45011
        forcedAt.push(now())
        this.forced += 1
        // By force the one before ends at once.
        if (current) ends.set(current.value, now())
        return make()
      }
      const left = current ? (ends.get(current.value) ?? 0) - now() : 0
      return current && left > EARLY_MS ? { access_token: current.value, expires_in: Math.floor(left / 1000) } : make()
    },
    judge(token) {
      if (token === null || token === '') return 41001
      const end = ends.get(token)
      if (end === undefined) return 40014
      if (revoked.has(token)) return 40001
      return now() < end ? 0 : 42001
    },
    revoke() {
      revoked = new Set(given)
    },
  }
}
