/** The visits that households of a file are owed: a plan for each, by the same rules as everywhere. */
import { update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { instant, type Instant, type PlainDate } from '../../base/time.ts'
import type { HouseholdRecord } from '../../domain/registry/import/households.ts'
import type { ImportReads } from '../../domain/registry/import/ports.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import { readChain, responsibleIn } from '../../domain/registry/responsible.ts'
import { nextVisitOn, planFor, type VisitPlans } from '../../domain/visits/plans.ts'
import type { Watching } from '../../domain/watching.ts'

/** The open visit plan of a household, as imports read it. */
export type OpenPlan = Awaited<ReturnType<ImportReads['openPlans']>>[number]

export interface VisitPlanning {
  /** Reads what `following` needs for households of these places and with these open plans. */
  prepare(territoryIds: readonly string[], open: readonly OpenPlan[]): Promise<void>
  /** What follows when a household is new, or its helper, place, last visit or kind changed. */
  following(household: HouseholdRecord, open: readonly OpenPlan[]): readonly Change[]
}

export interface PlanningOptions {
  readonly registry: RegistryReads
  readonly plans: VisitPlans
  readonly watching: Watching
  readonly ids: IdSource
  readonly at: Instant
  readonly today: PlainDate
}

export function visitPlanning({ registry, plans, watching, ids, at, today }: PlanningOptions): VisitPlanning {
  /** Who answers for a place: owes the visit where a household has no helper. */
  const responsible = new Map<string, string | null>()
  /** Changes that end what is watched about a plan. */
  const endings = new Map<string, readonly Change[]>()

  const begin = (household: HouseholdRecord, assigneeId: string | null): readonly Change[] =>
    planFor(household, { plans, watching, assigneeId, today, at: beganAt(household, at), ids })?.changes ?? []

  return {
    async prepare(territoryIds, open) {
      for (const id of territoryIds) {
        if (!responsible.has(id)) responsible.set(id, responsibleIn(await readChain(registry, id), today))
      }
      for (const plan of open) endings.set(plan.id, await watching.end(plan.id, at))
    },
    following(household, open) {
      const assigneeId = household.helperId ?? responsible.get(household.territoryId) ?? null
      const [plan] = open
      if (!plan) return begin(household, assigneeId)
      const last = household.lastVisitOn as PlainDate | null
      const dueOn = last === null ? plan.dueOn : nextVisitOn(plans.rule(plan.plan), last)
      if (dueOn !== plan.dueOn || household.territoryId !== plan.territoryId) {
        // Another day or another place is another occurrence: what was said about the old one is settled.
        return [
          update('VisitPlan', plan.id, plan.revision, { closedOn: last ?? today, openKey: null }),
          ...(endings.get(plan.id) ?? []),
          ...begin(household, assigneeId),
        ]
      }
      if (assigneeId === plan.assigneeId) return []
      return [update('VisitPlan', plan.id, plan.revision, { assigneeId })]
    },
  }
}

/** A visit is owed from the day of the last one on, not from the day on which somebody imported a file. */
function beganAt({ lastVisitOn }: HouseholdRecord, at: Instant): Instant {
  return lastVisitOn === null ? at : instant(Math.min(at, Date.parse(`${lastVisitOn}T00:00:00Z`)))
}
