/** The visits that households of a file and their members are owed: a plan for each, by the same rules as everywhere. */
import type { Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { instant, type Instant, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../../domain/calendar/working-days.ts'
import type { HouseholdRecord } from '../../domain/registry/import/households.ts'
import type { ImportedHousehold, ImportedMember, ImportReads } from '../../domain/registry/import/ports.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import { ownerIn, readChain } from '../../domain/registry/responsible.ts'
import {
  memberVisitsFollowing,
  visitsFollowing,
  type FollowContext,
  type PlannedHousehold,
} from '../../domain/visits/follow-import.ts'
import type { VisitPlans } from '../../domain/visits/plans.ts'
import type { Watching } from '../../domain/watching.ts'

/** An open visit plan of a household, as imports read it. */
export type OpenPlan = Awaited<ReturnType<ImportReads['openPlans']>>[number]

export interface VisitPlanning {
  /** Reads what `following` needs for households of these places and with these open plans. */
  prepare(territoryIds: readonly string[], open: readonly OpenPlan[]): Promise<void>
  /**
   * What follows when a household is new, or its helper, place, last visit or kind changed.
   * @param visited it was the last visit that changed
   */
  following(household: HouseholdRecord, open: readonly OpenPlan[], visited: boolean): readonly Change[]
  /** What follows when a member is new, or somebody is to be looked after who was not. */
  memberFollowing(member: ImportedMember, household: ImportedHousehold, open: readonly OpenPlan[]): readonly Change[]
}

export interface PlanningOptions {
  readonly registry: RegistryReads
  readonly plans: VisitPlans
  readonly watching: Watching
  readonly calendar: WorkingCalendar
  readonly ids: IdSource
  readonly at: Instant
  readonly today: PlainDate
}

export function visitPlanning({ registry, plans, watching, calendar, ids, at, today }: PlanningOptions): VisitPlanning {
  /** Who answers for a place: owes the visit where a household has no helper. */
  const responsible = new Map<string, string | null>()
  /** Changes that end what is watched about a plan. */
  const endings = new Map<string, readonly Change[]>()

  const contextOf = (
    household: PlannedHousehold & { readonly helperId: string | null },
    visited: boolean,
  ): FollowContext => ({
    plans,
    watching,
    calendar: calendar.forPlace(household.territoryId),
    assigneeId: household.helperId ?? responsible.get(household.territoryId) ?? null,
    at: beganAt(household.lastVisitOn, at),
    ids,
    today,
    visited,
    ended: (planId) => endings.get(planId) ?? [],
  })

  return {
    async prepare(territoryIds, open) {
      for (const id of territoryIds) {
        if (responsible.has(id)) continue
        responsible.set(id, ownerIn(await readChain(registry, id), today))
      }
      for (const plan of open) endings.set(plan.id, await watching.end(plan.id, at))
    },
    following: (household, open, visited) => visitsFollowing(household, open, contextOf(household, visited)),
    memberFollowing: (member, household, open) =>
      memberVisitsFollowing(member, household, open, contextOf(household, false)),
  }
}

/** A visit is owed from the day of the last one on, not from the day on which somebody imported a file. */
const beganAt = (lastVisitOn: string | null, at: Instant): Instant =>
  lastVisitOn === null ? at : instant(Math.min(at, Date.parse(`${lastVisitOn}T00:00:00Z`)))
