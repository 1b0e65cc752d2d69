/** What reminders read. Subjects come from the ports of `domain/`; writes are `Change` values. */
import type { Instant } from '../base/time.ts'

export interface WatchRecord {
  readonly id: string
  readonly rule: string
  readonly subjectKind: 'visit' | 'case' | 'task'
  readonly subjectId: string
  readonly territoryId: string
  /** Rungs already sent. */
  readonly rung: number
  /** How often the last rung was repeated. */
  readonly repeats: number
  /** When the tick should look; null once closed or when nothing is left to send. */
  readonly nextDueAt: Instant | null
  /** On the tick's own clock; null until it looked for the first time. */
  readonly firstSeenAt: Instant | null
  readonly lastSentAt: Instant | null
  readonly closedAt: Instant | null
  readonly revision: number
}

export interface ReminderReads {
  /**
   * Open watches with `nextDueAt` at that moment or earlier, by (nextDueAt, id), at most `limit` (500), from the one
   * after `after`. Costs by what is due, not by what is open.
   */
  dueWatches(
    at: Instant,
    after: { readonly nextDueAt: Instant; readonly id: string } | null,
    limit: number,
  ): Promise<readonly WatchRecord[]>
  /** The earliest `nextDueAt` of open watches. */
  nextDueAt(): Promise<Instant | null>
  /** Open watches of these subjects (at most 500). */
  watchesOf(subjectIds: readonly string[]): Promise<readonly WatchRecord[]>
  /** Open watches of these rules in these territories (any number of them: a county has some hundreds), by id. */
  openWatches(rules: readonly string[], territoryIds: readonly string[]): Promise<readonly WatchRecord[]>
  /** Which of these reminders (at most 500 ids) exist already. */
  remindersPlanned(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** The latest fire of that job that was taken (`CronFire` rows, id `<job> <milliseconds of the fire>`). */
  lastFire(job: string): Promise<Instant | null>
}
