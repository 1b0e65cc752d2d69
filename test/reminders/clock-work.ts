/** The county with its real outbox: a clock that is moved sends what is due, as `bangfu pipe` does. */
import type { Writer } from '../../src/base/change.ts'
import { seededRandom } from '../../src/base/random.ts'
import { instant, MINUTE, type Instant } from '../../src/base/time.ts'
import type { Channel, ChannelName, Outgoing, SendOutcome } from '../../src/messaging/channel.ts'
import { createOutbox } from '../../src/messaging/outbox/outbox.ts'
import { reminderJobs } from '../../src/reminders/jobs.ts'
import { recheckWith } from '../../src/reminders/recheck.ts'
import { nextDaily, type County } from './county.ts'

const LOOK_AGAIN_MS = 30 * MINUTE

export interface Delivered {
  readonly at: Instant
  readonly outgoing: Outgoing
}

export interface ClockWork {
  readonly delivered: readonly Delivered[]
  /** Runs everything that falls due on the way. */
  advance(to: Instant): Promise<void>
  /** Sends what is due now. */
  drain(): Promise<void>
  recover(): Promise<void>
  /** The look that the clock takes every minute, due or not. */
  look(): Promise<void>
  sentAgain(): number
  /** Sends in real time, until what is given back is called. */
  run(): () => Promise<void>
  wake(): void
}

interface Options {
  /** Of the outbox and the clock; default the county's own. */
  readonly writer?: Writer
  readonly token?: string
  readonly send?: (outgoing: Outgoing) => Promise<SendOutcome>
  readonly delivered?: Delivered[]
  readonly sendTimeoutMs?: number
  readonly channels?: readonly ChannelName[]
}

export function clockWork(made: County, options: Options = {}): ClockWork {
  const writer = options.writer ?? made.writer
  const parts = { ...made.parts, writer }
  const delivered = options.delivered ?? []
  const channelOf = (name: ChannelName): Channel => ({
    name,
    abilities: {
      buttons: false,
      markup: 'none',
      textLimit: { max: 100_000, unit: 'utf16' },
      groups: true,
      receives: true,
      replyWindowHours: null,
    },
    start: () => Promise.resolve(),
    async send(outgoing) {
      const outcome = await (options.send?.(outgoing) ?? Promise.resolve({ kind: 'sent', platformId: null } as const))
      if (outcome.kind === 'sent') delivered.push({ at: made.now(), outgoing })
      return outcome
    },
    stop: () => Promise.resolve(),
  })
  const names = options.channels ?? ['pipe']
  const outbox = createOutbox({
    writer,
    reads: made.reads.messaging,
    channels: new Map(names.map((name) => [name, channelOf(name)])),
    clock: made.clock,
    random: seededRandom(5),
    token: options.token ?? 'one',
    alone: true,
    pacing: {},
    recheck: recheckWith(parts),
    concurrency: 1,
    sendTimeoutMs: options.sendTimeoutMs ?? 1000,
    tellOperator: (channel, reason) => made.errors.push(new Error(`${channel} ${reason}`)),
    logError: (error) => made.errors.push(error),
  })
  const jobs = reminderJobs(parts)
  return {
    delivered,
    drain: () => outbox.drain(made.now()),
    recover: () => outbox.recover(made.now()),
    async look() {
      await jobs.find((job) => job.name === 'reminders')?.run(made.now())
      await outbox.drain(made.now())
    },
    run() {
      outbox.run()
      return () => outbox.stop()
    },
    wake: () => outbox.wake(),
    sentAgain: () => outbox.sentAgain(),
    async advance(to) {
      for (let rounds = 0; rounds < 1_000_000; rounds += 1) {
        const now = made.now()
        const fires = await Promise.all(jobs.map(async (job) => (job.next ? job.next(now) : nextDaily(job.cron, now))))
        const due = await outbox.nextDue()
        // Behind a message that a channel refused: looked at again after a while.
        const again = due !== null && due <= now ? instant(now + LOOK_AGAIN_MS) : due
        const all = [...fires, again].filter((at) => at !== null)
        const next = instant(Math.max(now, Math.min(...all)))
        if (next > to) break
        made.moveTo(next)
        for (const [place, job] of jobs.entries()) {
          const fire = fires[place]
          if (fire !== null && fire !== undefined && fire <= next) await job.run(next)
        }
        await outbox.drain(next)
      }
      made.moveTo(to)
      await outbox.drain(to)
    },
  }
}
