/** A colleague by name, among those who may open the matter. */
import type { PlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Casework } from '../casework.ts'
import type { PickerReads } from '../ports.ts'
import { reaches } from '../scope.ts'

export type Colleague =
  | { readonly kind: 'found'; readonly staff: { readonly id: string; readonly name: string } }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'several' }

/** Whoever holds a role where the matter lies, or above it; of a matter that a level may not know of, from the next on. */
export async function colleagueNamed(
  { registry }: Pick<Casework, 'registry'>,
  pickers: Pick<PickerReads, 'staffIn'>,
  name: string,
  matter: Pick<CaseRecord, 'territoryId' | 'seenFrom'>,
  on: PlainDate,
): Promise<Colleague> {
  const lineage = await registry.lineage(matter.territoryId)
  const places = lineage.filter(({ level }) => reaches(level, matter.seenFrom))
  const all = await pickers.staffIn(
    places.map(({ id }) => id),
    on,
  )
  const wanted = name.replace(/\s+/gu, '')
  const found = [
    ...new Map(all.filter((one) => one.name.replace(/\s+/gu, '') === wanted).map((one) => [one.id, one])).values(),
  ]
  const [staff] = found
  if (!staff) return { kind: 'unknown' }
  return found.length > 1 ? { kind: 'several' } : { kind: 'found', staff }
}
