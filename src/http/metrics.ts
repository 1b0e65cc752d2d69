/** What Prometheus reads at `/metrics`: the process, and how the messages are doing. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { SECOND, type Clock, type Instant } from '../base/time.ts'

export interface Measured {
  readonly clock: Clock
  /** Messages that are due and have not left. */
  outboxDue(at: Instant): Promise<number>
  oldestDue(): Promise<Instant | null>
  /** Messages that nobody tries to send any more. */
  deadLetters(): Promise<number>
  /** Messages that leave once the person writes again. */
  waiting(): Promise<number>
  /** Messages sent a second time since the start, because the first time had no known end. */
  resent(): number
  /** Conversations in memory. */
  live(): number
  /** Messages that came in and could not be handled (yet). */
  inboxFailed(): Promise<number>
  lastTick(): Instant | null
  /** Messages left without an answer since the start, by why (flood, insult, advert). */
  unanswered?(): Readonly<Record<string, number>>
}

/** Counts that go through a whole table are taken at most this often. */
const COUNTED_FOR = 60 * SECOND

/** @returns how to write the metrics; each call makes a registry of its own */
export function metricsOf(measured: Measured): () => Promise<string> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    new Gauge({
      name: `bangfu_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await value())
      },
    })
  const { clock } = measured
  const seconds = (at: Instant | null) => (at === null ? 0 : at / SECOND)

  gauge('outbox_due', 'Messages that are due and have not left', () => measured.outboxDue(clock.now()))
  gauge('outbox_oldest_due_seconds', 'For how long the oldest of them has been due', async () => {
    const oldest = await measured.oldestDue()
    return oldest === null ? 0 : Math.max(0, (clock.now() - oldest) / SECOND)
  })
  gauge(
    'outbox_dead_letters',
    'Messages that nobody tries to send any more',
    counted(clock, () => measured.deadLetters()),
  )
  gauge(
    'outbox_waiting',
    'Messages that leave once the person writes again',
    counted(clock, () => measured.waiting()),
  )
  gauge('outbox_resent', 'Messages sent a second time since the start: the first time had no known end', () =>
    measured.resent(),
  )
  gauge('conversations_live', 'Conversations in memory', () => measured.live())
  gauge(
    'inbox_failed',
    'Messages that came in and could not be handled',
    counted(clock, () => measured.inboxFailed()),
  )
  gauge('last_tick_timestamp_seconds', 'When the clock last looked at the conversations, 0 = not yet', () =>
    seconds(measured.lastTick()),
  )
  new Gauge({
    name: 'bangfu_messages_unanswered',
    help: 'Messages left without an answer since the start: too many at once, insults, advertising',
    labelNames: ['why'],
    registers: [registry],
    collect() {
      for (const [why, count] of Object.entries(measured.unanswered?.() ?? {})) this.set({ why }, count)
    },
  })
  return () => registry.metrics()
}

function counted(clock: Clock, count: () => Promise<number>): () => Promise<number> {
  let known: { readonly at: Instant; readonly value: Promise<number> } | null = null
  return () => {
    const at = clock.now()
    if (known === null || at - known.at >= COUNTED_FOR || at < known.at) {
      const value = count()
      known = { at, value }
      value.catch(() => (known = null))
    }
    return known.value
  }
}
