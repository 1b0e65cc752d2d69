/** What a move is decided from, and with which roles somebody moves. */
import { dateAt, type Instant } from '../../base/time.ts'
import type { MoveFacts, Mover } from '../../domain/cases/move-terms.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { keysOfDays, stagesAt } from '../../domain/cases/stages-at.ts'
import { LISTS } from '../../domain/registry/import/vocabulary.ts'
import { isThere } from '../../domain/registry/responsible.ts'
import type { Casework } from '../casework.ts'
import { levelOf, reaches } from '../scope.ts'

/** Counts only for a matter that one has. */
const HELPER = 'responsible_helper'
/** Counts only for a matter that was handed to one. */
const DEPARTMENT = 'department_officer'

export async function moveFacts(casework: Casework, matter: CaseRecord): Promise<MoveFacts> {
  const { progress, registry, settings, stages } = casework
  const [timeline, verifications, confirmations, measures, isWithoutLabour, lineage, days] = await Promise.all([
    progress.timeline(matter.id),
    progress.verificationsOf(matter.id),
    progress.confirmationsOf(matter.id),
    progress.measuresOf(matter.id),
    matter.householdId === null ? false : progress.isWithoutLabour(matter.householdId),
    registry.lineage(matter.territoryId),
    settings.settings(keysOfDays(stages, matter.kind)),
  ])
  return {
    ...casework,
    stages: stagesAt(stages, lineage, days),
    timeline,
    verifications,
    confirmations,
    measures,
    isWithoutLabour,
  }
}

/** The roles that reach the place of the matter: held there or above it, and of a level that may know of it. */
export async function moverOf(
  { registry, progress }: Pick<Casework, 'registry' | 'progress'>,
  matter: CaseRecord,
  by: { readonly kind: Mover['kind']; readonly id: string | null },
  at: Instant,
  zone: string,
): Promise<Mover> {
  if (by.kind !== 'staff' || by.id === null) return { ...by, roles: [] }
  const on = dateAt(at, zone)
  const lineage = await registry.lineage(matter.territoryId)
  const paths = new Map(lineage.map((place) => [place.id, place.path]))
  const held = (await registry.holders([...paths.keys()], LISTS.role)).filter(
    (holder) =>
      holder.staffId === by.id &&
      isThere(holder.leftOn, on) &&
      reaches(levelOf({ role: holder.role, path: paths.get(holder.territoryId) ?? '' }), matter.seenFrom),
  )
  const roles = new Set(held.map(({ role }) => role).filter((role) => role !== HELPER && role !== DEPARTMENT))
  if (matter.seenFrom === null && (await isHelper(registry, matter, by.id))) roles.add(HELPER)
  if (await isHanded(progress, matter, by.id, held)) roles.add(DEPARTMENT)
  return { ...by, roles: [...roles] }
}

async function isHelper(registry: Casework['registry'], matter: CaseRecord, staffId: string): Promise<boolean> {
  if (matter.assigneeId === staffId) return true
  if (matter.householdId === null) return false
  const [household] = await registry.households([matter.householdId])
  return household?.helperId === staffId
}

async function isHanded(
  progress: Casework['progress'],
  matter: CaseRecord,
  staffId: string,
  held: readonly { readonly role: string }[],
): Promise<boolean> {
  const referrals = await progress.referredTo(matter.id)
  if (referrals.some(({ toId }) => toId === staffId)) return true
  const isOfficer = held.some(({ role }) => role === DEPARTMENT)
  return isOfficer && referrals.some(({ toId, department }) => toId === null && department !== null)
}
