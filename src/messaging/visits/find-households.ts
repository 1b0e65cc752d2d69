/** Households by the name that staff type, among those that they answer for. What lies elsewhere does not exist. */
import { householdsOf, type HouseholdSearch } from '../pickers.ts'
import type { StaffSpeaker } from '../handlers.ts'
import type { PickedHousehold, PickerReads } from '../ports.ts'

export type Named =
  | { readonly kind: 'one'; readonly household: PickedHousehold }
  | { readonly kind: 'none' }
  /** At least two of them. */
  | { readonly kind: 'several'; readonly households: readonly PickedHousehold[] }

export interface HouseholdFinder {
  /** `张国强`, `张国强家`, `阳孟村张国强`, `zgq`, `zhang guoqiang`. */
  find(name: string): Promise<Named>
}

export async function householdFinder(
  reads: PickerReads,
  staff: StaffSpeaker,
  /** What may stand behind a name: 家. */
  endings: readonly string[],
): Promise<HouseholdFinder> {
  const search = await householdsOf(reads, staff)
  return {
    async find(name) {
      const said = name.normalize('NFKC').replace(/\s+/g, '')
      const bare = endings.reduce(
        (text, ending) => (text.endsWith(ending) ? text.slice(0, -ending.length) : text),
        said,
      )
      const found = await named(search, said, bare)
      const [only] = found
      if (!only) return { kind: 'none' }
      return found.length === 1 ? { kind: 'one', household: only } : { kind: 'several', households: found }
    },
  }
}

async function named(search: HouseholdSearch, said: string, bare: string): Promise<readonly PickedHousehold[]> {
  if (/^[a-z']+$/i.test(said)) return search.sounding(said.toLowerCase())
  const whole = await search.named([...new Set([said, bare])])
  if (whole.length > 0) return whole
  // The place before the name.
  for (const length of [4, 3, 2]) {
    const head = [...bare].slice(-length).join('')
    const place = bare.slice(0, -head.length)
    if (place.length < 2) continue
    const there = (await search.named([head])).filter(
      ({ territoryName }) => territoryName.startsWith(place) || place.endsWith(territoryName),
    )
    if (there.length > 0) return there
  }
  return []
}
