/** What is said about due rungs, and what is written with it: a bundle is one commit. */
import { expectRevision, insertOnce, update, type Change } from '../base/change.ts'
import { dateAt, type Instant } from '../base/time.ts'
import type { StaffAccount } from '../domain/registry/ports.ts'
import type { ChannelName, Outgoing } from '../messaging/channel.ts'
import { pendingRow } from '../messaging/outbox/row.ts'
import type { WatchDecision } from './decide.ts'
import { choicesFor, markOf } from './mark.ts'
import type { ReminderParts } from './parts.ts'
import type { Rule } from './policy.ts'
import type { WatchRecord } from './ports.ts'
import type { Directory } from './recipients.ts'
import { numberOf, type Subject } from './subjects.ts'
import { privateText, type Item } from './words.ts'

export interface DueRung {
  readonly watch: WatchRecord
  readonly rule: Rule
  readonly subject: Subject
  readonly decision: WatchDecision & { readonly kind: 'send' }
}

/** Whom it is for; null = nobody knows where to reach them. */
export interface Recipient {
  readonly id: string
  readonly account: StaffAccount | null
}

/** What belongs together in one commit. */
export interface Bundle {
  readonly changes: readonly Change[]
  readonly rungs: readonly DueRung[]
  /** Who is written to about each of them. */
  readonly recipients: readonly string[]
}

/** What is due together for one person. */
export async function message(
  parts: ReminderParts,
  to: { readonly id: string; readonly account: StaffAccount },
  rungs: readonly DueRung[],
  people: Directory,
  now: Instant,
): Promise<Bundle> {
  const name = (await people.staff(to.id))?.name ?? null
  const outgoing = written(parts, rungs, name, to.account, now)
  const rows = rungs.map((each) => reminderRow(each, to.id, outgoing.id, now))
  return {
    changes: [...rows, ...movedOn(rungs, now), pendingRow(outgoing, 'reminder', now, true)],
    rungs,
    recipients: [to.id],
  }
}

/** Several people hear of one matter, each by a message of its own. */
export async function alarm(
  parts: ReminderParts,
  rung: DueRung,
  to: readonly Recipient[],
  people: Directory,
  now: Instant,
): Promise<Bundle> {
  const rows: Change[] = []
  for (const { id, account } of to) {
    const name = (await people.staff(id))?.name ?? null
    const outgoing = account ? written(parts, [rung], name, account, now) : null
    rows.push(reminderRow(rung, id, outgoing?.id ?? null, now))
    if (outgoing) rows.push(pendingRow(outgoing, 'reminder', now, true))
  }
  return { changes: [...movedOn([rung], now), ...rows], rungs: [rung], recipients: to.map(({ id }) => id) }
}

/** Recorded by its identity without a message: emphasis in a digest, or nobody to write to. */
export function silent(rung: DueRung, recipients: readonly string[], now: Instant): Bundle {
  const rows = recipients.map((recipient) => reminderRow(rung, recipient, null, now))
  return { changes: [...rows, ...movedOn([rung], now)], rungs: [rung], recipients }
}

/** What was decided from is guarded, and the watches go on. */
const movedOn = (rungs: readonly DueRung[], now: Instant): readonly Change[] => [
  ...guards(rungs),
  ...rungs.map((each) => advance(each, now)),
]

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

export const advance = ({ watch, decision }: DueRung, now: Instant): Change =>
  update('Watch', watch.id, watch.revision, {
    rung: decision.after.rung,
    repeats: decision.after.repeats,
    nextDueAt: decision.after.nextDueAt,
    firstSeenAt: decision.firstSeenAt,
    lastSentAt: now,
  })

export const reminderId = ({ rule, watch, decision }: DueRung, recipient: string): string =>
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
