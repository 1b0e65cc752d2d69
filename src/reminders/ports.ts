/** What reminders read. Subjects come from the ports of `domain/`; writes are `Change` values. */
import type { Instant, PlainDate } from '../base/time.ts'
import type { MonthFigures } from '../domain/month/figures.ts'

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

/** A reminder that was planned. */
export interface PlannedReminder {
  /** rule|rung|subject|occurrence|recipient */
  readonly id: string
  readonly rule: string
  /** 1-based; 0 = a digest. */
  readonly rung: number
  readonly number: string
  readonly subjectId: string
  /** Staff id, `group:<id>`, `nobody`, or a mark such as `listed`. */
  readonly recipient: string
  /** Null where nothing was written to anybody. */
  readonly outboxId: string | null
  readonly plannedAt: Instant
}

/** What became of a message. */
export interface ReminderMessage {
  readonly id: string
  readonly channel: string
  readonly chat: string
  /** pending | sending | sent | unsendable | dead | unknown | withdrawn */
  readonly state: string
  /** Why it was withdrawn, or could not leave. */
  readonly error: string | null
  readonly dueAt: Instant | null
  readonly sentAt: Instant | null
  readonly createdAt: Instant
  readonly payload: string
}

/** What was reminded of before; by its identity a reminder exists once. */
export interface ReminderHistory {
  /** Watches of these subjects (at most 500), closed ones too, by id. */
  allWatchesOf(subjectIds: readonly string[]): Promise<readonly WatchRecord[]>
  /** Reminders that went into this message, by id. */
  remindersIn(outboxId: string): Promise<readonly PlannedReminder[]>
  /** Of this subject, by (plannedAt, id), the latest 500. */
  remindersOf(numbers: readonly string[], subjectId: string): Promise<readonly PlannedReminder[]>
  /** Digests of that name to that group, from that day on, by id, at most 400. */
  digestsTo(digest: string, groupId: string, from: PlainDate): Promise<readonly PlannedReminder[]>
  /** At most 500 ids. */
  messages(outboxIds: readonly string[]): Promise<readonly ReminderMessage[]>
}

export interface ReminderReads extends ReminderHistory {
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

/** A file that is stored and goes with a message. */
export interface Attachment {
  /** sha256 of the bytes, hex. */
  readonly id: string
  readonly name: string
  readonly type: string
}

/** Files that digests carry; reports/ writes them. */
export interface Attachments {
  /** The figures of a month of a place, safe for any group. */
  month(
    territory: { readonly id: string; readonly name: string },
    figures: MonthFigures,
    at: Instant,
  ): Promise<Attachment | null>
}
