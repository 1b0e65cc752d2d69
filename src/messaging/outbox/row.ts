/** An outbox row as a Change. Reminders and notices use it too, so that there is one spelling of a row. */
import { insert, seal, update } from '../../base/change.ts'
import type { Change, Insert, Row, Update } from '../../base/change.ts'
import { instant } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { ChannelName, Outgoing } from '../channel.ts'
import { payloadOf } from './payload.ts'

export type OutboxKind = 'reply' | 'notice' | 'reminder'

/** Milliseconds for which a row in state `sending` belongs to whoever sends it: longer than any channel waits for an answer. */
export const LEASE_MS = 60_000

/** Error of a row that is being sent a second time, because the first time has no known end. */
export const AGAIN = 'again'

export const laneKey = (channel: ChannelName, chat: string): string => `${channel} ${chat}`

/** A row that a worker sends once `dueAt` has come. */
export function pendingRow(outgoing: Outgoing, kind: OutboxKind, dueAt: Instant, sealed: boolean): Insert {
  return rowOf(outgoing, kind, 'pending', dueAt, null, sealed)
}

/** A row that this process sends right after the commit; when it does not, the lease runs out and a worker finds it. */
export function leasedRow(outgoing: Outgoing, kind: OutboxKind, token: string, at: Instant, sealed: boolean): Insert {
  return rowOf(outgoing, kind, 'sending', instant(at + LEASE_MS), token, sealed)
}

/** A message that can reach nobody (no address): kept where the console shows what did not leave. */
export function undeliverableRow(outgoing: Outgoing, kind: OutboxKind, error: string, sealed: boolean): Insert {
  const made = rowOf(outgoing, kind, 'unsendable', null, null, sealed)
  return { ...made, row: { ...made.row, error } }
}

function rowOf(
  outgoing: Outgoing,
  kind: OutboxKind,
  state: string,
  dueAt: Instant | null,
  leaseToken: string | null,
  sealed: boolean,
): Insert {
  const payload = payloadOf(outgoing)
  return insert('Outbox', {
    id: outgoing.id,
    channel: outgoing.channel,
    chat: outgoing.chat,
    kind,
    payload: sealed ? seal(payload) : payload,
    state,
    dueAt,
    attempts: 0,
    leaseToken,
    error: null,
    createdAt: outgoing.createdAt,
    sentAt: null,
  })
}

const mark = (id: string, set: Row): Update => update('Outbox', id, null, set)

export const markSent = (id: string, at: Instant): Change =>
  mark(id, { state: 'sent', dueAt: null, leaseToken: null, sentAt: at })

export const markSending = (id: string, token: string, at: Instant, error: string | null): Update =>
  mark(id, { state: 'sending', dueAt: instant(at + LEASE_MS), leaseToken: token, error })

export const markWaiting = (id: string, dueAt: Instant): Update =>
  mark(id, { state: 'pending', dueAt, leaseToken: null })

export const markRetry = (id: string, dueAt: Instant, attempts: number, error: string): Change =>
  mark(id, { state: 'pending', dueAt, attempts, leaseToken: null, error })

/** `unsendable`, `dead`, `withdrawn`, or `unknown` for good: nothing more happens by itself. */
export const markSettled = (id: string, state: string, error: string): Update =>
  mark(id, { state, dueAt: null, leaseToken: null, error })

/** Moment at which nobody looks at a row by itself. */
export const NEVER = instant(Date.UTC(9999, 0, 1))

const AFTER_NEVER = instant(NEVER + 1000)

/** Until the person writes again. */
export const markUntilPerson = (id: string, error: string): Update =>
  mark(id, { state: 'waiting', dueAt: NEVER, leaseToken: null, error })

/** Looked at once, and still until the person writes again. */
export const markLookedAt = (id: string): Update => mark(id, { dueAt: AFTER_NEVER })

/** Never, and somebody is owed what it says: looked at by who can call. */
export const markUnreached = (id: string, error: string): Update =>
  mark(id, { state: 'unsendable', dueAt: NEVER, leaseToken: null, error })

/** It may have arrived: looked at once more at `dueAt`. */
export const markUnknown = (id: string, dueAt: Instant, attempts: number, error: string): Change =>
  mark(id, { state: 'unknown', dueAt, attempts, leaseToken: null, error })

/** A row that a dead process was sending: due now, still `sending`, so that it is sent as a second time. */
export const takeOver = (id: string, token: string, at: Instant): Change => mark(id, { dueAt: at, leaseToken: token })
