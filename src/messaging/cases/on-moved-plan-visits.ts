/** Which visits begin and end with the stages of a matter: monthly from the county's confirmation on, look-back after removal. */
import { update, type Change } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import { event } from '../../domain/cases/report.ts'
import { ownerIn, readChain } from '../../domain/registry/responsible.ts'
import { nextDueOn } from '../../domain/visits/occurrence.ts'
import { openKeyOf, planOn } from '../../domain/visits/plans.ts'
import type { VisitPlanRecord } from '../../domain/visits/ports.ts'
import type { Casework } from '../casework.ts'
import type { StageChange, StageConsequence, StageHook } from '../stage-hooks.ts'
import { LOOKED_BACK_FROM } from '../visits/made-visit.ts'

/** Nothing more is owed for a matter that came to nothing. */
const CAME_TO_NOTHING: readonly string[] = ['withdrawn', 'merged', 'duplicate', 'not_included']

export const onMovedPlanVisits =
  (casework: Casework): StageHook =>
  async (change) => {
    const { after } = change
    const open = await casework.visits.openPlansFor(after.id)
    const ended = open.filter(
      (plan) => CAME_TO_NOTHING.includes(after.stage) || casework.plans.rule(plan.plan).ends.includes(after.stage),
    )
    const closed = await Promise.all(ended.map((plan) => closing(casework, plan, change)))
    return { changes: [...closed.flat(), ...(await begun(casework, change, ended))], notices: [] }
  }

async function closing(
  { watching }: Casework,
  plan: VisitPlanRecord,
  { at, zone }: StageChange,
): Promise<readonly Change[]> {
  return [
    update('VisitPlan', plan.id, plan.revision, { closedOn: dateAt(at, zone), openKey: null }),
    ...(await watching.end(plan.id, at)),
  ]
}

async function begun(
  casework: Casework,
  { after, at, zone, ids, by }: StageChange,
  ended: readonly VisitPlanRecord[],
): Promise<StageConsequence['changes']> {
  const rules = casework.plans.rules.filter(({ begins }) => begins.includes(after.stage))
  if (rules.length === 0 || after.householdId === null) return []
  const [household] = await casework.visits.visited([after.householdId])
  if (!household || household.closedOn !== null) return []
  const open = await casework.visits.openPlansOf([household.id])
  const standing = new Set(open.filter((plan) => !ended.some(({ id }) => id === plan.id)).map(({ openKey }) => openKey))
  const on = dateAt(at, zone)
  const days = casework.calendar.forPlace(household.territoryId)
  const chain = household.helperId === null ? await readChain(casework.registry, household.territoryId) : null
  const assigneeId = household.helperId ?? (chain ? ownerIn(chain, on) : null)
  return rules
    .filter(({ plan }) => !standing.has(openKeyOf(plan, household.id)))
    .flatMap((rule): Change[] => {
      const last = rule.anchor === 'last_visit' ? (household.lastVisitOn ?? on) : on
      const due = nextDueOn(rule, { last, entered: on }, days)
      // Whoever was visited long ago is not overdue on the day on which it is decided.
      const fair = due < on ? nextDueOn(rule, { last: on, entered: on }, days) : due
      const muted = household.mutedUntil
      const dueOn = muted !== null && muted > fair ? muted : fair
      const about = { territoryId: household.territoryId, householdId: household.id, caseId: after.id }
      return [
        ...planOn(rule, about, dueOn, { watching: casework.watching, assigneeId, at, ids }).changes,
        ...(rule.anchor === 'stage_entered' ? [event(ids, after.id, at, by, LOOKED_BACK_FROM, on)] : []),
      ]
    })
}
