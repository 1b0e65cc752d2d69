/** What a group is told at once: every open matter of its rules, until it is settled. Public groups are told nothing. */
import { expectRevision, insertOnce, update, type Change } from '../base/change.ts'
import { dateAt, type Instant, type PlainDate } from '../base/time.ts'
import { matterNumber } from '../domain/cases/matter-number.ts'
import type { GroupRecord } from '../domain/registry/ports.ts'
import type { ChannelName } from '../messaging/channel.ts'
import { pendingRow } from '../messaging/outbox/row.ts'
import { markOf } from './mark.ts'
import type { ReminderParts } from './parts.ts'
import type { Digest, Rule } from './policy.ts'
import { isForStaff } from './recipients.ts'
import { daysLeft, isSettled, numberOf, readSubjects, rowOf, type Subject } from './subjects.ts'
import { countsText, digestText, type Item } from './words.ts'

/** Subjects read at once. */
const PAGE = 500
const MOST_ATTEMPTS = 5

/** A stage is shown from this many days before its day. */
const STAGE_SHOWN_DAYS_BEFORE = 2
/** The whole is shown from its day 8 of 15. */
const TOTAL_SHOWN_DAYS_BEFORE = 7

/** Kinds that go over the heads of those who would read it. */
const NEVER_IN_GROUPS = ['complaint', 'feedback']

/** @param fire the moment it was due, which may be before `now` */
export async function runDigest(parts: ReminderParts, digest: Digest, fire: Instant, now: Instant): Promise<void> {
  const groups = (await parts.registry.groupsFor(digest.purpose)).filter(isForStaff)
  for (const group of groups) {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      if (await tell(parts, digest, group, fire, now)) break
    }
  }
}

/** @returns false when something changed meanwhile and it must be put together anew */
async function tell(
  parts: ReminderParts,
  digest: Digest,
  group: GroupRecord,
  fire: Instant,
  now: Instant,
): Promise<boolean> {
  const on = dateAt(now, parts.place.zone)
  const id = `${digest.id}|0|${group.id}|${dateAt(fire, parts.place.zone)}|group:${group.id}`
  if ((await parts.reads.remindersPlanned([id])).has(id)) return true
  const open = await openItems(parts, digest, group, on)
  if (open.length === 0) return true
  const shown = digest.show === 'list' ? open.slice(0, digest.maxItems) : []
  const { items, changes } = await numbered(parts, shown, on)
  const [place] = await parts.registry.territories([group.territoryId])
  const language = parts.text.languageFor(null)
  const territory = place?.name ?? ''
  const text =
    digest.show === 'list'
      ? digestText(digest, territory, items, open.length - items.length, on, parts.text, language)
      : countsText(digest, territory, open, on, parts.text, language)
  const outgoing = {
    id: parts.ids.next(),
    channel: group.channel as ChannelName,
    chat: group.chat,
    text,
    choices: [],
    mentions: [],
    cause: null,
    reminder: markOf(items) ?? { rule: open[0]?.rule.id ?? digest.id, rung: 1, matters: [], items: [] },
    matter: null,
    question: null,
    progress: null,
    createdAt: now,
    again: false,
  }
  const outcome = await parts.writer.commit([
    ...changes,
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

/** Most pressing first. */
async function openItems(
  parts: ReminderParts,
  digest: Digest,
  group: GroupRecord,
  on: PlainDate,
): Promise<readonly Item[]> {
  const watches = await parts.reads.openWatches(digest.items, await parts.registry.within(group.territoryId))
  const items: Item[] = []
  for (let from = 0; from < watches.length; from += PAGE) {
    const page = watches.slice(from, from + PAGE)
    const subjects = await readSubjects(parts, page)
    for (const watch of page) {
      const rule = parts.policy.rules.get(watch.rule)
      const subject = subjects.get(watch.subjectId)
      if (!rule || !subject || !isShown(rule, subject, on)) continue
      items.push({ rule, step: Math.max(1, Math.min(watch.rung, rule.ladder.length)), subject })
    }
  }
  return items.sort(
    (a, b) =>
      pressing(b.subject) - pressing(a.subject) ||
      daysLeft(a.rule, a.subject, on) - daysLeft(b.rule, b.subject, on) ||
      compare(numberOf(a.subject) ?? '~', numberOf(b.subject) ?? '~') ||
      compare(idOf(a.subject), idOf(b.subject)),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const idOf = (subject: Subject): string => rowOf(subject).id
const pressing = (subject: Subject): number =>
  subject.kind !== 'case' ? 0 : { normal: 0, urgent: 1, danger: 2 }[subject.matter.urgency]

/** Whether a group's digest of that day tells of it. */
export function isShown(rule: Rule, subject: Subject, on: PlainDate): boolean {
  if (isSettled(rule, subject)) return false
  const left = daysLeft(rule, subject, on)
  if (subject.kind === 'visit') return left < 0
  if (subject.kind === 'task') return subject.task.seenFrom === null && left < 0
  if (subject.matter.seenFrom !== null || NEVER_IN_GROUPS.includes(subject.matter.kind)) return false
  switch (rule.on) {
    case 'case_stage':
      return subject.matter.stageDueOn !== null && left <= STAGE_SHOWN_DAYS_BEFORE
    case 'case_total':
      return subject.matter.decideBy !== null && left <= TOTAL_SHOWN_DAYS_BEFORE
    default:
      return true
  }
}

/** A visit that is told of for the first time gets its number with it. */
async function numbered(
  parts: ReminderParts,
  items: readonly Item[],
  on: PlainDate,
): Promise<{ readonly items: readonly Item[]; readonly changes: readonly Change[] }> {
  const done: Item[] = []
  const changes = new Map<string, Change>()
  for (const item of items) {
    const { subject } = item
    if (subject.kind === 'case') {
      changes.set(subject.matter.id, expectRevision('Case', subject.matter.id, subject.matter.revision))
      done.push(item)
      continue
    }
    if (subject.kind === 'task') {
      changes.set(subject.task.id, expectRevision('Task', subject.task.id, subject.task.revision))
      done.push(item)
      continue
    }
    const { plan } = subject
    if (plan.number !== null) {
      changes.set(plan.id, expectRevision('VisitPlan', plan.id, plan.revision))
      done.push(item)
      continue
    }
    const number = matterNumber(on, await parts.sequence.take(on))
    changes.set(plan.id, update('VisitPlan', plan.id, plan.revision, { number }))
    done.push({ ...item, subject: { ...subject, plan: { ...plan, number } } })
  }
  return { items: done, changes: [...changes.values()] }
}
