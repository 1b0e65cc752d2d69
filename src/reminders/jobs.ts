/** What the clock runs of this room: the digests, then the tick. The shape is that of the schedule's jobs. */
import { insertOnce } from '../base/change.ts'
import { MINUTE, type Instant } from '../base/time.ts'
import { cronOf, latestFire } from './digest-fires.ts'
import { runDigest } from './digest.ts'
import type { ReminderParts } from './parts.ts'
import type { Digest } from './policy.ts'
import { runTick } from './tick.ts'
import { isAllowed } from './times.ts'

export interface ReminderJob {
  readonly name: string
  readonly cron: string
  next?(after: Instant): Promise<Instant | null>
  run(at: Instant): Promise<void>
}

/** Later than this a fire was missed: the clock's own look finds it then. */
const MISSED_AFTER_MS = 5 * MINUTE

export function reminderJobs(parts: ReminderParts): readonly ReminderJob[] {
  return [
    ...parts.policy.digests.map((digest) => ({
      name: digest.id,
      cron: cronOf(digest),
      run: (at: Instant) => fireOn(parts, digest, at),
    })),
    {
      name: 'reminders',
      cron: '* * * * *',
      next: () => parts.reads.nextDueAt(),
      async run(at) {
        for (const digest of parts.policy.digests)
          await catchUp(parts, digest, at).catch((error: unknown) => parts.onError(error, digest.id))
        await runTick(parts, at)
      },
    },
  ]
}

/** Cron wakes every day; on days that a fire does not fall on nothing happens. */
async function fireOn(parts: ReminderParts, digest: Digest, at: Instant): Promise<void> {
  const fire = latestFire(digest, at, parts.place)
  if (fire !== null && at - fire < MISSED_AFTER_MS) await take(parts, digest, fire, at)
}

/** The latest fire that nobody took, because nothing ran then. Where there was none before, nothing was missed. */
async function catchUp(parts: ReminderParts, digest: Digest, at: Instant): Promise<void> {
  const [rule] = digest.items.map((item) => parts.policy.rules.get(item))
  const fire = latestFire(digest, at, parts.place)
  if (!rule || fire === null || at - fire < MISSED_AFTER_MS || at - fire > rule.staleAfterMs) return
  if (!isAllowed(rule, at, parts.place)) return
  const last = await parts.reads.lastFire(digest.id)
  if (last !== null && last < fire) await take(parts, digest, fire, at)
}

/** The groups are told first: a process that dies in between tells the rest when it is back. */
async function take(parts: ReminderParts, digest: Digest, fire: Instant, at: Instant): Promise<void> {
  await runDigest(parts, digest, fire, at)
  await parts.writer.commit([insertOnce('CronFire', { id: `${digest.id} ${fire}`, at: fire })])
}
