/** Due rungs become messages: one for each person, however many matters it is about. */
import { expectRevision, insertOnce, update, type Change } from '../base/change.ts'
import { dateAt, type Instant } from '../base/time.ts'
import { matterNumber } from '../domain/cases/matter-number.ts'
import type { StaffAccount } from '../domain/registry/ports.ts'
import type { ChannelName, Outgoing } from '../messaging/channel.ts'
import { pendingRow } from '../messaging/outbox/row.ts'
import type { WatchDecision } from './decide.ts'
import { choicesFor, markOf } from './mark.ts'
import type { ReminderParts } from './parts.ts'
import type { Rule } from './policy.ts'
import type { WatchRecord } from './ports.ts'
import { propose } from './propose.ts'
import type { Directory } from './recipients.ts'
import { numberOf, type Subject } from './subjects.ts'
import { privateText, type Item } from './words.ts'

export interface DueRung {
  readonly watch: WatchRecord
  readonly rule: Rule
  readonly subject: Subject
  readonly decision: WatchDecision & { readonly kind: 'send' }
}

/** Matters in one message and its commit. */
const MOST_IN_ONE_COMMIT = 100

interface Addressed extends DueRung {
  readonly recipient: string
  readonly account: StaffAccount | null
}

/** What belongs together in one commit. */
interface Bundle {
  readonly changes: readonly Change[]
  readonly rungs: readonly (DueRung & { readonly reminders: readonly string[] })[]
}

export async function deliver(
  parts: ReminderParts,
  due: readonly DueRung[],
  people: Directory,
  now: Instant,
): Promise<void> {
  const proposed = due.filter((each) => each.decision.rung.needsPerson)
  const asked = proposed.length > 0 ? await propose(parts, proposed, people, now) : []
  const told = proposed.length > 0 ? [...due.filter((each) => !each.decision.rung.needsPerson), ...asked] : due
  const numbered = await numberVisits(parts, [...told].sort(byOrder), now)
  const bundles = await bundle(parts, numbered.sort(byOrder), people, now)
  await Promise.all(bundles.map((each) => commit(parts, each)))
}

/** (due, rule, rung, number). */
function byOrder(a: DueRung, b: DueRung): number {
  return (
    a.decision.due - b.decision.due ||
    compare(a.rule.id, b.rule.id) ||
    a.decision.step - b.decision.step ||
    compare(numberOf(a.subject) ?? '~', numberOf(b.subject) ?? '~') ||
    compare(a.watch.subjectId, b.watch.subjectId)
  )
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A visit gets its number with its first reminder. */
async function numberVisits(parts: ReminderParts, due: readonly DueRung[], now: Instant): Promise<DueRung[]> {
  const on = dateAt(now, parts.place.zone)
  const numbered: DueRung[] = []
  for (const each of due) {
    const { subject } = each
    if (subject.kind !== 'visit' || subject.plan.number !== null) {
      numbered.push(each)
      continue
    }
    const number = matterNumber(on, await parts.sequence.take(on))
    numbered.push({ ...each, subject: { ...subject, plan: { ...subject.plan, number } } })
  }
  return numbered
}

async function bundle(
  parts: ReminderParts,
  due: readonly DueRung[],
  people: Directory,
  now: Instant,
): Promise<readonly Bundle[]> {
  const bundles: Bundle[] = []
  const merged = new Map<string, Addressed[]>()
  for (const each of due) {
    const { rule, subject, decision } = each
    if (decision.rung.via === 'digest') {
      const groups = await people.groups(decision.rung.to, subject)
      bundles.push(
        silent(
          each,
          groups.map((group) => `group:${group.id}`),
          now,
        ),
      )
      continue
    }
    const staffIds = await people.people(rule, decision.rung.to, subject)
    const addressed = await Promise.all(
      staffIds.map(async (id): Promise<Addressed> => ({ ...each, recipient: id, account: await people.account(id) })),
    )
    const [only] = addressed
    if (addressed.length === 1 && only?.account && !isAlarm(rule)) {
      merged.set(only.recipient, [...(merged.get(only.recipient) ?? []), only])
    } else if (addressed.some((one) => one.account !== null)) {
      bundles.push(await alarm(parts, each, addressed, people, now))
    } else {
      // Nobody can be reached: the ladder goes on, and the next rung is somebody else's.
      bundles.push(silent(each, staffIds.length > 0 ? staffIds : ['nobody'], now))
    }
  }
  for (const [staffId, rungs] of merged) {
    for (let from = 0; from < rungs.length; from += MOST_IN_ONE_COMMIT) {
      bundles.push(await message(parts, staffId, rungs.slice(from, from + MOST_IN_ONE_COMMIT), people, now))
    }
  }
  return bundles
}

const isAlarm = (rule: Rule): boolean => rule.on === 'urgent_case' || rule.on === 'danger_case'

async function message(
  parts: ReminderParts,
  staffId: string,
  rungs: readonly Addressed[],
  people: Directory,
  now: Instant,
): Promise<Bundle> {
  const name = (await people.staff(staffId))?.name ?? null
  const outgoing = written(parts, rungs, name, (rungs[0] as Addressed).account as StaffAccount, now)
  return {
    changes: [
      ...guards(rungs),
      ...rungs.map((each) => advance(each, now)),
      ...rungs.map((each) => reminderRow(each, each.recipient, outgoing.id, now)),
      pendingRow(outgoing, 'reminder', now, true),
    ],
    rungs: rungs.map((each) => ({ ...each, reminders: [reminderId(each, each.recipient)] })),
  }
}

/** Several people hear of one matter, each by a message of its own. */
async function alarm(
  parts: ReminderParts,
  rung: DueRung,
  addressed: readonly Addressed[],
  people: Directory,
  now: Instant,
): Promise<Bundle> {
  const rows: Change[] = []
  for (const each of addressed) {
    const name = (await people.staff(each.recipient))?.name ?? null
    const outgoing = each.account ? written(parts, [each], name, each.account, now) : null
    rows.push(reminderRow(each, each.recipient, outgoing?.id ?? null, now))
    if (outgoing) rows.push(pendingRow(outgoing, 'reminder', now, true))
  }
  return {
    changes: [...guards([rung]), advance(rung, now), ...rows],
    rungs: [{ ...rung, reminders: addressed.map((each) => reminderId(each, each.recipient)) }],
  }
}

/** Recorded by its identity without a message: emphasis in a digest, or nobody to write to. */
function silent(rung: DueRung, recipients: readonly string[], now: Instant): Bundle {
  return {
    changes: [
      ...guards([rung]),
      advance(rung, now),
      ...recipients.map((recipient) => reminderRow(rung, recipient, null, now)),
    ],
    rungs: [{ ...rung, reminders: recipients.map((recipient) => reminderId(rung, recipient)) }],
  }
}

function written(
  parts: ReminderParts,
  rungs: readonly DueRung[],
  name: string | null,
  account: StaffAccount,
  now: Instant,
): Outgoing {
  const items: Item[] = rungs.map(({ rule, decision, subject }) => ({ rule, step: decision.step, subject }))
  const language = parts.text.languageFor(account.language)
  const [only] = rungs
  return {
    id: parts.ids.next(),
    channel: account.channel as ChannelName,
    chat: account.user,
    text: privateText(items, name, dateAt(now, parts.place.zone), parts.text, language),
    choices: choicesFor(items, parts.text, language),
    mentions: [],
    cause: null,
    reminder: markOf(items),
    matter:
      rungs.length === 1 && only?.subject.kind === 'case'
        ? { number: only.subject.matter.number, kind: only.subject.matter.kind, stage: only.subject.matter.stage }
        : null,
    question: null,
    progress: null,
    createdAt: now,
    again: false,
  }
}

/** What was decided from is guarded, each row once; a visit's new number is written with it. */
function guards(rungs: readonly DueRung[]): readonly Change[] {
  const byRow = new Map<string, Change>()
  for (const { subject, watch } of rungs) {
    if (subject.kind === 'case') {
      byRow.set(subject.matter.id, expectRevision('Case', subject.matter.id, subject.matter.revision))
    } else if (subject.kind === 'task') {
      byRow.set(subject.task.id, expectRevision('Task', subject.task.id, subject.task.revision))
    } else {
      const { id, revision, number } = subject.plan
      // A visit that was never reminded of has no number in the database yet.
      byRow.set(
        id,
        watch.lastSentAt === null && number !== null
          ? update('VisitPlan', id, revision, { number })
          : expectRevision('VisitPlan', id, revision),
      )
    }
  }
  return [...byRow.values()]
}

const advance = ({ watch, decision }: DueRung, now: Instant): Change =>
  update('Watch', watch.id, watch.revision, {
    rung: decision.after.rung,
    repeats: decision.after.repeats,
    nextDueAt: decision.after.nextDueAt,
    firstSeenAt: decision.firstSeenAt,
    lastSentAt: now,
  })

const reminderId = ({ rule, watch, decision }: DueRung, recipient: string): string =>
  `${rule.id}|${decision.step}|${watch.subjectId}|${decision.occurrence}|${recipient}`

const reminderRow = (rung: DueRung, recipient: string, outboxId: string | null, now: Instant): Change =>
  insertOnce('Reminder', {
    id: reminderId(rung, recipient),
    rule: rung.rule.id,
    rung: rung.decision.step,
    number: numberOf(rung.subject) ?? '',
    subjectId: rung.watch.subjectId,
    recipient,
    outboxId,
    plannedAt: now,
  })

/**
 * A conflict leaves the watches due: the next look decides anew. A reminder that exists already is not sent again; its
 * watch moves on without it.
 */
async function commit(parts: ReminderParts, { changes, rungs }: Bundle): Promise<void> {
  const outcome = await parts.writer.commit(changes)
  if (outcome.kind !== 'duplicate') return
  const planned = await parts.reads.remindersPlanned(rungs.flatMap((rung) => rung.reminders))
  for (const rung of rungs) {
    if (!rung.reminders.some((id) => planned.has(id))) continue
    await parts.writer.commit([advance(rung, rung.watch.lastSentAt ?? rung.decision.due)])
  }
}
