/** The table of what the clock does. Cron only wakes: what is due always comes from rows. */
import { CronExpressionParser } from 'cron-parser'
import cron from 'node-cron'
import { instant, type Clock, type Instant } from './base/time.ts'

export interface Job {
  readonly name: string
  /** Five fields, in the zone of the installation. */
  readonly cron: string
  /** When it has something to do next, for jobs whose due times are rows: lets a moved clock jump there. May be in the past. */
  next?(after: Instant): Promise<Instant | null>
  run(at: Instant): Promise<void>
}

/** The first fire strictly after `after`. */
export function nextFire(expression: string, after: Instant, zone: string): Instant {
  return instant(
    CronExpressionParser.parse(expression, { currentDate: new Date(after), tz: zone })
      .next()
      .getTime(),
  )
}

export interface Schedule {
  stop(): Promise<void>
}

/** Runs the jobs in real time. A job that is still running when its next fire comes skips that fire. */
export function startSchedule(
  jobs: readonly Job[],
  options: { zone: string; clock: Clock; onError: (job: string, error: unknown) => void },
): Schedule {
  const running = new Map<string, Promise<void>>()
  const tasks = jobs.map((job) =>
    cron.schedule(
      job.cron,
      () => {
        if (running.has(job.name)) return
        const at = instant(Math.floor(options.clock.now() / 60_000) * 60_000)
        const run = job
          .run(job.next ? options.clock.now() : at)
          .catch((error: unknown) => options.onError(job.name, error))
          .finally(() => running.delete(job.name))
        running.set(job.name, run)
      },
      { timezone: options.zone, name: job.name },
    ),
  )
  return {
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()))
      await Promise.all(running.values())
    },
  }
}
