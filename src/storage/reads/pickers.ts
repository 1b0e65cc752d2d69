import type { PickedHousehold, PickerReads } from '../../messaging/ports.ts'
import type { RowSource, Where } from '../row-source.ts'
import { byText, inParts } from './lists.ts'

const HOUSEHOLD = ['id', 'head', 'size', 'territoryId'] as const

/** @param within as in the registry's reads */
export function pickerReads(rows: RowSource, within: PickerReads['within']): PickerReads {
  const withPlaces = async (found: readonly Omit<PickedHousehold, 'territoryName'>[]): Promise<PickedHousehold[]> => {
    const ids = [...new Set(found.map(({ territoryId }) => territoryId))]
    const places = await inParts(ids, (part) =>
      rows.find('Territory', { columns: ['id', 'name'], where: { id: { in: part } } }),
    )
    const names = new Map(places.map((place) => [place.id, place.name]))
    return found.map((household) => ({ ...household, territoryName: names.get(household.territoryId) ?? '' }))
  }

  const search = async (where: Where<'Household'>, territoryIds: readonly string[] | null, limit: number) => {
    const find = (part: Where<'Household'>) =>
      rows.find('Household', { columns: HOUSEHOLD, where: { ...where, ...part }, order: ['head', 'id'], limit })
    const found =
      territoryIds === null
        ? await find({})
        : await inParts(territoryIds, (part) => find({ territoryId: { in: part } }))
    found.sort(
      byText(
        (household) => household.head,
        (household) => household.id,
      ),
    )
    return withPlaces(found.slice(0, limit))
  }

  return {
    within,
    territoryCount: () => rows.count('Territory', {}),
    territoriesAt: (level) =>
      rows.find('Territory', { columns: ['path', 'name', 'pinyin', 'initials'], where: { level }, order: ['path'] }),
    householdsNamed: (names, territoryIds, limit) => search({ head: { in: names } }, territoryIds, limit),
    householdsSounding: (sound, territoryIds, limit) =>
      search({ or: [{ headPinyin: sound }, { headInitials: sound }] }, territoryIds, limit),
    householdsHelpedBy: (helperId, limit) => search({ helperId }, null, limit),
    coursesFrom: (on, limit) =>
      rows.find('Course', {
        columns: ['id', 'title', 'place', 'startsOn'],
        where: { startsOn: { gte: on } },
        order: ['startsOn', 'id'],
        limit,
      }),
  }
}
