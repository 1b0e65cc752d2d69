/** The visit that a number means, for somebody who may answer for it. */
import type { VisitedHousehold, VisitPlanRecord } from '../../domain/visits/ports.ts'
import type { Casework } from '../casework.ts'
import type { StaffSpeaker } from '../handlers.ts'
import { covers } from '../scope.ts'
import { lastShown } from './shown-list.ts'

export type Answerable =
  | { readonly kind: 'visit'; readonly plan: VisitPlanRecord; readonly household: VisitedHousehold }
  | { readonly kind: 'site'; readonly plan: VisitPlanRecord }
  /** Why not: a key of the locales. */
  | { readonly kind: 'refused'; readonly key: string }

/**
 * @param number of the visit, or its place in the list that was shown last
 * @returns null when the number is no visit's
 */
export async function answerablePlan(
  casework: Casework,
  { identityId, staff }: { readonly identityId: string; readonly staff: StaffSpeaker },
  number: string,
): Promise<Answerable | null> {
  const plan = isPlace(number)
    ? await placed(casework, identityId, Number(number))
    : await casework.visits.planByNumber(number)
  if (!plan) return null
  const [place] = await casework.registry.territories([plan.territoryId])
  const isTheirs = plan.assigneeId === staff.id || (place !== undefined && covers(staff, place.path))
  if (!isTheirs) return { kind: 'refused', key: 'cases:staff.no_scope' }
  if (plan.closedOn !== null) return { kind: 'refused', key: 'visits:answer.settled' }
  if (plan.householdId === null) return { kind: 'site', plan }
  const [household] = await casework.visits.visited([plan.householdId])
  return household ? { kind: 'visit', plan, household } : { kind: 'refused', key: 'cases:staff.not_open' }
}

const isPlace = (number: string): boolean => number.length <= 2

async function placed({ visits }: Casework, identityId: string, place: number): Promise<VisitPlanRecord | null> {
  const item = (await lastShown(visits, identityId))?.[place - 1]
  if (item?.kind !== 'visit') return null
  return (await visits.plans([item.id]))[0] ?? null
}
