/** What a digest of a group tells of: every open matter of its rules, and which of them somebody has listed. */
import { expectRevision, update, type Change } from '../base/change.ts'
import type { PlainDate } from '../base/time.ts'
import { matterNumber } from '../domain/cases/matter-number.ts'
import type { GroupRecord } from '../domain/registry/ports.ts'
import { listedReminder } from '../domain/tasks/listing.ts'
import type { ReminderParts } from './parts.ts'
import type { Digest, Rule } from './policy.ts'
import type { WatchRecord } from './ports.ts'
import { daysLeft, dueOn, isSettled, numberOf, readSubjects, rowOf, type Subject } from './subjects.ts'
import type { Item } from './words.ts'

/** Subjects read at once. */
const PAGE = 500

/** A stage is shown from this many days before its day. */
const STAGE_SHOWN_DAYS_BEFORE = 2
/** The whole is shown from its day 8 of 15. */
const TOTAL_SHOWN_DAYS_BEFORE = 7

/** Kinds that go over the heads of those who would read it. */
const NEVER_IN_GROUPS = ['complaint', 'feedback']

/** Most pressing first. */
export async function openItems(
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
    const open = page.flatMap((watch) => {
      const rule = parts.policy.rules.get(watch.rule)
      const subject = subjects.get(watch.subjectId)
      return rule && subject && isShown(rule, subject, on) ? [{ watch, rule, subject }] : []
    })
    const listed = await listedOf(parts, digest, open)
    for (const { watch, rule, subject } of open) {
      const step = listed.get(watch.id)
      items.push(
        step === undefined ? { rule, step: stepShown(rule, watch), subject } : { rule, step, subject, listed: true },
      )
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

/** The highest rung so far that did not wait for a person. */
function stepShown(rule: Rule, watch: WatchRecord): number {
  let step = Math.min(watch.rung, rule.ladder.length)
  while (step > 1 && rule.ladder[step - 1]?.needsPerson) step -= 1
  return Math.max(1, step)
}

interface OpenWatch {
  readonly watch: WatchRecord
  readonly rule: Rule
  readonly subject: Subject
}

/** Watch → the rung that a person confirmed, for rungs that this group is told of. */
async function listedOf(
  parts: ReminderParts,
  digest: Digest,
  open: readonly OpenWatch[],
): Promise<ReadonlyMap<string, number>> {
  const asked = open.flatMap(({ watch, rule, subject }) => {
    const due = dueOn(rule, subject)
    return rule.ladder.flatMap((rung, index) =>
      rung.needsPerson &&
      watch.rung > index &&
      due !== null &&
      rung.to.some((to) => to.kind === 'group' && to.purpose === digest.purpose)
        ? [{ watch, step: index + 1, ids: listedIds(rule, index + 1, subject, due) }]
        : [],
    )
  })
  const confirmed = new Map<string, number>()
  if (asked.length === 0) return confirmed
  const found = await parts.reads.remindersPlanned(asked.flatMap(({ ids }) => ids))
  for (const { watch, step, ids } of asked) if (ids.some((id) => found.has(id))) confirmed.set(watch.id, step)
  return confirmed
}

/** As decide.ts spells the occurrence. */
function listedIds(rule: Rule, rung: number, subject: Subject, due: PlainDate): readonly string[] {
  const phase =
    subject.kind === 'case' && rule.on === 'case_stage'
      ? `/${subject.matter.stage}/${subject.matter.stageEnteredOn}`
      : ''
  return [listedReminder({ rule: rule.id, rung, subjectId: idOf(subject), occurrence: `${due}${phase}` })]
}

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
export async function numbered(
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
