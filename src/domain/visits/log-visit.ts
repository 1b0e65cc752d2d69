/** A visit that was made: it is kept, and clears the plan it was owed under. */
import { insert, seal, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { daysBetween, type Instant, type PlainDate } from '../../base/time.ts'
import type { HouseholdRecord } from '../registry/ports.ts'
import type { Watching } from '../watching.ts'
import { nextVisitOn, planOn, type VisitPlans } from './plans.ts'
import type { VisitPlanRecord } from './ports.ts'

export interface LoggedVisit {
  readonly staffId: string
  readonly visitedOn: PlainDate
  readonly mode: 'in_person' | 'phone'
  readonly met: 'self' | 'family' | 'none'
  readonly changes: readonly string[]
  readonly gaps: readonly string[]
  readonly measures: string | null
  readonly wish: string | null
  /** Day that was agreed for the next visit. */
  readonly nextOn: PlainDate | null
  readonly submissionId: string | null
}

export interface VisitDecision {
  readonly changes: readonly Change[]
  /** Nobody was met. */
  readonly attempt: boolean
  /** Met, but the plan asks for a visit in person. */
  readonly callOnly: boolean
  /** Days after the plan's day; 0 when in time. */
  readonly lateDays: number
  readonly cleared: VisitPlanRecord | null
  readonly next: VisitPlanRecord | null
}

/**
 * An attempt, a call where a visit in person is owed, and a visit from before the last known one leave the plan standing.
 * @param plan the household's open plan
 */
export async function decideVisit(
  visit: LoggedVisit,
  household: HouseholdRecord,
  plan: VisitPlanRecord | null,
  facts: { readonly plans: VisitPlans; readonly watching: Watching },
  at: Instant,
  ids: IdSource,
): Promise<VisitDecision> {
  const attempt = visit.met === 'none'
  const callOnly = !attempt && plan?.mode === 'in_person' && visit.mode === 'phone'
  const isNews = household.lastVisitOn === null || visit.visitedOn > household.lastVisitOn
  const cleared = plan && !attempt && !callOnly && isNews ? plan : null
  const lateDays = cleared ? Math.max(0, daysBetween(cleared.dueOn, visit.visitedOn)) : 0

  const changes: Change[] = [
    insert('Visit', {
      id: ids.next(),
      householdId: household.id,
      territoryId: household.territoryId,
      planId: plan?.id ?? null,
      number: plan?.number ?? null,
      staffId: visit.staffId,
      visitedOn: visit.visitedOn,
      mode: visit.mode,
      met: visit.met,
      changes: visit.changes.join(' '),
      gaps: visit.gaps.join(' '),
      measures: visit.measures,
      wish: visit.wish === null ? null : seal(visit.wish),
      nextOn: visit.nextOn,
      attempt,
      late: lateDays > 0,
      submissionId: visit.submissionId,
      loggedAt: at,
    }),
  ]
  if (!attempt && !callOnly && isNews) {
    changes.push(update('Household', household.id, household.revision, { lastVisitOn: visit.visitedOn }))
  }
  if (!cleared) return { changes, attempt, callOnly, lateDays, cleared, next: null }

  const rule = facts.plans.rule(cleared.plan)
  const following = planOn(rule, household, visit.nextOn ?? nextVisitOn(rule, visit.visitedOn), {
    watching: facts.watching,
    assigneeId: cleared.assigneeId,
    at,
    ids,
  })
  changes.push(
    update('VisitPlan', cleared.id, cleared.revision, { closedOn: visit.visitedOn, openKey: null }),
    ...(await facts.watching.end(cleared.id, at)),
    ...following.changes,
  )
  return { changes, attempt, callOnly, lateDays, cleared, next: following.plan }
}
