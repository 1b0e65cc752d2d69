/**
 * Outbox: every message we owe somebody, until a channel says that it left.
 * Rows are written in the same transaction as the state that caused them. A reply leaves right after its commit; all else,
 * and what could not leave, is sent by the worker here, chat by chat in order.
 * Not here: choosing words (text/), deciding whether to write (conversation, reminders/), talking to a network (channels/).
 */
import type { Writer } from '../../base/change.ts'
import type { Random } from '../../base/random.ts'
import { instant, SECOND } from '../../base/time.ts'
import type { Clock, Instant } from '../../base/time.ts'
import { CHANNEL_NAMES } from '../channel.ts'
import type { Channel, ChannelName } from '../channel.ts'
import type { OutboxReads } from '../ports.ts'
import { replyLanes } from './lanes.ts'
import type { Lanes } from './lanes.ts'
import { afterSend as afterEach } from './after-send.ts'
import { laneWorker } from './lane-worker.ts'
import { lateMarks } from './marks.ts'
import type { TellOperator } from './operator-notes.ts'
import { outages as channelOutages } from './outage.ts'
import { pacer as makePacer } from './pacing.ts'
import type { Pacing } from './pacing.ts'
import type { Recheck } from './recheck.ts'
import { byChannel, inPool, type Round } from './round.ts'
import { laneKey, takeOver } from './row.ts'
import { waitingMessages } from './waiting.ts'

/** Chats taken up by one read. */
const CHATS = 100
/** Looks at one chat in a drain when what was decided from keeps changing. */
const TRIES = 3
/** Longest sleep of the running worker: rows that another process wrote are found by then. */
const LONGEST_SLEEP = 15 * SECOND

export interface OutboxOptions {
  readonly writer: Writer
  readonly reads: OutboxReads
  readonly channels: ReadonlyMap<ChannelName, Channel>
  readonly clock: Clock
  /** For jitter. */
  readonly random: Random
  /** Names this process in leases. */
  readonly token: string
  /** No other process runs on this database: leases of others are left over from a crash. */
  readonly alone: boolean
  readonly pacing: Pacing
  readonly recheck: Recheck
  /** Chats of one channel sent to at the same time; 1 keeps everything in one order. */
  readonly concurrency: number
  readonly sendTimeoutMs: number
  /** A channel needs somebody to mend it: told once an hour for each. */
  readonly tellOperator: TellOperator
  readonly logError: (error: unknown) => void
}

export interface Outbox {
  readonly lanes: Lanes
  readonly token: string
  /** Rows that were sent a second time since the start, because the first time had no known end. */
  sentAgain(): number
  /** Takes over what a process that died left behind. Once, before the first message. */
  recover(at: Instant): Promise<void>
  /** Sends what is due at that moment until nothing more can be, replies under way included. */
  drain(at: Instant): Promise<void>
  nextDue(): Promise<Instant | null>
  /** The person wrote: whether something may have waited for that. Cheap. */
  hasWaiting(channel: ChannelName, chat: string): boolean
  /** What waited goes out before whatever is said to them next. */
  release(channel: ChannelName, chat: string): Promise<void>
  /** Marks of what was sent share the flush of the changeset that is committed next. */
  joinMarks(): void
  /** There may be something to send. */
  wake(): void
  /** Works in real time until stopped. */
  run(): void
  stop(): Promise<void>
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { writer, reads, clock, token, alone, concurrency, logError } = options
  const pacer = makePacer(options.pacing)
  const marks = lateMarks(writer, logError)
  const outages = channelOutages()
  const waiting = waitingMessages(writer, reads)
  const afterSend = afterEach(outages, waiting, options.tellOperator)
  const lanes = replyLanes({ ...options, marks, pacer, outages, afterSend, wake: () => wake() })
  let again = 0
  const work = laneWorker({ ...options, pacer, afterSend, onAgain: () => (again += 1) })
  let sleeping: (() => void) | null = null
  let woken = false
  let loop: Promise<void> | null = null
  let stopping = false

  const wake = () => {
    woken = true
    sleeping?.()
  }

  const serve = async (channel: ChannelName, chat: string, at: Instant, round: Round): Promise<void> => {
    const key = laneKey(channel, chat)
    if (lanes.isBusy(key, at)) {
      round.passed.add(key)
      return
    }
    const entry = outages.enter(channel, at)
    if (typeof entry === 'number') {
      round.passed.add(key)
      round.except.add(channel)
      round.wait = Math.min(round.wait, entry)
      return
    }
    lanes.hold(key, null)
    try {
      const end = await work(channel, chat, at)
      if (end.kind === 'held') return lanes.hold(key, end.until)
      lanes.release(key, at)
      if (end.kind === 'empty') return
      const tries = (round.tries.get(key) ?? 0) + 1
      round.tries.set(key, tries)
      if (end.kind !== 'conflict' || tries >= TRIES) round.passed.add(key)
      if (end.kind === 'paced') {
        round.wait = Math.min(round.wait, end.wait)
        if (end.all) round.except.add(channel)
      }
    } catch (error) {
      lanes.release(key, at)
      round.passed.add(key)
      logError(error)
    } finally {
      if (entry === 'probe') outages.leave(channel)
    }
  }

  const look = async (at: Instant, except: readonly ChannelName[] = []): Promise<Round> => {
    const round: Round = { passed: new Set(), tries: new Map(), except: new Set(except), wait: Infinity }
    for (;;) {
      const found = await reads.dueChats(at, CHATS + round.passed.size, [...round.except])
      const chats = found.filter(({ channel, chat }) => !round.passed.has(laneKey(channel, chat)))
      if (chats.length === 0) return round
      await Promise.all(
        byChannel(chats).map((own) =>
          inPool(own, concurrency, ({ channel, chat }) =>
            round.except.has(channel) ? Promise.resolve() : serve(channel, chat, at, round),
          ),
        ),
      )
    }
  }

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      sleeping = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  /** Each channel is served by itself, so that one that is slow to answer holds none of the others. */
  const busy = new Map<ChannelName, Promise<void>>()
  const resting = new Map<ChannelName, Instant>()

  const begin = (channel: ChannelName, at: Instant): void => {
    const others = CHANNEL_NAMES.filter((name) => name !== channel)
    const run = look(at, others)
      .then(({ passed, wait }) => {
        const now = clock.now()
        const back = outages.until(channel, now)
        return back !== null ? back - now : Math.min(wait, passed.size > 0 ? SECOND : Infinity)
      })
      .catch((error: unknown) => {
        logError(error)
        return SECOND
      })
      .then((rest) => {
        busy.delete(channel)
        if (rest < Infinity) resting.set(channel, instant(clock.now() + rest))
        wake()
      })
    busy.set(channel, run)
  }

  /** @returns for how long there is nothing to begin */
  const beginDue = async (): Promise<number> => {
    for (;;) {
      const at = clock.now()
      for (const [channel, until] of resting) if (until <= at) resting.delete(channel)
      const due = await reads.dueChats(at, CHATS, [...busy.keys(), ...resting.keys()])
      if (due.length === 0) break
      for (const channel of new Set(due.map((chat) => chat.channel))) begin(channel, at)
    }
    const now = clock.now()
    const next = await reads.nextDue()
    const ahead = next === null ? LONGEST_SLEEP : next <= now ? SECOND : next - now
    return Math.max(0, Math.min(LONGEST_SLEEP, ahead, ...[...resting.values()].map((until) => until - now)))
  }

  const forever = async () => {
    while (!stopping) {
      woken = false
      const pause = await beginDue().catch((error: unknown) => {
        logError(error)
        return SECOND
      })
      if (!woken && !stopping) await sleep(pause)
      sleeping = null
    }
    await Promise.all(busy.values())
  }

  return {
    lanes,
    token,
    sentAgain: () => again,
    async recover(at) {
      if (alone) {
        for (;;) {
          const rows = await reads.leasedElsewhere(token, CHATS)
          if (rows.length === 0) break
          await writer.commit(rows.map((row) => takeOver(row.id, token, at)))
        }
      }
      for (const { channel, chat } of await reads.unsettledChats()) lanes.hold(laneKey(channel, chat), null)
      await waiting.load()
    },
    async drain(at) {
      for (;;) {
        await lanes.idle()
        await marks.flush()
        const round = await look(at)
        if (round.passed.size === 0) break
        const stuck = [...round.passed].every((key) => !lanes.isBusy(key, at))
        if (stuck) break
      }
      await marks.flush()
    },
    nextDue: () => reads.nextDue(),
    hasWaiting: waiting.has,
    async release(channel, chat) {
      const at = clock.now()
      const key = laneKey(channel, chat)
      if (!(await waiting.release(channel, chat, at))) return
      if (!lanes.isBusy(key, at)) lanes.hold(key, at)
      wake()
    },
    joinMarks: marks.join,
    wake,
    run() {
      stopping = false
      loop ??= forever()
    },
    async stop() {
      stopping = true
      wake()
      await loop
      loop = null
      await lanes.idle()
      await marks.flush()
    },
  }
}
