/** A colleague by name, among those who may open the matter. */
import type { PlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { mayOpen, readChain } from '../../domain/registry/responsible.ts'
import type { Casework } from '../casework.ts'

export type Colleague =
  | { readonly kind: 'found'; readonly staff: { readonly id: string; readonly name: string } }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'several' }

/** Whoever answers where the matter lies, or above it; of a matter that a level may not know of, from the next on. */
export async function colleagueNamed(
  { registry }: Pick<Casework, 'registry'>,
  name: string,
  matter: Pick<CaseRecord, 'territoryId' | 'seenFrom'>,
  on: PlainDate,
): Promise<Colleague> {
  const chain = await readChain(registry, matter.territoryId)
  const ids = [...new Set(chain.holders.map(({ staffId }) => staffId))]
  const wanted = name.replace(/\s+/gu, '')
  const named = (await registry.staff(ids)).filter((one) => one.name.replace(/\s+/gu, '') === wanted)
  const [staff, ...others] = named.filter(({ id }) => mayOpen(chain, id, on, matter.seenFrom))
  if (!staff) return { kind: 'unknown' }
  return others.length > 0 ? { kind: 'several' } : { kind: 'found', staff }
}
