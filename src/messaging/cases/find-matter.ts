/** A matter that staff name by its number: what is not theirs to know of does not exist. */
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { TerritoryRecord } from '../../domain/registry/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { StaffSpeaker } from '../handlers.ts'
import { covers, maySee } from '../scope.ts'

export type FoundMatter =
  | { readonly kind: 'found'; readonly matter: CaseRecord; readonly place: TerritoryRecord | null }
  /** Of another series: a visit, a task; or of nothing. */
  | { readonly kind: 'none'; readonly say: TextRef }
  | { readonly kind: 'refused'; readonly say: TextRef }

export async function findMatter(
  { cases, registry }: Pick<Casework, 'cases' | 'registry'>,
  number: string,
  staff: StaffSpeaker,
): Promise<FoundMatter> {
  const say = (key: string): TextRef => ({ key: `cases:staff.${key}`, params: { number } })
  if (!isMatterNumber(number)) return { kind: 'refused', say: say('bad_number') }
  const matter = await cases.caseByNumber(number)
  if (!matter) return { kind: 'none', say: say('unknown_number') }
  const [place = null] = await registry.territories([matter.territoryId])
  if (!maySee(staff, matter.seenFrom, place?.path ?? '')) return { kind: 'none', say: say('unknown_number') }
  if (place !== null && covers(staff, place.path)) return { kind: 'found', matter, place }
  if (matter.assigneeId === staff.id) return { kind: 'found', matter, place }
  const [household] = matter.householdId === null ? [] : await registry.households([matter.householdId])
  return household?.helperId === staff.id ? { kind: 'found', matter, place } : { kind: 'refused', say: say('no_scope') }
}
