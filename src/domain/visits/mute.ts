/** A household that is away, has moved or refuses: no visit is owed before a day. */
import { update, type Change } from '../../base/change.ts'
import { addDays, type Instant, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { Watching } from '../watching.ts'
import { later, nextDueOn } from './occurrence.ts'
import type { VisitPlans } from './plans.ts'
import type { VisitedHousehold, VisitPlanRecord } from './ports.ts'

export const MUTED_FOR = ['away', 'moved', 'refuses'] as const
export type MutedFor = (typeof MUTED_FOR)[number]

export interface MuteFacts {
  readonly plans: VisitPlans
  readonly calendar: WorkingCalendar
  readonly watching: Watching
}

/** The day that was named, or the policy's; never beyond its longest. */
export function muteUntil(said: PlainDate | null, on: PlainDate, { mute }: VisitPlans): PlainDate {
  const longest = later(on, mute.longest)
  const until = said ?? later(on, mute.normally)
  return until > longest ? longest : until
}

/** The furthest day that may be named. */
export const longestMute = (on: PlainDate, { mute }: VisitPlans): PlainDate => later(on, mute.longest)

/** What is owed before that day is owed by the first working day from then on. */
export async function decideMute(
  household: VisitedHousehold,
  plans: readonly VisitPlanRecord[],
  until: PlainDate,
  why: MutedFor,
  facts: MuteFacts,
  at: Instant,
): Promise<readonly Change[]> {
  const days = facts.calendar.forPlace(household.territoryId)
  const moved = plans.filter(({ dueOn }) => dueOn < until)
  return [
    update('Household', household.id, household.revision, { mutedUntil: until, mutedFor: why }),
    ...(await onto(moved, days.onOrAfter(until), facts, at)),
  ]
}

/** Back again: what was put off is owed by its own day, or within a few days when that is over. */
export async function decideBack(
  household: VisitedHousehold,
  plans: readonly VisitPlanRecord[],
  on: PlainDate,
  facts: MuteFacts,
  at: Instant,
): Promise<{ readonly changes: readonly Change[]; readonly dueOn: PlainDate | null }> {
  const days = facts.calendar.forPlace(household.territoryId)
  const soon = days.onOrAfter(addDays(on, facts.plans.mute.backWithin))
  const muted = household.mutedUntil === null ? on : days.onOrAfter(household.mutedUntil)
  const changes: Change[] = [
    update('Household', household.id, household.revision, { mutedUntil: null, mutedFor: null }),
  ]
  const dues: PlainDate[] = []
  for (const plan of plans) {
    const rule = facts.plans.rule(plan.plan)
    const counts = rule.anchor === 'last_visit' && household.lastVisitOn !== null
    const own = counts ? nextDueOn(rule, { last: household.lastVisitOn as PlainDate, entered: null }, days) : soon
    const back = own > soon ? own : soon
    // What is owed later than the day until which they were away was not put off for it.
    const due = plan.dueOn > muted || back > plan.dueOn ? plan.dueOn : back
    dues.push(due)
    if (due < plan.dueOn) changes.push(...(await onto([plan], due, facts, at)))
  }
  return { changes, dueOn: dues.sort()[0] ?? null }
}

/** Another day for these plans: their ladders begin anew. */
export async function onto(
  plans: readonly VisitPlanRecord[],
  dueOn: PlainDate,
  { watching }: Pick<MuteFacts, 'watching'>,
  at: Instant,
): Promise<readonly Change[]> {
  const restarted = await Promise.all(plans.map(({ id }) => watching.restart('visit', id, at)))
  return [...plans.map(({ id, revision }) => update('VisitPlan', id, revision, { dueOn })), ...restarted.flat()]
}
