/** What the clock does about one matter: what watches it, what was sent, what comes next and why, or why nothing does. */
import { addDays, dateAt, type Instant, type PlainDate } from '../base/time.ts'
import type { GroupRecord } from '../domain/registry/ports.ts'
import { taskKey } from '../domain/tasks/tasks.ts'
import type { Outgoing } from '../messaging/channel.ts'
import { decideWatch } from './decide.ts'
import { isShown } from './digest-items.ts'
import { fireAt, firesOn } from './digest-fires.ts'
import type { ReminderParts } from './parts.ts'
import type { Digest, Rule } from './policy.ts'
import type { PlannedReminder, ReminderMessage, WatchRecord } from './ports.ts'
import { directory, isForStaff, type Directory } from './recipients.ts'
import { assigneeOf, describeSubjects, dueOn, isSettled, rowOf, territoryOf, type Subject } from './subjects.ts'
import { placeAt } from './times.ts'

export interface SentReminder {
  readonly reminder: PlannedReminder
  /** Null where nothing was written to anybody. */
  readonly message: ReminderMessage | null
  /** Name of who it went to, or of the group's place. */
  readonly to: string | null
  /** Said again after the last rung. */
  readonly isRepeat: boolean
}

export type Outlook =
  | {
      readonly kind: 'next'
      readonly at: Instant
      readonly step: number
      /** 0 = for the first time. */
      readonly repeat: number
      /** Proposed by itself, a person decides. */
      readonly to: readonly {
        readonly name: string
        readonly isReachable: boolean
        readonly standsInFor: string | null
      }[]
      /** The day that the ladder alone gives, when that is a day off. */
      readonly movedFrom: PlainDate | null
    }
  | { readonly kind: 'stops'; readonly reason: StopReason; readonly on: PlainDate | null }

export type StopReason =
  'visited' | 'closed' | 'acknowledged' | 'decided' | 'done' | 'dropped' | 'no_day' | 'ladder_end' | 'gone'

export interface ExplainedRule {
  readonly ruleId: string
  /** Null when the policy has it no more. */
  readonly rule: Rule | null
  readonly sent: readonly SentReminder[]
  readonly outlook: Outlook
}

export interface Explanation {
  readonly subject: Subject
  readonly assignee: string | null
  readonly rules: readonly ExplainedRule[]
  /** Reports of groups that told of it. */
  readonly digests: readonly {
    readonly group: string
    readonly at: Instant
    readonly message: ReminderMessage | null
  }[]
  /** The next one that will. */
  readonly nextDigest: { readonly digest: Digest; readonly group: string; readonly at: Instant } | null
  /** Groups that would be told if they were not public. */
  readonly publicGroups: readonly string[]
  /** Number of a proposal to list it that waits. */
  readonly proposed: string | null
  readonly mutedUntil: PlainDate | null
}

/** @returns null for a number that nothing has */
export async function explain(parts: ReminderParts, number: string, now: Instant): Promise<Explanation | null> {
  const subject = await subjectBy(parts, number)
  if (!subject) return null
  const on = dateAt(now, parts.place.zone)
  const people = directory(parts.registry, on, parts.turns)
  const watches = await parts.reads.allWatchesOf([rowOf(subject).id])
  const reminders = await parts.reads.remindersOf([number], rowOf(subject).id)
  const messages = await messagesOf(parts, reminders)
  const groups = await groupsAbove(parts, subject)
  const groupNames = new Map(groups.map(({ group, name }) => [`group:${group.id}`, name]))
  const rules: ExplainedRule[] = []
  for (const watch of watches) {
    const rule = parts.policy.rules.get(watch.rule) ?? null
    const own = reminders.filter((reminder) => reminder.rule === watch.rule)
    rules.push({
      ruleId: watch.rule,
      rule,
      sent: await Promise.all(own.map((reminder) => sentOf(reminder, messages, people, groupNames))),
      outlook: await outlookOf(parts, rule, watch, subject, people, now),
    })
  }
  const assigneeId = assigneeOf(subject)
  const waiting = await parts.tasks.taskByOpenKey(taskKey('listing', rowOf(subject).id))
  return {
    subject,
    assignee: assigneeId === null ? null : ((await people.staff(assigneeId))?.name ?? null),
    rules,
    digests: await digestsWith(parts, subject, number, groups),
    nextDigest: await nextDigestOf(parts, subject, watches, groups, now),
    publicGroups: groups
      .filter(({ group }) => !isForStaff(group) && parts.policy.digests.some((each) => carries(each, group, watches)))
      .map(({ name }) => name),
    proposed: waiting?.number ?? null,
    mutedUntil: await mutedUntil(parts, subject, on),
  }
}

async function subjectBy(parts: ReminderParts, number: string): Promise<Subject | null> {
  const [matter, plan, task] = await Promise.all([
    parts.cases.caseByNumber(number),
    parts.visits.planByNumber(number),
    parts.tasks.taskByNumber(number),
  ])
  const described = await describeSubjects(parts, matter ? [matter] : [], plan ? [plan] : [], task ? [task] : [])
  return [...described.values()][0] ?? null
}

async function messagesOf(
  parts: ReminderParts,
  reminders: readonly PlannedReminder[],
): Promise<ReadonlyMap<string, ReminderMessage>> {
  const ids = [...new Set(reminders.flatMap(({ outboxId }) => outboxId ?? []))]
  return new Map((ids.length === 0 ? [] : await parts.reads.messages(ids)).map((message) => [message.id, message]))
}

async function sentOf(
  reminder: PlannedReminder,
  messages: ReadonlyMap<string, ReminderMessage>,
  people: Directory,
  groupNames: ReadonlyMap<string, string>,
): Promise<SentReminder> {
  return {
    reminder,
    message: reminder.outboxId === null ? null : (messages.get(reminder.outboxId) ?? null),
    to: groupNames.get(reminder.recipient) ?? (await people.staff(reminder.recipient))?.name ?? null,
    isRepeat: /\+\d+$/.test(reminder.id.split('|')[3] ?? ''),
  }
}

async function outlookOf(
  parts: ReminderParts,
  rule: Rule | null,
  watch: WatchRecord,
  subject: Subject,
  people: Directory,
  now: Instant,
): Promise<Outlook> {
  if (!rule) return { kind: 'stops', reason: 'gone', on: null }
  const { place } = parts
  if (isSettled(rule, subject) || watch.closedAt !== null) return settledBy(rule, subject, place.zone)
  const at = watch.nextDueAt !== null && watch.nextDueAt > now ? watch.nextDueAt : now
  let decision = decideWatch(rule, { ...watch, nextDueAt: at }, subject, at, place)
  // The look that is due next may only find when to speak.
  for (let looks = 0; decision.kind === 'wait' && decision.until !== null && looks < 5; looks += 1) {
    const { until, firstSeenAt } = decision
    decision = decideWatch(rule, { ...watch, nextDueAt: until, firstSeenAt }, subject, until, place)
    if (decision.kind === 'send') return nextOf(parts, rule, watch, subject, decision.step, until, people)
  }
  if (decision.kind === 'send') return nextOf(parts, rule, watch, subject, decision.step, at, people)
  if (watch.rung >= rule.ladder.length) return { kind: 'stops', reason: 'ladder_end', on: null }
  return { kind: 'stops', reason: dueOn(rule, subject) === null ? 'no_day' : 'gone', on: null }
}

async function nextOf(
  parts: ReminderParts,
  rule: Rule,
  watch: WatchRecord,
  subject: Subject,
  step: number,
  at: Instant,
  people: Directory,
): Promise<Outlook> {
  const rung = rule.ladder[step - 1]
  const { calendar, zone } = placeAt(parts.place, watch.territoryId)
  const due = dueOn(rule, subject)
  const planned = rung?.at.kind === 'days' && due !== null ? addDays(due, rung.at.days) : null
  const to =
    !rung || rung.via === 'digest'
      ? []
      : await Promise.all(
          (await people.people(rule, rung.to, subject)).map(async (id) => {
            const owner = await people.owner(rule, subject)
            const isOwn = !rung.to.some((each) => each.kind === 'assignee') || owner === null || owner === id
            return {
              name: (await people.staff(id))?.name ?? id,
              isReachable: (await people.account(id)) !== null,
              standsInFor: isOwn ? null : ((await people.staff(owner))?.name ?? null),
            }
          }),
        )
  return {
    kind: 'next',
    at,
    step,
    repeat: watch.rung >= rule.ladder.length ? watch.repeats + 1 : 0,
    to,
    movedFrom:
      rule.workingDaysOnly && planned !== null && !calendar.isWorkingDay(planned) && dateAt(at, zone) !== planned
        ? planned
        : null,
  }
}

function settledBy(rule: Rule, subject: Subject, zone: string): Outlook {
  const stops = (reason: StopReason, on: PlainDate | null = null): Outlook => ({ kind: 'stops', reason, on })
  if (subject.kind === 'visit') return stops(subject.plan.closedOn === null ? 'gone' : 'visited', subject.plan.closedOn)
  if (subject.kind === 'task') return stops(subject.task.outcome === 'dropped' ? 'dropped' : 'done')
  const { matter } = subject
  if (matter.closedAt !== null) return stops('closed', dateAt(matter.closedAt, zone))
  if (rule.on === 'case_total') return stops(matter.decidedOn === null ? 'gone' : 'decided', matter.decidedOn)
  return stops(matter.acknowledgedAt === null ? 'gone' : 'acknowledged')
}

interface NamedGroup {
  readonly group: GroupRecord
  readonly name: string
}

async function groupsAbove(parts: ReminderParts, subject: Subject): Promise<readonly NamedGroup[]> {
  const lineage = await parts.registry.lineage(territoryOf(subject))
  const names = new Map(lineage.map((place) => [place.id, place.name]))
  const groups = await parts.registry.groupsIn([...names.keys()])
  return groups.map((group) => ({ group, name: names.get(group.territoryId) ?? '' }))
}

const carries = (digest: Digest, group: GroupRecord, watches: readonly WatchRecord[]): boolean =>
  group.purposes.includes(digest.purpose) && watches.some((watch) => digest.items.includes(watch.rule))

async function digestsWith(
  parts: ReminderParts,
  subject: Subject,
  number: string,
  groups: readonly NamedGroup[],
): Promise<Explanation['digests']> {
  const begun = beganOn(subject, parts.place.zone)
  const found: { group: string; at: Instant; message: ReminderMessage | null }[] = []
  for (const digest of parts.policy.digests) {
    for (const { group, name } of groups.filter((each) => each.group.purposes.includes(digest.purpose))) {
      const told = await parts.reads.digestsTo(digest.id, group.id, begun)
      for (const message of (await messagesOf(parts, told)).values()) {
        const { reminder } = JSON.parse(message.payload) as Partial<Outgoing>
        if (reminder?.matters.includes(number)) found.push({ group: name, at: message.sentAt ?? message.createdAt, message })
      }
    }
  }
  return found.sort((a, b) => a.at - b.at)
}

/** A visit may be told of from some time before its day. */
const beganOn = (subject: Subject, zone: string): PlainDate => {
  if (subject.kind === 'visit') return addDays(subject.plan.dueOn, -7)
  return dateAt(subject.kind === 'case' ? subject.matter.openedAt : subject.task.createdAt, zone)
}

/** Days ahead in which the next report is looked for. */
const LONGEST_AHEAD = 70

/** The first report that will tell of it, if nothing happens until then. */
async function nextDigestOf(
  parts: ReminderParts,
  subject: Subject,
  watches: readonly WatchRecord[],
  groups: readonly NamedGroup[],
  now: Instant,
): Promise<Explanation['nextDigest']> {
  const { place } = parts
  const today = dateAt(now, place.zone)
  let first: { digest: Digest; group: string; at: Instant } | null = null
  for (const digest of parts.policy.digests.filter((each) => each.show === 'list')) {
    for (const { group, name } of groups) {
      if (!isForStaff(group) || !carries(digest, group, watches)) continue
      const rules = digest.items.flatMap((id) => parts.policy.rules.get(id) ?? [])
      for (let ahead = 0; ahead <= LONGEST_AHEAD; ahead += 1) {
        const day = addDays(today, ahead)
        const at = firesOn(digest, day, place) ? fireAt(digest, day, place) : null
        if (at === null || at <= now) continue
        const shown = rules.some(
          (rule) => watches.some((watch) => watch.rule === rule.id) && isShown(rule, subject, day),
        )
        if (!shown) continue
        if (first === null || at < first.at) first = { digest, group: name, at }
        break
      }
    }
  }
  return first
}

async function mutedUntil(parts: ReminderParts, subject: Subject, on: PlainDate): Promise<PlainDate | null> {
  if (subject.kind !== 'visit' || subject.plan.householdId === null) return null
  const [household] = await parts.visits.visited([subject.plan.householdId])
  const until = household?.mutedUntil ?? null
  return until !== null && until > on ? until : null
}
