/**
 * A channel whose platform can't be reached: after some failures in a row one message at a time asks whether it is back, so that
 * an outage of a day costs no message its tries. Kept in memory, a hint: the rows in storage are the truth.
 */
import { instant, SECOND } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { ChannelName, SendOutcome } from '../channel.ts'
import { THREW } from './send.ts'

/** Failures in a row, over all chats, after which a channel counts as out. */
const FAILURES = 3

/** Milliseconds between two probes: 5 seconds, doubling to a minute. */
const FIRST_PAUSE = 5 * SECOND
const LONGEST_PAUSE = 60 * SECOND

/** A probe that takes longer holds nobody any more. */
const PROBE_MS = 60 * SECOND

/**
 * Reasons of `retry` that tell of the platform, not of a message or a chat: `telegram:unreachable`, `wecom:503`,
 * `wechat:token_garbage`, `ECONNREFUSED`.
 */
const OF_THE_PLATFORM =
  /(^|[:_])(unreach(able|ed)|unreadable|starting|garbage|refused|down|offline|(dis)?connect\w*|network|no_answer|timeout|stopping|logged_out|5\d\d|-1|E[A-Z]{4,}|E[A-Z]+_[A-Z]+)$/

/** A channel's own word that it is no failure: "in the morning", "when the quota is new". */
export const LATER = 'later:'

export const isOutage = (reason: string): boolean => OF_THE_PLATFORM.test(reason)

export interface Outages {
  /** Whether a chat may be tried: `go`, `probe` (alone, until its outcome was seen or it was left), or milliseconds to wait. */
  enter(channel: ChannelName, at: Instant): 'go' | 'probe' | number
  leave(channel: ChannelName): void
  /** A send ended. @returns until when the channel rests if it is out, else null */
  saw(channel: ChannelName, outcome: SendOutcome, at: Instant): Instant | null
  /** When a channel that is out is tried again; null = it isn't. */
  until(channel: ChannelName, at: Instant): Instant | null
}

interface State {
  failures: number
  until: number
  pause: number
  /** Since when a probe is under way. */
  probeAt: number | null
}

export function outages(): Outages {
  const states = new Map<ChannelName, State>()

  const until = (channel: ChannelName, at: Instant): Instant | null => {
    const state = states.size === 0 ? undefined : states.get(channel)
    return state && state.failures >= FAILURES && state.until > at ? instant(state.until) : null
  }

  const failed = (channel: ChannelName, at: Instant): Instant | null => {
    const state = states.get(channel) ?? { failures: 0, until: 0, pause: FIRST_PAUSE, probeAt: null }
    states.set(channel, state)
    state.failures += 1
    state.probeAt = null
    if (state.failures < FAILURES) return null
    if (state.until <= at) {
      state.until = at + state.pause
      state.pause = Math.min(state.pause * 2, LONGEST_PAUSE)
    }
    return instant(state.until)
  }

  return {
    until,
    enter(channel, at) {
      const state = states.size === 0 ? undefined : states.get(channel)
      if (!state || state.failures < FAILURES) return 'go'
      if (state.until > at) return state.until - at
      if (state.probeAt !== null && at < state.probeAt + PROBE_MS) return SECOND
      state.probeAt = at
      return 'probe'
    },
    leave(channel) {
      const state = states.get(channel)
      if (state) state.probeAt = null
    },
    saw(channel, outcome, at) {
      if (outcome.kind === 'unknown') return failed(channel, at)
      if (outcome.kind === 'retry') {
        if (isOutage(outcome.reason)) return failed(channel, at)
        if (outcome.reason === THREW || outcome.reason.startsWith(LATER)) return until(channel, at)
      }
      if (states.size > 0) states.delete(channel)
      return null
    },
  }
}
