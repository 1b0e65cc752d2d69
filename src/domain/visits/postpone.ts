/** A visit is put off: within the policy's limit, with a reason, and counted. */
import { insert, type Change } from '../../base/change.ts'
import { addDays, type Instant, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { Watching } from '../watching.ts'
import { onto } from './mute.ts'
import type { VisitPlans } from './plans.ts'
import type { VisitPlanRecord } from './ports.ts'

/** Name of the note about each time (PostponeNote). */
export const VISIT_POSTPONED = 'visit_postponed'

export interface PostponeNote {
  /** The day that it was due before anybody put it off. */
  readonly firstDueOn: PlainDate
  readonly until: PlainDate
  readonly reason: string
}

export type PostponeDecision =
  | {
      readonly kind: 'postponed'
      readonly changes: readonly Change[]
      readonly until: PlainDate
      readonly count: number
    }
  | { readonly kind: 'too_often'; readonly count: number }
  | { readonly kind: 'too_far'; readonly latest: PlainDate }
  | { readonly kind: 'not_later' }

/** @param before the notes about this plan, latest first */
export async function decidePostpone(
  plan: VisitPlanRecord,
  until: PlainDate,
  reason: string,
  before: readonly PostponeNote[],
  staffId: string,
  facts: { readonly plans: VisitPlans; readonly calendar: WorkingCalendar; readonly watching: Watching },
  today: PlainDate,
  at: Instant,
): Promise<PostponeDecision> {
  const { days, times } = facts.plans.postpone
  if (before.length >= times) return { kind: 'too_often', count: before.length }
  const firstDueOn = before.at(-1)?.firstDueOn ?? plan.dueOn
  // What is overdue already is counted from today: the days that are lost are not given once more.
  const from = before.length === 0 && firstDueOn < today ? today : firstDueOn
  const latest = addDays(from, days)
  if (until > latest) return { kind: 'too_far', latest }
  if (until <= plan.dueOn || until < today) return { kind: 'not_later' }
  const note: PostponeNote = { firstDueOn, until, reason }
  return {
    kind: 'postponed',
    until,
    count: before.length + 1,
    changes: [
      ...(await onto([plan], until, facts, at)),
      insert('AuditEntry', {
        at,
        actor: `staff:${staffId}`,
        action: VISIT_POSTPONED,
        subject: plan.id,
        detail: { ...note },
      }),
    ],
  }
}
