/** Who hears a villager's words: whoever was asked before, or stands in; else who answers for the place and can be reached. */
import type { PlainDate } from '../../base/time.ts'
import type { RegistryReads, TerritoryRecord } from '../../domain/registry/ports.ts'
import { answererIn, isReachable, mayOpen, reachableIn, readChain } from '../../domain/registry/responsible.ts'

export interface Duty {
  readonly staffId: string
  readonly name: string
  /** Of the place that they work for. */
  readonly place: string
}

export interface DutyFound {
  /** Null when nobody up to the county can be reached. */
  readonly duty: Duty | null
  /** The villager's place first, then what it lies in. */
  readonly lineage: readonly TerritoryRecord[]
}

export async function onDuty(
  registry: RegistryReads,
  territoryId: string,
  askedId: string | null,
  on: PlainDate,
): Promise<DutyFound> {
  const chain = await readChain(registry, territoryId)
  const { lineage } = chain
  const asked = askedId !== null && mayOpen(chain, askedId, on) ? answererIn(chain, askedId, on) : null
  const staffId = asked !== null && isReachable(chain, asked) ? asked : (reachableIn(chain, on)[0] ?? null)
  const [staff] = staffId === null ? [] : await registry.staff([staffId])
  if (!staff) return { duty: null, lineage }
  const place = lineage.find(({ id }) =>
    chain.holders.some((one) => one.staffId === staff.id && one.territoryId === id),
  )
  return { duty: { staffId: staff.id, name: staff.name, place: place?.name ?? '' }, lineage }
}
