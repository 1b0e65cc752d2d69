/** Finds people of the roster for rows of a sheet, a batch at a time. */
import { openCaseOf } from '../../domain/comparison/open-lead.ts'
import { matchRow, type Match } from '../../domain/comparison/match.ts'
import type { ComparisonReads, RosterPerson } from '../../domain/comparison/ports.ts'
import { identityText, type ComparedPerson } from '../../domain/comparison/row.ts'
import { villageFinder } from '../../domain/comparison/village-in.ts'
import { placeIndex } from '../../domain/registry/import/place-index.ts'
import type { ImportReads } from '../../domain/registry/import/ports.ts'
import { keyOf } from '../../domain/settings/catalogue.ts'
import type { SettingReads, SettingRecord } from '../../domain/settings/ports.ts'
import { settingAt } from '../../domain/settings/settings.ts'

export interface Comparer {
  hash(person: ComparedPerson): string
  match(rows: readonly { readonly person: ComparedPerson; readonly kind: string }[]): Promise<readonly Compared[]>
  /** The threshold of a kind that holds everywhere: of the one county, else of the whole installation. */
  threshold(kind: string): Promise<number | null>
}

export type Compared = Match & { readonly villageId: string | null }

const LIST_LIMIT = 500

export async function comparer(storage: {
  readonly imports: ImportReads
  readonly comparison: ComparisonReads
  readonly settings: SettingReads
}): Promise<Comparer> {
  const { comparison, settings } = storage
  const territories = await storage.imports.territories()
  const places = placeIndex(territories)
  const villages = villageFinder(places, territories)
  const counties = territories.filter(({ level }) => level === 'county')
  const thresholds = new Map<string, readonly SettingRecord[]>()

  const entered = async (kind: string): Promise<readonly SettingRecord[]> => {
    const key = keyOf('comparison_threshold', kind)
    const known = thresholds.get(kind) ?? (await settings.settings([key]))
    thresholds.set(kind, known)
    return known
  }

  return {
    hash: (person) => comparison.rowHash(identityText(person)),
    async threshold(kind) {
      const [county] = counties
      const lineage = county && counties.length === 1 ? places.lineage(county.id) : []
      return settingAt(keyOf('comparison_threshold', kind), lineage, await entered(kind))?.value ?? null
    },
    async match(rows) {
      const byId = await comparison.byIdNumber(rows.flatMap(({ person }) => person.idNumber ?? []))
      const found = rows.map(({ person }) => ({
        byId: (person.idNumber === null ? undefined : byId.get(person.idNumber)) ?? null,
        village: villages.find(person.places),
      }))
      const names = rows.flatMap(({ person }, place) =>
        found[place]?.byId || !found[place]?.village || person.name === null ? [] : [person.name],
      )
      const people = names.length === 0 ? [] : await comparison.byName([...new Set(names)])
      const ids = [...byId.values(), ...people].map(({ householdId }) => householdId)
      const households = new Map(
        (await inLists([...new Set(ids)], comparison.rosterHouseholds)).map((one) => [one.id, one]),
      )
      const cases = await inLists(
        [...new Set([...byId.values()].map(({ householdId }) => householdId))],
        comparison.casesOfHouseholds,
      )
      const isIn = (person: RosterPerson, villageId: string) => {
        const household = households.get(person.householdId)
        return household !== undefined && places.lineage(household.territoryId).some(({ id }) => id === villageId)
      }
      const compared: Compared[] = []
      for (const [place, { person, kind }] of rows.entries()) {
        const { byId: one = null, village = null } = found[place] ?? {}
        const rates = await entered(kind)
        const match = matchRow(person, {
          byId: one,
          namesakes: village ? people.filter((each) => each.name === person.name && isIn(each, village.id)) : [],
          households,
          openCase: (householdId) => openCaseOf(cases.filter((matter) => matter.householdId === householdId)),
          threshold: (territoryId) =>
            settingAt(keyOf('comparison_threshold', kind), places.lineage(territoryId), rates)?.value ?? null,
        })
        compared.push({ ...match, villageId: village?.id ?? null })
      }
      return compared
    },
  }
}

async function inLists<Found>(
  ids: readonly string[],
  read: (part: readonly string[]) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const all: Found[] = []
  for (let start = 0; start < ids.length; start += LIST_LIMIT)
    all.push(...(await read(ids.slice(start, start + LIST_LIMIT))))
  return all
}
