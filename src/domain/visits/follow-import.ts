/** What an imported household means for its visits. */
import { update, type Change } from '../../base/change.ts'
import { instant, type PlainDate } from '../../base/time.ts'
import { nextVisitOn, planFor, planOn, type PlanContext, type PlannedHousehold } from './plans.ts'

/** An import runs by a clock of its own: the tick sees what is new at its next look, and counts from then. */
const LOOKED_AT_ONCE = instant(0)

export interface OpenPlan {
  readonly id: string
  readonly plan: string
  readonly dueOn: string
  readonly assigneeId: string | null
  readonly revision: number
}

/**
 * A household without an open plan gets one where a rule fits; a later last visit settles the open one and plans the next;
 * another helper takes the open one over.
 */
export function visitsFollowing(
  household: PlannedHousehold & { readonly helperId: string | null },
  open: readonly OpenPlan[],
  context: Omit<PlanContext, 'assigneeId' | 'at'>,
): readonly Change[] {
  const [plan] = open
  const owner = { ...context, at: LOOKED_AT_ONCE, assigneeId: household.helperId }
  if (!plan) return planFor(household, owner)?.changes ?? []
  const rule = context.plans.rule(plan.plan)
  const last = household.lastVisitOn as PlainDate | null
  const due = last === null ? null : nextVisitOn(rule, last)
  if (due !== null && due > plan.dueOn) {
    return [
      update('VisitPlan', plan.id, plan.revision, { closedOn: last, openKey: null }),
      ...planOn(rule, household, due, owner).changes,
    ]
  }
  const takenOver = household.helperId !== null && household.helperId !== plan.assigneeId
  return takenOver ? [update('VisitPlan', plan.id, plan.revision, { assigneeId: household.helperId })] : []
}
