/** Whom the platform knows, and what it lets an account send them: counted by the platform's own rules, not by ours. */
import type { Clock } from '../../../src/base/time.ts'

const TWO_DAYS = 172_800_000
const ONE_MINUTE = 60_000

interface Person {
  follows: boolean
  isBlacklisted: boolean
  /** Moments in milliseconds, and how many were sent since. */
  wroteAt: number | null
  wroteUsed: number
  tappedAt: number | null
  tappedUsed: number
}

export interface People {
  follow(user: string): void
  unfollow(user: string): void
  blacklist(user: string): void
  writes(user: string): void
  taps(user: string): void
  /** @returns 0 and counts it, or the platform's code */
  charge(user: string): number
  /** @returns 0 or the code for somebody who can't be written to at all */
  known(user: string): number
}

export function people({ now }: Clock): People {
  const everybody = new Map<string, Person>()
  const of = (user: string): Person => {
    const known = everybody.get(user)
    if (known) return known
    const fresh: Person = {
      follows: true,
      isBlacklisted: false,
      wroteAt: null,
      wroteUsed: 0,
      tappedAt: null,
      tappedUsed: 0,
    }
    everybody.set(user, fresh)
    return fresh
  }
  return {
    follow(user) {
      Object.assign(of(user), { follows: true, tappedAt: now(), tappedUsed: 0 })
    },
    unfollow(user) {
      Object.assign(of(user), { follows: false, wroteAt: null, tappedAt: null })
    },
    blacklist(user) {
      of(user).isBlacklisted = true
    },
    writes(user) {
      Object.assign(of(user), { follows: true, wroteAt: now(), wroteUsed: 0 })
    },
    taps(user) {
      Object.assign(of(user), { follows: true, tappedAt: now(), tappedUsed: 0 })
    },
    known(user) {
      const person = everybody.get(user)
      if (!person) return 40003
      if (person.isBlacklisted) return 43019
      return person.follows ? 0 : 43004
    },
    charge(user) {
      const person = everybody.get(user)
      if (!person) return 40003
      if (person.isBlacklisted) return 43019
      if (!person.follows) return 45015
      const tapIsOpen = person.tappedAt !== null && now() < person.tappedAt + ONE_MINUTE
      const messageIsOpen = person.wroteAt !== null && now() < person.wroteAt + TWO_DAYS
      if (tapIsOpen && person.tappedUsed < 3) {
        person.tappedUsed += 1
        return 0
      }
      if (messageIsOpen && person.wroteUsed < 5) {
        person.wroteUsed += 1
        return 0
      }
      return tapIsOpen || messageIsOpen ? 45047 : 45015
    },
  }
}
