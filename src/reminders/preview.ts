/** What would be sent on a day: the clock itself is run ahead on a storage that keeps nothing, and what it writes is collected. */
import { addDays, instant, instantOf, type Instant, type PlainDate } from '../base/time.ts'
import type { Outgoing } from '../messaging/channel.ts'
import type { Recheck } from '../messaging/outbox/recheck.ts'
import type { ReminderJob } from './jobs.ts'

export interface WaitingMessage {
  readonly id: string
  readonly dueAt: Instant
  readonly outgoing: Outgoing
}

export interface PreviewParts {
  readonly jobs: readonly ReminderJob[]
  readonly recheck: Recheck
  readonly zone: string
  /** Reminders that wait to be sent and are due by then, by (dueAt, id). */
  due(at: Instant): Promise<readonly WaitingMessage[]>
  /** The earliest of them. */
  nextDue(): Promise<Instant | null>
  /** It has left, or was withdrawn; `changes` of the verdict happen with it. */
  settle(id: string, verdict: Awaited<ReturnType<Recheck>>, at: Instant): Promise<void>
  /** Strictly after. */
  nextFire(cron: string, after: Instant): Instant
}

export interface PreviewedMessage {
  readonly at: Instant
  readonly outgoing: Outgoing
}

/** Work that stays due at one instant although it was done there this often is a fault, not a reason to hang. */
const MOST_ROUNDS_AT_ONE_INSTANT = 100

/** @param from where the clock stands now */
export async function previewDay(
  parts: PreviewParts,
  from: Instant,
  on: PlainDate,
): Promise<readonly PreviewedMessage[]> {
  const begin = instantOf(on, '00:00', parts.zone)
  const end = instantOf(addDays(on, 1), '00:00', parts.zone)
  const found: PreviewedMessage[] = []
  let now = from
  let rounds = 0
  for (;;) {
    const fires = await Promise.all(
      parts.jobs.map((job) => (job.next ? job.next(now) : Promise.resolve(parts.nextFire(job.cron, now)))),
    )
    const known = [...fires, await parts.nextDue()].filter((at) => at !== null)
    const next = instant(Math.max(now, Math.min(...known)))
    if (next >= end) return found
    rounds = next > now ? 0 : rounds + 1
    if (rounds > MOST_ROUNDS_AT_ONE_INSTANT) return found
    now = next
    for (const [place, job] of parts.jobs.entries()) {
      const fire = fires[place]
      if (fire !== null && fire !== undefined && fire <= now) await job.run(now)
    }
    for (const { id, outgoing } of await parts.due(now)) {
      const verdict = await parts.recheck(outgoing, now)
      await parts.settle(id, verdict, now)
      if (verdict.kind === 'withdrawn' || verdict.kind === 'later' || now < begin) continue
      found.push({ at: now, outgoing: verdict.kind === 'rewritten' ? verdict.outgoing : outgoing })
    }
  }
}
