/** Due rungs become messages: one for each person, however many matters it is about. */
import { dateAt, type Instant } from '../base/time.ts'
import { matterNumber } from '../domain/cases/matter-number.ts'
import type { StaffAccount } from '../domain/registry/ports.ts'
import { advance, alarm, message, reminderId, silent, type Bundle, type DueRung, type Recipient } from './bundles.ts'
import type { ReminderParts } from './parts.ts'
import type { Rule } from './policy.ts'
import { propose } from './propose.ts'
import { isMachineFault, putAside } from './put-aside.ts'
import { readAhead } from './read-ahead.ts'
import { directory, type Directory } from './recipients.ts'
import { numberOf, type Subject } from './subjects.ts'

/** Matters in one message and its commit. */
const MOST_IN_ONE_COMMIT = 100

/** Bundles that are made before they are written: memory is bounded by it, and they share flushes to disk. */
const WRITTEN_AT_ONCE = 500

/** A bundle that is not made yet. */
interface Planned {
  readonly rungs: readonly DueRung[]
  make(): Promise<Bundle> | Bundle
  /** The same for some of the rungs; absent where it is about one. */
  readonly of?: (rungs: readonly DueRung[]) => Planned
}

export async function deliver(parts: ReminderParts, due: readonly DueRung[], now: Instant): Promise<void> {
  const people = await directoryFor(parts, due, now)
  const proposed = due.filter((each) => each.decision.rung.needsPerson)
  const asked = proposed.length > 0 ? await propose(parts, proposed, people, now) : []
  const told = proposed.length > 0 ? [...due.filter((each) => !each.decision.rung.needsPerson), ...asked] : due
  const planned = await plan(parts, await inOrder(parts, told, now), people, now)
  for (let from = 0; from < planned.length; from += WRITTEN_AT_ONCE) {
    await Promise.all(planned.slice(from, from + WRITTEN_AT_ONCE).map((each) => carryOut(parts, each, now)))
  }
}

async function directoryFor(parts: ReminderParts, due: readonly DueRung[], now: Instant): Promise<Directory> {
  const upward = due.filter(
    ({ rule, decision }) =>
      isAlarm(rule) || rule.on === 'case_stage' || decision.rung.to.some((to) => to.kind !== 'assignee'),
  )
  const subjectsOf = (rungs: readonly DueRung[]): readonly Subject[] => rungs.map(({ subject }) => subject)
  const ahead = await readAhead(parts.registry, { subjects: subjectsOf(due), upward: subjectsOf(upward) })
  return directory(ahead, dateAt(now, parts.place.zone), parts.turns)
}

/** By (due, rule, rung, number); a visit gets its number with its first reminder. */
async function inOrder(parts: ReminderParts, due: readonly DueRung[], now: Instant): Promise<readonly DueRung[]> {
  const sorted = sortedByNumber(due)
  const unnumbered = sorted.filter(({ subject }) => subject.kind === 'visit' && subject.plan.number === null).length
  if (unnumbered === 0) return sorted
  const on = dateAt(now, parts.place.zone)
  const taken = await parts.sequence.takeMany(on, unnumbered)
  let used = 0
  return sortedByNumber(
    sorted.map((each): DueRung => {
      const { subject } = each
      if (subject.kind !== 'visit' || subject.plan.number !== null) return each
      const number = matterNumber(on, taken[used++] as number)
      return { ...each, subject: { ...subject, plan: { ...subject.plan, number } } }
    }),
  )
}

function sortedByNumber(due: readonly DueRung[]): DueRung[] {
  const keyed = due.map((each) => ({ each, number: numberOf(each.subject) ?? '~' }))
  keyed.sort(
    (a, b) =>
      a.each.decision.due - b.each.decision.due ||
      compare(a.each.rule.id, b.each.rule.id) ||
      a.each.decision.step - b.each.decision.step ||
      compare(a.number, b.number) ||
      compare(a.each.watch.subjectId, b.each.watch.subjectId),
  )
  return keyed.map(({ each }) => each)
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Who hears what: alarms and what only stands out in a digest in the order of the rungs, then a message for each person. */
async function plan(
  parts: ReminderParts,
  due: readonly DueRung[],
  people: Directory,
  now: Instant,
): Promise<readonly Planned[]> {
  const planned: Planned[] = []
  const merged = new Map<string, { readonly to: Reached; readonly rungs: DueRung[] }>()
  const alone = (rung: DueRung, make: Planned['make']) => planned.push({ rungs: [rung], make })
  for (const each of due) {
    try {
      const { rule, subject, decision } = each
      if (decision.rung.via === 'digest') {
        const groups = await people.groups(decision.rung.to, subject)
        const recipients = groups.map((group) => `group:${group.id}`)
        alone(each, () => silent(each, recipients, now))
        continue
      }
      const staffIds = await people.people(rule, decision.rung.to, subject)
      const [first = ''] = staffIds
      const theirs = staffIds.length === 1 && !isAlarm(rule) ? merged.get(first) : undefined
      if (theirs) {
        theirs.rungs.push(each)
        continue
      }
      const to: Recipient[] = []
      for (const id of staffIds) to.push({ id, account: await people.account(id) })
      const [only] = to
      if (to.length === 1 && only?.account && !isAlarm(rule)) {
        merged.set(only.id, { to: { id: only.id, account: only.account }, rungs: [each] })
      } else if (to.some(({ account }) => account !== null)) {
        alone(each, () => alarm(parts, each, to, people, now))
      } else {
        // Nobody can be reached: the ladder goes on, and the next rung is somebody else's.
        alone(each, () => silent(each, staffIds.length > 0 ? staffIds : ['nobody'], now))
      }
    } catch (error) {
      await failed(parts, [each], error, now)
    }
  }
  for (const { to, rungs } of merged.values()) {
    for (let from = 0; from < rungs.length; from += MOST_IN_ONE_COMMIT) {
      planned.push(told(parts, to, rungs.slice(from, from + MOST_IN_ONE_COMMIT), people, now))
    }
  }
  return planned
}

/** Somebody with an account. */
interface Reached {
  readonly id: string
  readonly account: StaffAccount
}

const isAlarm = (rule: Rule): boolean => rule.on === 'urgent_case' || rule.on === 'danger_case'

const told = (
  parts: ReminderParts,
  to: Reached,
  rungs: readonly DueRung[],
  people: Directory,
  now: Instant,
): Planned => ({
  rungs,
  make: () => message(parts, to, rungs, people, now),
  of: (some) => told(parts, to, some, people, now),
})

/** One that can't be told is put aside; what was to be said together with it is said without it. */
async function carryOut(parts: ReminderParts, planned: Planned, now: Instant): Promise<void> {
  try {
    await commit(parts, await planned.make())
  } catch (error) {
    const { rungs, of } = planned
    if (isMachineFault(error) || !of || rungs.length === 1) return failed(parts, rungs, error, now)
    const fine: DueRung[] = []
    const broken: DueRung[] = []
    for (const rung of rungs) ((await canBeMade(of([rung]))) ? fine : broken).push(rung)
    // All can be worded: it is a row that can't be written.
    const again = broken.length === 0 ? fine.map((rung) => of([rung])) : [...broken.map((rung) => of([rung])), of(fine)]
    for (const each of again) if (each.rungs.length > 0) await carryOut(parts, each, now)
  }
}

const canBeMade = async (planned: Planned): Promise<boolean> => {
  try {
    await planned.make()
    return true
  } catch {
    return false
  }
}

/** @throws what concerns the database as a whole */
async function failed(parts: ReminderParts, rungs: readonly DueRung[], error: unknown, now: Instant): Promise<void> {
  if (isMachineFault(error)) throw error
  for (const { watch } of rungs) {
    parts.onError(error, watch.id)
    await parts.writer.commit([putAside(watch, now)])
  }
}

/**
 * A conflict leaves the watches due: the next look decides anew. A reminder that exists already is not sent again; its
 * watch moves on without it.
 */
async function commit(parts: ReminderParts, { changes, rungs, recipients }: Bundle): Promise<void> {
  const outcome = await parts.writer.commit(changes)
  if (outcome.kind !== 'duplicate') return
  const idsOf = (rung: DueRung) => recipients.map((recipient) => reminderId(rung, recipient))
  const planned = await parts.reads.remindersPlanned(rungs.flatMap(idsOf))
  for (const rung of rungs) {
    if (!idsOf(rung).some((id) => planned.has(id))) continue
    await parts.writer.commit([advance(rung, rung.watch.lastSentAt ?? rung.decision.due)])
  }
}
