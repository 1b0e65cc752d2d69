/**
 * Moves a clock through everything that falls due on the way: from one due instant to the next, at each the cron jobs in
 * table order, then the conversations' timers, then the outbox until it is quiet.
 */
import { instant, type Instant } from '../../base/time.ts'
import { nextFire, type Job } from '../../schedule.ts'
import type { MovedClock } from './clock.ts'

export interface Timeline {
  readonly clock: MovedClock
  readonly zone: string
  readonly jobs: readonly Job[]
  nextTimer(): Promise<Instant | null>
  runDueTimers(at: Instant): Promise<void>
  nextSend(): Promise<Instant | null>
  drain(at: Instant): Promise<void>
}

/** Work that stays due at one instant although it was done there this often is a fault, not a reason to hang. */
const MAX_ROUNDS_AT_ONE_INSTANT = 1000

export async function advance(line: Timeline, to: Instant): Promise<void> {
  let rounds = 0
  for (;;) {
    const now = line.clock.now()
    const due = await dueNext(line, now)
    if (due.at > to) break
    rounds = due.at <= now ? rounds + 1 : 0
    if (rounds > MAX_ROUNDS_AT_ONE_INSTANT) break
    line.clock.moveTo(due.at)
    const at = line.clock.now()
    for (const job of line.jobs) if (due.jobs.has(job.name)) await job.run(at)
    await line.runDueTimers(at)
    await line.drain(at)
  }
  line.clock.moveTo(to)
  await line.drain(to)
}

/** The next instant at which something is due, and the jobs that fall on it (all that are overdue, or all that fall on the same). */
async function dueNext(line: Timeline, now: Instant): Promise<{ at: Instant; jobs: ReadonlySet<string> }> {
  const fires = await Promise.all(
    line.jobs.map(async (job) => ({
      name: job.name,
      at: job.next ? await job.next(now) : nextFire(job.cron, now, line.zone),
    })),
  )
  const others = await Promise.all([line.nextTimer(), line.nextSend()])
  const all = [...fires.map((fire) => fire.at), ...others].filter((at) => at !== null)
  const at = instant(Math.max(now, Math.min(...all)))
  return { at, jobs: new Set(fires.filter((fire) => fire.at !== null && fire.at <= at).map((fire) => fire.name)) }
}
