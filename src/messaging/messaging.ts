/**
 * Messaging: the road of a message. What comes in is handled once (inbox), talks with a flow (conversation), and what is owed
 * goes out in order (outbox).
 * Not here: understanding answers (flow/), what a report becomes (handlers), when to remind (reminders/), platforms (channels/).
 */
import type { Writer } from '../base/change.ts'
import type { IdSource } from '../base/ids.ts'
import type { Random } from '../base/random.ts'
import { instant, MINUTE } from '../base/time.ts'
import type { Clock, Instant } from '../base/time.ts'
import type { WordForms } from '../flow/words.ts'
import type { Text } from '../text/text.ts'
import { CHANNEL_NAMES } from './channel.ts'
import type { BindReads } from './bind/ports.ts'
import type { Channel, ChannelName, Outgoing, Received } from './channel.ts'
import { chatQueue } from './chat-queue.ts'
import type { Engine, FlowCatalogue } from './engine.ts'
import { keepFailed, retryAt, retryFailed } from './failures.ts'
import type { HandOffDesk } from './hand-off/desk.ts'
import { closeSilent } from './hand-off/silence.ts'
import { houseWords } from './house-words.ts'
import { intentOf } from './intent.ts'
import { manners, type Dropped } from './manners.ts'
import { DEFAULT_MANNERS, type MannersPolicy } from './manners-policy.ts'
import { claimNew, handle, placeOf } from './inbox.ts'
import { liveChats } from './live-chats.ts'
import { secretDigits, type DigitSource } from './move/digits.ts'
import { createOutbox } from './outbox/outbox.ts'
import { outgoingOf } from './outbox/payload.ts'
import { callUnreached, type CallInstead } from './outbox/unreached.ts'
import type { Pacing } from './outbox/pacing.ts'
import { keepAll } from './outbox/recheck.ts'
import type { Recheck } from './outbox/recheck.ts'
import type { FaultLog, Finder, Handlers, Parts } from './parts.ts'
import type { MessagingReads } from './ports.ts'
import { DEFAULT_PEOPLE, type PeoplePolicy } from './speaker/policy.ts'
import { staffLines } from './staff-lines.ts'
import type { StandInOf } from './stand-in.ts'
import { wakeConversations } from './timers.ts'
import type { Quiet } from './timers.ts'
import { welcome } from './welcome.ts'

export interface MessagingOptions {
  readonly writer: Writer
  readonly reads: MessagingReads
  readonly engine: Engine
  readonly flows: FlowCatalogue
  readonly text: Text
  /** Global words of every language. */
  readonly forms: WordForms
  readonly channels: ReadonlyMap<ChannelName, Channel>
  readonly handlers: Handlers
  readonly find: Finder
  readonly clock: Clock
  readonly ids: IdSource
  readonly zone: string
  readonly fault: FaultLog
  /** For jitter of retries; constant 0 = none. */
  readonly random: Random
  /** Mixed into each conversation's seed. Default 1. */
  readonly seed?: number
  /** No other process runs on this database. Default true. */
  readonly alone?: boolean
  /** Where staff with several accounts are written to, best first. Default: the order of CHANNEL_NAMES from the end. */
  readonly preferred?: readonly ChannelName[]
  /** How much talk that leads nowhere is answered. Default: the values that ship. */
  readonly manners?: MannersPolicy
  /** Default none. */
  readonly pacing?: Pacing
  /** Default: every reminder is kept. */
  readonly recheck?: Recheck
  /** Who calls whom no message reaches. Default: nobody. */
  readonly callInstead?: CallInstead
  /** Default: nobody minds. */
  readonly quiet?: Quiet
  /** Default: what ships. */
  readonly people?: PeoplePolicy
  /** Default: nobody is ever away. */
  readonly standIn?: StandInOf
  /** Default: accounts of staff are not bound in chats. */
  readonly binding?: BindReads
  /** Default: only the phone is told to whoever asks for a person. */
  readonly handOff?: HandOffDesk
  /** Default: from the machine's source of secrets. */
  readonly digits?: DigitSource
  /** Chats of one channel sent to at a time. Default 8; 1 keeps one order over all chats. */
  readonly concurrency?: number
  /** Milliseconds. Default 30,000; less than a lease. */
  readonly sendTimeoutMs?: number
  /** Chats kept in memory. Default 2,000. */
  readonly liveChats?: number
  /** Milliseconds without a message after which a chat leaves memory. Default ten minutes. */
  readonly idleMs?: number
}

export interface TranscriptLine {
  readonly id: string
  readonly state: string
  readonly outgoing: Outgoing
}

export interface Messaging {
  /** Resolves once the message is durable (or was before, or is none of our business). @throws when it could not be stored */
  receive(received: Received): Promise<void>
  /** Takes over what a dead process left. Once, before the first message. */
  recover(): Promise<void>
  /** Nudges, expiries, and messages that failed and are due again. */
  runDueTimers(at: Instant): Promise<void>
  nextTimer(): Promise<Instant | null>
  /** Sends what is due at that moment until it is quiet. */
  drain(at: Instant): Promise<void>
  nextDue(): Promise<Instant | null>
  /** Rows were written to the outbox by somebody else in this process. */
  wake(): void
  /** Sends in real time until `stop`. */
  run(): void
  stop(): Promise<void>
  /** What a chat has heard, in order, after the message `afterId` ("" = from the start). */
  transcript(channel: ChannelName, chat: string, afterId: string, limit: number): Promise<readonly TranscriptLine[]>
  /** The first message of a village's page, before anybody has said anything. */
  welcome(village: { readonly name: string }, language: string): Outgoing
  /** An account was bound, or a profile changed, outside of a chat. */
  forgetAccount(identityId: string): void
  stats(): {
    readonly liveChats: number
    readonly sentAgain: number
    /** Messages left without an answer since the start. */
    readonly dropped: Readonly<Record<Dropped, number>>
  }
}

/** After a message read fresh, an account is taken as read for that long. */
const FRESH_MS = 10 * MINUTE

/** Messages between two looks for idle chats. */
const SWEEP_EVERY = 1024

export function createMessaging(options: MessagingOptions): Messaging {
  const { writer, reads, clock, ids, fault } = options
  const idleMs = options.idleMs ?? FRESH_MS
  const outbox = createOutbox({
    writer,
    reads,
    channels: options.channels,
    clock,
    random: options.random,
    token: ids.next(),
    alone: options.alone ?? true,
    pacing: options.pacing ?? {},
    recheck: options.recheck ?? keepAll,
    concurrency: options.concurrency ?? 8,
    sendTimeoutMs: options.sendTimeoutMs ?? 30_000,
    tellOperator: (channel, reason) => fault('CHANNEL_NEEDS_OPERATOR', { channel, reason }),
    logError: (error) => fault('OUTBOX_FAILED', {}, error),
  })
  const parts: Parts = {
    writer,
    reads,
    engine: options.engine,
    flows: options.flows,
    text: options.text,
    forms: options.forms,
    houseWords: houseWords(options.text),
    staffLines: staffLines(options.text),
    intent: intentOf(options.text),
    manners: manners(options.manners ?? DEFAULT_MANNERS),
    channels: options.channels,
    handlers: options.handlers,
    find: options.find,
    clock,
    ids,
    zone: options.zone,
    seed: options.seed ?? 1,
    preferred: options.preferred ?? [...CHANNEL_NAMES].reverse(),
    people: options.people ?? DEFAULT_PEOPLE,
    digits: options.digits ?? secretDigits,
    ...(options.binding && { binding: options.binding }),
    ...(options.handOff && { handOff: options.handOff }),
    ...(options.standIn && { standIn: options.standIn }),
    outbox,
    fault,
  }
  const live = liveChats(options.liveChats ?? 2000, FRESH_MS)
  const queue = chatQueue()
  const quiet = options.quiet ?? ((at: Instant) => at)
  const callInstead = options.callInstead ?? (() => Promise.resolve(null))
  let untilSweep = SWEEP_EVERY

  const takeIn = async (received: Received): Promise<void> => {
    try {
      if (outbox.hasWaiting(received.channel, received.chat)) await outbox.release(received.channel, received.chat)
      await handle(parts, live, received, claimNew(received))
    } catch (error) {
      await keepFailed(parts, received, error)
    }
  }

  const sweep = (at: Instant) => {
    untilSweep = SWEEP_EVERY
    live.dropIdle(instant(at - idleMs))
  }

  return {
    receive(received) {
      if (--untilSweep <= 0) sweep(clock.now())
      return queue.run(placeOf(received).key, () => takeIn(received))
    },
    recover: () => outbox.recover(clock.now()),
    async runDueTimers(at) {
      sweep(at)
      await retryFailed(parts, live, at, queue.run)
      await wakeConversations(parts, live, quiet, at, queue.run)
      await closeSilent(parts, quiet, at)
      await callUnreached(parts, callInstead, at)
    },
    async nextTimer() {
      const wake = await reads.nextWake()
      const failed = (await reads.failedInbox(50)).map(retryAt)
      const silent = (await options.handOff?.reads.nextHandOff()) ?? null
      const all = [...failed, ...[wake, silent].filter((each) => each !== null)]
      return all.length === 0 ? null : instant(Math.min(...all))
    },
    drain: (at) => outbox.drain(at),
    nextDue: () => outbox.nextDue(),
    wake: () => outbox.wake(),
    run: () => outbox.run(),
    stop: () => outbox.stop(),
    transcript: async (channel, chat, afterId, limit) => {
      const rows = await reads.transcript(channel, chat, afterId, limit)
      return rows.map((row) => ({ id: row.id, state: row.state, outgoing: outgoingOf(row) }))
    },
    welcome: (village, language) => welcome(parts, village, language),
    forgetAccount: (identityId) => live.dropAccount(identityId),
    stats: () => ({ liveChats: live.size, sentAgain: outbox.sentAgain(), dropped: { ...parts.manners.dropped } }),
  }
}
