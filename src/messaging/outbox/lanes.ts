/**
 * Replies that leave right after their commit, chat by chat in order. What can't leave now goes back to storage, and the
 * chat is held: until a worker has caught up, later replies are born `pending` behind it.
 * What is kept here is a hint for speed; the rows in storage are the truth.
 */
import type { Writer } from '../../base/change.ts'
import type { Random } from '../../base/random.ts'
import { instant } from '../../base/time.ts'
import type { Clock, Instant } from '../../base/time.ts'
import type { Channel, ChannelName, Outgoing, SendOutcome } from '../channel.ts'
import type { AfterSend } from './after-send.ts'
import type { Marks } from './marks.ts'
import type { Outages } from './outage.ts'
import type { Pacer } from './pacing.ts'
import { laneKey, LEASE_MS, markSent, markWaiting } from './row.ts'
import { sendBy } from './send.ts'
import { settle } from './settle.ts'

interface Lane {
  readonly queue: Outgoing[]
  busy: boolean
  /** When the send under way began. */
  since: number
  /** Rows in storage go first. */
  held: boolean
  heldUntil: number
}

export interface LanesOptions {
  readonly writer: Writer
  readonly channels: ReadonlyMap<ChannelName, Channel>
  readonly clock: Clock
  readonly random: Random
  readonly marks: Marks
  readonly pacer: Pacer
  readonly outages: Outages
  readonly afterSend: AfterSend
  readonly wake: () => void
  readonly logError: (error: unknown) => void
}

export interface Lanes {
  /** @returns null when a reply may be born `sending`, else the moment at which a worker should look at it. */
  place(channel: ChannelName, chat: string, at: Instant): Instant | null
  /** After the commit of a row that was placed with null. */
  sendNow(outgoing: Outgoing): void
  /** A worker takes the chat: later replies wait in storage. Replaces whatever was under way. */
  hold(key: string, until: Instant | null): void
  release(key: string, at: Instant): void
  /** A reply is being sent. One that takes longer than its lease counts no more: a worker may take the chat. */
  isBusy(key: string, at: Instant): boolean
  /** Resolves when no send of a reply is under way. */
  idle(): Promise<void>
}

export function replyLanes(options: LanesOptions): Lanes {
  const { writer, channels, clock, random, marks, pacer, outages, afterSend, wake, logError } = options
  const lanes = new Map<string, Lane>()
  let underWay = 0
  let waiters: (() => void)[] = []

  const ended = () => {
    underWay -= 1
    if (underWay > 0) return
    const woken = waiters
    waiters = []
    for (const resolve of woken) resolve()
  }

  const start = (key: string, lane: Lane, outgoing: Outgoing) => {
    lane.busy = true
    lane.since = clock.now()
    underWay += 1
    void sendBy(channels.get(outgoing.channel), outgoing, () => Promise.resolve(lane.queue)).then((outcome) =>
      finish(key, lane, outgoing, outcome),
    )
  }

  const finish = (key: string, lane: Lane, outgoing: Outgoing, outcome: SendOutcome): void => {
    lane.busy = false
    const at = clock.now()
    const outage = afterSend(outgoing, outcome, at)
    if (outcome.kind !== 'sent') return void failed(key, lane, outgoing, outcome, outage).then(ended)
    marks.add(markSent(outgoing.id, at))
    next(key, lane)
    ended()
  }

  const next = (key: string, lane: Lane): void => {
    if (lanes.get(key) !== lane) return
    const following = lane.queue.shift()
    if (following) start(key, lane, following)
    else if (!lane.held) lanes.delete(key)
  }

  const failed = async (
    key: string,
    lane: Lane,
    { id, createdAt }: Outgoing,
    outcome: SendOutcome,
    outage: Instant | null,
  ): Promise<void> => {
    if (lanes.get(key) !== lane) return
    const { change, heldUntil } = settle(
      { id, createdAt, failures: 0, isOwed: false, again: false },
      outcome,
      outage,
      clock.now(),
      random,
    )
    const changes = [change]
    if (heldUntil !== null) {
      lane.held = true
      lane.heldUntil = heldUntil
      for (const row of lane.queue.splice(0)) changes.push(markWaiting(row.id, heldUntil))
    }
    try {
      await writer.commit(changes)
    } catch (error) {
      logError(error)
    }
    if (heldUntil === null) next(key, lane)
    else wake()
  }

  const putBack = async (outgoing: Outgoing, until: number): Promise<void> => {
    try {
      await writer.commit([markWaiting(outgoing.id, instant(Math.max(until, clock.now())))])
    } catch (error) {
      logError(error)
    }
    wake()
  }

  return {
    place(channel, chat, at) {
      const key = laneKey(channel, chat)
      const lane = lanes.get(key)
      if (lane?.held) return instant(Math.max(at, lane.heldUntil))
      const outage = outages.until(channel, at)
      const { wait } = outage === null ? pacer.take(channel, chat, at, true) : { wait: outage - at }
      if (wait === 0) return null
      const until = instant(at + wait)
      if (lane) Object.assign(lane, { held: true, heldUntil: until })
      else lanes.set(key, { queue: [], busy: false, since: 0, held: true, heldUntil: until })
      return until
    },
    sendNow(outgoing) {
      const key = laneKey(outgoing.channel, outgoing.chat)
      const lane = lanes.get(key)
      if (!lane) {
        const fresh: Lane = { queue: [], busy: false, since: 0, held: false, heldUntil: 0 }
        lanes.set(key, fresh)
        start(key, fresh, outgoing)
      } else if (lane.held) {
        underWay += 1
        void putBack(outgoing, lane.heldUntil).then(ended)
      } else lane.queue.push(outgoing)
    },
    hold(key, until) {
      lanes.set(key, { queue: [], busy: false, since: 0, held: true, heldUntil: until ?? 0 })
    },
    release(key, at) {
      const lane = lanes.get(key)
      if (lane?.held && lane.heldUntil <= at) lanes.delete(key)
    },
    isBusy(key, at) {
      const lane = lanes.get(key)
      return lane !== undefined && lane.busy && at < lane.since + LEASE_MS
    },
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
  }
}
