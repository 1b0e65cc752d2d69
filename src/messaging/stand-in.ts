/** What is owed to somebody who is away reaches who stands in. */
import { dateAt, type Instant, type PlainDate } from '../base/time.ts'
import { standIn } from '../domain/registry/cover.ts'
import type { RegistryReads } from '../domain/registry/ports.ts'
import { mayOpen, readChain } from '../domain/registry/responsible.ts'

/** @returns the staff id itself for whoever is there, and where nobody stands in for all that the person answers for */
export type StandInOf = (staffId: string, at: Instant) => Promise<string>

export const standInOf =
  (registry: RegistryReads, zone: string): StandInOf =>
  async (staffId, at) => {
    const on = dateAt(at, zone)
    if ((await registry.coversOn([staffId], on)).length === 0) return staffId
    const places = [...new Set((await registry.rolesOf([staffId])).map(({ territoryId }) => territoryId))]
    const chains = await Promise.all(places.map((id) => readChain(registry, id)))
    const [found, ...others] = chains.map((chain) => standIn(staffId, chain.covers, (id) => mayOpen(chain, id, on), on))
    return found && others.every((other) => other === found) ? found : staffId
  }

/** @returns whose work somebody does on that day: the own, and that of everybody whom that one stands in for */
export async function worksFor(
  registry: Pick<RegistryReads, 'coveredBy'>,
  staffId: string,
  on: PlainDate,
): Promise<readonly string[]> {
  const covers = await registry.coveredBy([staffId], on)
  return [...new Set([staffId, ...covers.map((cover) => cover.staffId)])]
}
