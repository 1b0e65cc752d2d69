import type { RegistryReads } from '../../domain/registry/ports.ts'
import type { PickedHousehold, PickedMatter, PickerReads } from '../../messaging/ports.ts'
import type { Query, RowSource, Where } from '../row-source.ts'
import { byText, inParts } from './lists.ts'

const HOUSEHOLD = ['id', 'head', 'size', 'territoryId'] as const
const MATTER = [
  'number',
  'kind',
  'identityId',
  'profileId',
  'personName',
  'householdId',
  'territoryId',
  'assigneeId',
  'seenFrom',
] as const

export function pickerReads(
  rows: RowSource,
  { within, lineage }: Pick<RegistryReads, 'within' | 'lineage'>,
): PickerReads {
  const withPlaces = async <Found extends { readonly territoryId: string }>(found: readonly Found[]) => {
    const ids = [...new Set(found.map(({ territoryId }) => territoryId))]
    const places = await inParts(ids, (part) =>
      rows.find('Territory', { columns: ['id', 'name'], where: { id: { in: part } } }),
    )
    const names = new Map(places.map((place) => [place.id, place.name]))
    return found.map((one) => ({ ...one, territoryName: names.get(one.territoryId) ?? '' }))
  }

  const matters = async (query: Omit<Query<'Case'>, 'columns'>): Promise<PickedMatter[]> =>
    withPlaces(await rows.find('Case', { ...query, columns: MATTER }))

  const search = async (
    where: Where<'Household'>,
    territoryIds: readonly string[] | null,
    limit: number,
  ): Promise<PickedHousehold[]> => {
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
    above: async (territoryId) => (await lineage(territoryId)).slice(1).map(({ id }) => id),
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

    async household(id) {
      const found = await rows.find('Household', { columns: HOUSEHOLD, where: { id }, limit: 1 })
      return (await withPlaces(found))[0] ?? null
    },
    async roster(householdId) {
      const members = await rows.find('Member', { columns: ['name'], where: { householdId }, order: ['id'] })
      return members.map(({ name }) => name)
    },
    async territoriesIn(territoryIds, level) {
      const found = await inParts(territoryIds, (part) =>
        rows.find('Territory', { columns: ['path', 'name'], where: { id: { in: part }, level } }),
      )
      return found.sort(byText(({ path }) => path))
    },
    async staffIn(territoryIds, on) {
      const held = await inParts(territoryIds, (part) =>
        rows.find('StaffRole', { columns: ['staffId'], where: { territoryId: { in: part } } }),
      )
      const staff = await inParts([...new Set(held.map(({ staffId }) => staffId))], (part) =>
        rows.find('Staff', { columns: ['id', 'name', 'leftOn'], where: { id: { in: part } } }),
      )
      const there = staff.filter(({ leftOn }) => leftOn === null || on < leftOn).map(({ id, name }) => ({ id, name }))
      return there.sort(
        byText(
          ({ name }) => name,
          ({ id }) => id,
        ),
      )
    },
    mattersOf: (identityId, limit) =>
      matters({ where: { identityId }, order: [{ down: 'openedAt' }, { down: 'id' }], limit }),
    mattersAssignedTo: (assigneeId, limit) =>
      matters({ where: { assigneeId, closedAt: null }, order: ['openedAt', 'id'], limit }),
    mattersNamed: (names, limit) =>
      matters({ where: { personName: { in: names }, closedAt: null }, order: ['openedAt', 'id'], limit }),
    mattersAbout: (householdIds) =>
      inParts(householdIds, (part) =>
        matters({ where: { householdId: { in: part }, closedAt: null }, order: ['openedAt', 'id'] }),
      ),
    matterNumbered: async (number) => (await matters({ where: { number }, limit: 1 }))[0] ?? null,
  }
}
