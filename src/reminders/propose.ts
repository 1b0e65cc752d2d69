/** A rung that needs a person only proposes: the officer one level up is asked, in a task of its own. */
import { expectRevision, insertOnce, update, type Change } from '../base/change.ts'
import { addDays, dateAt, type Instant } from '../base/time.ts'
import { matterNumber } from '../domain/cases/matter-number.ts'
import { LISTING_DAYS, listingRef, type ListingRung } from '../domain/tasks/listing.ts'
import { openTask, taskKey } from '../domain/tasks/tasks.ts'
import type { TaskRecord } from '../domain/tasks/ports.ts'
import { decideWatch, type WatchDecision } from './decide.ts'
import type { ReminderParts } from './parts.ts'
import type { Rule } from './policy.ts'
import type { WatchRecord } from './ports.ts'
import type { Directory } from './recipients.ts'
import { numberOf, territoryOf, type Subject } from './subjects.ts'
import { watchingBy } from './watching.ts'

export interface Proposable {
  readonly watch: WatchRecord
  readonly rule: Rule
  readonly subject: Subject
  readonly decision: WatchDecision & { readonly kind: 'send' }
}

/** Level whose officer is asked, when the rung itself names none that has one. */
const OFFICER_LEVEL = 'county'

/** @returns the first reminders of the tasks, so that they join what else is due for the same person */
export async function propose(
  parts: ReminderParts,
  rungs: readonly Proposable[],
  people: Directory,
  now: Instant,
): Promise<readonly Proposable[]> {
  const asked: Proposable[] = []
  for (const each of rungs) {
    try {
      asked.push(...(await ask(parts, each, people, now)))
    } catch (error) {
      parts.onError(error, each.watch.id)
    }
  }
  return asked
}

async function ask(
  parts: ReminderParts,
  proposed: Proposable,
  people: Directory,
  now: Instant,
): Promise<readonly Proposable[]> {
  const { watch, rule, subject, decision } = proposed
  const on = dateAt(now, parts.place.zone)
  const [officer = null] = await people.people(rule, [{ kind: 'lead', level: OFFICER_LEVEL }], subject)
  const rung: ListingRung = {
    rule: rule.id,
    rung: decision.step,
    subjectId: watch.subjectId,
    occurrence: decision.occurrence,
  }
  const advance = update('Watch', watch.id, watch.revision, {
    rung: decision.after.rung,
    repeats: decision.after.repeats,
    nextDueAt: decision.after.nextDueAt,
    firstSeenAt: decision.firstSeenAt,
    lastSentAt: now,
  })
  const waiting = await parts.tasks.taskByOpenKey(taskKey('listing', watch.subjectId))
  if (waiting) {
    await parts.writer.commit([advance])
    return []
  }
  const known = numberOf(subject)
  const number = known ?? matterNumber(on, await parts.sequence.take(on))
  const { task, changes } = openTask(
    {
      kind: 'listing',
      number: matterNumber(on, await parts.sequence.take(on)),
      caseId: subject.kind === 'case' ? subject.matter.id : subject.kind === 'task' ? subject.task.caseId : null,
      householdId: subject.kind === 'visit' ? subject.plan.householdId : null,
      territoryId: territoryOf(subject),
      assigneeId: officer,
      refId: listingRef(rung),
      detail: number,
      dueOn: parts.place.calendar.onOrAfter(addDays(on, LISTING_DAYS)),
      seenFrom: OFFICER_LEVEL,
      about: watch.subjectId,
    },
    watchingBy(parts.policy, parts.reads, parts.place),
    now,
    parts.ids,
  )
  const outcome = await parts.writer.commit([
    guard(subject, known === null ? number : null),
    advance,
    insertOnce('Reminder', {
      id: `${listingRef(rung)}|proposed`,
      rule: rule.id,
      rung: decision.step,
      number,
      subjectId: watch.subjectId,
      recipient: 'proposed',
      outboxId: null,
      plannedAt: now,
    }),
    ...changes,
  ])
  if (outcome.kind === 'duplicate') await parts.writer.commit([advance])
  return outcome.kind === 'committed' ? remindersOf(parts, task, subject, now) : []
}

/** @param newNumber of a visit that had none */
function guard(subject: Subject, newNumber: string | null): Change {
  switch (subject.kind) {
    case 'case':
      return expectRevision('Case', subject.matter.id, subject.matter.revision)
    case 'task':
      return expectRevision('Task', subject.task.id, subject.task.revision)
    case 'visit': {
      const { id, revision } = subject.plan
      return newNumber === null
        ? expectRevision('VisitPlan', id, revision)
        : update('VisitPlan', id, revision, { number: newNumber })
    }
  }
}

function remindersOf(parts: ReminderParts, task: TaskRecord, about: Subject, now: Instant): readonly Proposable[] {
  const subject: Subject = {
    kind: 'task',
    task,
    place: about.place,
    household: about.kind === 'case' ? null : about.household,
    matter: about.kind === 'case' ? about.matter : about.kind === 'task' ? about.matter : null,
  }
  return [...parts.policy.rules.values()]
    .filter((rule) => rule.on === 'task')
    .flatMap((rule): Proposable[] => {
      const watch: WatchRecord = {
        id: `${rule.id} ${task.id}`,
        rule: rule.id,
        subjectKind: 'task',
        subjectId: task.id,
        territoryId: task.territoryId,
        rung: 0,
        repeats: 0,
        nextDueAt: now,
        firstSeenAt: null,
        lastSentAt: null,
        closedAt: null,
        revision: 0,
      }
      const decision = decideWatch(rule, watch, subject, now, parts.place)
      return decision.kind === 'send' ? [{ watch, rule, subject, decision }] : []
    })
}
