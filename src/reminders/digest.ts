/** What a group is told at once: every open matter of its rules, until it is settled. Public groups are told nothing. */
import { insertOnce, type Change } from '../base/change.ts'
import { dateAt, type Instant } from '../base/time.ts'
import { monthBefore, readMonth, type MonthFigures } from '../domain/month/figures.ts'
import type { GroupRecord, TerritoryRecord } from '../domain/registry/ports.ts'
import type { ChannelName, Outgoing } from '../messaging/channel.ts'
import { monthLines } from '../messaging/commands/month-lines.ts'
import { pendingRow } from '../messaging/outbox/row.ts'
import { numbered, openItems } from './digest-items.ts'
import { markOf } from './mark.ts'
import type { ReminderParts } from './parts.ts'
import type { Digest } from './policy.ts'
import { isForStaff } from './recipients.ts'
import { countsText, digestText, type Item } from './words.ts'

const MOST_ATTEMPTS = 5

/** @param fire the moment it was due, which may be before `now` */
export async function runDigest(parts: ReminderParts, digest: Digest, fire: Instant, now: Instant): Promise<void> {
  const groups = (await parts.registry.groupsFor(digest.purpose)).filter(isForStaff)
  const failed: unknown[] = []
  for (const group of groups) {
    try {
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
        if (await tell(parts, digest, group, fire, now)) break
      }
    } catch (error) {
      // One group that can't be told holds none of the others.
      failed.push(error)
    }
  }
  // The fire is not taken then: those that were told are known by their reminders.
  if (failed.length > 0) throw failed[0]
}

export const digestReminderId = (digest: Digest, group: GroupRecord, fire: Instant, zone: string): string =>
  `${digest.id}|0|${group.id}|${dateAt(fire, zone)}|group:${group.id}`

/** @returns false when something changed meanwhile and it must be put together anew */
async function tell(
  parts: ReminderParts,
  digest: Digest,
  group: GroupRecord,
  fire: Instant,
  now: Instant,
): Promise<boolean> {
  const id = digestReminderId(digest, group, fire, parts.place.zone)
  if ((await parts.reads.remindersPlanned([id])).has(id)) return true
  const written = await writeDigest(parts, digest, group, now)
  if (written === null) return true
  const { figures, place } = written
  const attachment = digest.attach && figures && place ? await parts.attachments?.month(place, figures, now) : undefined
  const outgoing: Outgoing = {
    id: parts.ids.next(),
    channel: group.channel as ChannelName,
    chat: group.chat,
    text: written.text,
    choices: [],
    mentions: [],
    cause: null,
    reminder: written.mark,
    matter: null,
    question: null,
    progress: null,
    ...(attachment && { attachment }),
    createdAt: now,
    again: false,
  }
  const outcome = await parts.writer.commit([
    ...written.changes,
    insertOnce('Reminder', {
      id,
      rule: digest.id,
      rung: 0,
      number: '',
      subjectId: group.id,
      recipient: `group:${group.id}`,
      outboxId: outgoing.id,
      plannedAt: now,
    }),
    pendingRow(outgoing, 'reminder', now, false),
  ])
  return outcome.kind !== 'conflict'
}

export interface WrittenDigest {
  readonly text: string
  readonly mark: NonNullable<Outgoing['reminder']>
  /** Guards of what it tells, and numbers of what had none. */
  readonly changes: readonly Change[]
  readonly figures: MonthFigures | null
  readonly place: TerritoryRecord | null
}

/** As it would read at that moment; null when there is nothing to tell. */
export async function writeDigest(
  parts: ReminderParts,
  digest: Digest,
  group: GroupRecord,
  at: Instant,
): Promise<WrittenDigest | null> {
  const on = dateAt(at, parts.place.zone)
  const open = await openItems(parts, digest, group, on)
  const figures = await figuresFor(parts, digest, group, at)
  if (open.length === 0 && (figures === null || isQuiet(figures))) return null
  const listed = open.filter((item) => item.listed)
  const shown = digest.show === 'list' ? pressingFirst(open, listed).slice(0, digest.maxItems) : listed
  const { items, changes } = await numbered(parts, shown, on)
  const [place = null] = await parts.registry.territories([group.territoryId])
  const language = parts.text.languageFor(null)
  const territory = place?.name ?? ''
  const text =
    digest.show === 'list'
      ? digestText(digest, territory, items, open.length - items.length, on, parts.text, language)
      : countsText(
          digest,
          territory,
          { open, listed: items, month: figures, figures: figures ? monthLines(figures, true) : [] },
          on,
          parts.text,
          language,
        )
  return { text, mark: markOf(items) ?? { ...markless(digest, open) }, changes, figures, place }
}

const markless = (digest: Digest, open: readonly Item[]) => ({
  rule: open[0]?.rule.id ?? (digest.items[0] as string),
  rung: 1,
  matters: [],
  items: [],
})

/** What is listed stands first. */
const pressingFirst = (open: readonly Item[], listed: readonly Item[]): readonly Item[] =>
  listed.length === 0 ? open : [...listed, ...open.filter((item) => !item.listed)]

/** Of the month before, with a digest of once a month. What goes over the heads of a level is not counted. */
async function figuresFor(
  parts: ReminderParts,
  digest: Digest,
  group: GroupRecord,
  at: Instant,
): Promise<MonthFigures | null> {
  if (digest.dayOfMonth === null || digest.show !== 'counts' || !parts.month) return null
  const on = dateAt(at, parts.place.zone)
  const within = await parts.registry.within(group.territoryId)
  return readMonth(parts.month, within, monthBefore(on), on, parts.place.zone, (matter) => matter.seenFrom === null)
}

const isQuiet = ({ cases, visits }: MonthFigures): boolean =>
  cases.leads + cases.decided + cases.open + visits.due === 0
