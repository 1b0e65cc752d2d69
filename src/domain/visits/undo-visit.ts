/** A visit that was logged by mistake is taken back on the same day: everything is as it was before. */
import { insert, update, type Change } from '../../base/change.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import type { Watching } from '../watching.ts'
import type { VisitedHousehold, VisitPlanRecord, VisitRecord } from './ports.ts'

/** Name of the note about each visit that holds what was before (VisitUndo). */
export const VISIT_LOGGED = 'visit_logged'
export const VISIT_UNDONE = 'visit_undone'

export interface VisitUndo {
  readonly household: {
    readonly lastVisitOn: PlainDate | null
    readonly mutedUntil: PlainDate | null
    readonly mutedFor: string | null
  }
  readonly plans: readonly {
    readonly id: string
    readonly attempts: number
    readonly openKey: string | null
    readonly dueOn: PlainDate
  }[]
  /** Plans that came in their place. */
  readonly next: readonly string[]
  /** Numbers of matters that it opened. */
  readonly opened: readonly string[]
}

export interface UndoFacts {
  readonly visit: VisitRecord
  readonly before: VisitUndo
  readonly household: VisitedHousehold
  /** The plans of `before`, and those that came in their place. */
  readonly plans: readonly VisitPlanRecord[]
  readonly watching: Watching
}

/** The visit stays, marked; the plans that it settled are owed again by their own day, with their numbers. */
export async function decideUndo(
  { visit, before, household, plans, watching }: UndoFacts,
  staffId: string,
  at: Instant,
): Promise<readonly Change[]> {
  const made = plans.filter(({ id, closedOn }) => before.next.includes(id) && closedOn === null)
  const settled = before.plans.flatMap((was) => {
    const plan = plans.find(({ id }) => id === was.id)
    return plan ? [{ was, plan }] : []
  })
  return [
    update('Visit', visit.id, visit.revision, { undoneAt: at }),
    update('Household', household.id, household.revision, { ...before.household }),
    // The keys of those that came in their place are free before the others take them again.
    ...made.map(({ id, revision }) => update('VisitPlan', id, revision, { closedOn: visit.visitedOn, openKey: null })),
    ...(await Promise.all(made.map(({ id }) => watching.end(id, at)))).flat(),
    ...settled.map(({ was, plan }) =>
      update('VisitPlan', plan.id, plan.revision, {
        attempts: was.attempts,
        openKey: was.openKey,
        dueOn: was.dueOn,
        closedOn: null,
      }),
    ),
    ...(await Promise.all(settled.map(({ was, plan }) => watchedAgain(was, plan, watching, at)))).flat(),
    insert('AuditEntry', { at, actor: `staff:${staffId}`, action: VISIT_UNDONE, subject: visit.id, detail: {} }),
  ]
}

/** What was settled goes on where its ladder stood; what was put off has its old day again. */
async function watchedAgain(
  was: VisitUndo['plans'][number],
  plan: VisitPlanRecord,
  watching: Watching,
  at: Instant,
): Promise<readonly Change[]> {
  if (plan.closedOn !== null) return watching.resume(plan.id, at)
  return plan.dueOn === was.dueOn ? [] : watching.restart('visit', plan.id, at)
}
