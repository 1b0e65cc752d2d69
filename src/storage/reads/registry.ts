/** Reads of places, people and groups for the rules. */
import type { PlainDate } from '../../base/time.ts'
import type {
  CoverRecord,
  HouseholdRecord,
  RegistryReads,
  RoleRecord,
  StaffRecord,
  TerritoryRecord,
} from '../../domain/registry/ports.ts'
import type { RowSource, Where } from '../row-source.ts'
import { byId, byText, inParts, wordsOf } from './lists.ts'

const TERRITORY = ['id', 'path', 'name', 'level', 'parentId', 'zone', 'publicPhone'] as const
const STAFF = ['id', 'name', 'phone', 'position', 'leftOn'] as const
const COVER = ['id', 'staffId', 'byStaffId', 'fromOn', 'toOn', 'revision'] as const
const onDay = (on: PlainDate) => ({ endedAt: null, fromOn: { lte: on }, toOn: { gte: on } })
const GROUP = ['id', 'channel', 'chat', 'territoryId', 'purposes', 'audience'] as const

/** Levels of a tree of places, far more than any has: a loop in the data ends here. */
const DEEPEST = 20

export function registryReads(rows: RowSource): RegistryReads {
  const territories = async (ids: readonly string[]): Promise<TerritoryRecord[]> =>
    inParts(ids, (part) => rows.find('Territory', { columns: TERRITORY, where: { id: { in: part } }, order: ['id'] }))

  const groups = async (where: Parameters<typeof rows.find<'GroupChat'>>[1]['where']) => {
    const found = await rows.find('GroupChat', { columns: GROUP, ...(where && { where }), order: ['id'] })
    return found.map((group) => ({ ...group, purposes: wordsOf(group.purposes) }))
  }

  const staff = async (where: Where<'Staff'>): Promise<StaffRecord[]> =>
    (await rows.find('Staff', { columns: STAFF, where, order: ['id'] })) as StaffRecord[]

  const held = async (where: (part: readonly string[]) => Where<'StaffRole'>, values: readonly string[]) => {
    const found = await inParts(values, (part) =>
      rows.find('StaffRole', { columns: ['staffId', 'role', 'territoryId'], where: where(part) }),
    )
    const staffIds = [...new Set(found.map(({ staffId }) => staffId))]
    const people = await inParts(staffIds, (part) =>
      rows.find('Staff', { columns: ['id', 'leftOn'], where: { id: { in: part } } }),
    )
    const leftOn = new Map(people.map((one) => [one.id, one.leftOn]))
    return found
      .filter(({ staffId }) => leftOn.has(staffId))
      .map((role) => ({ ...role, leftOn: leftOn.get(role.staffId) ?? null }))
      .sort(
        byText(
          (role) => role.territoryId,
          (role) => role.role,
          (role) => role.staffId,
        ),
      ) as RoleRecord[]
  }

  const covers = async (where: (part: readonly string[]) => Where<'Cover'>, values: readonly string[]) => {
    const found = await inParts(values, (part) =>
      rows.find('Cover', { columns: COVER, where: { endedAt: null, ...where(part) } }),
    )
    return (found as CoverRecord[]).sort(byId)
  }

  return {
    territories: async (ids) => (await territories(ids)).sort(byId),

    async lineage(territoryId) {
      const [start] = await territories([territoryId])
      if (!start) return []
      const names = start.path.split('/')
      const above = names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'))
      const near = await rows.find('Territory', { columns: TERRITORY, where: { path: { in: above } } })
      const known = new Map(near.map((territory) => [territory.id, territory]))
      const line: TerritoryRecord[] = [start]
      for (let parentId = start.parentId; parentId !== null && line.length < DEEPEST;) {
        const parent: TerritoryRecord | undefined = known.get(parentId) ?? (await territories([parentId]))[0]
        if (!parent) break
        line.push(parent)
        parentId = parent.parentId
      }
      return line
    },

    async within(territoryId) {
      const found = await rows.find('Territory', { columns: ['id'], where: { id: territoryId } })
      const all = found.map(({ id }) => id)
      for (let level = all, depth = 0; level.length > 0 && depth < DEEPEST; depth++) {
        const children = await inParts(level, (part) =>
          rows.find('Territory', { columns: ['id'], where: { parentId: { in: part } } }),
        )
        level = children.map(({ id }) => id)
        all.push(...level)
      }
      return all.sort()
    },

    staff: async (ids) => (await inParts(ids, (part) => staff({ id: { in: part } }))).sort(byId),

    holders: (territoryIds, roles) =>
      held((part) => ({ territoryId: { in: part }, ...(roles !== null && { role: { in: roles } }) }), territoryIds),
    rolesOf: (staffIds) => held((part) => ({ staffId: { in: part } }), staffIds),
    staffNamed: (name) => staff({ name }),
    staffWithPhone: (phone) => staff({ phoneHash: rows.hash('phone', phone) }),
    covers: (staffIds) => covers((part) => ({ staffId: { in: part } }), staffIds),
    coversOn: async (staffIds, on) =>
      staffIds === null
        ? ((await rows.find('Cover', { columns: COVER, where: onDay(on), order: ['id'] })) as CoverRecord[])
        : covers((part) => ({ staffId: { in: part }, ...onDay(on) }), staffIds),
    coveredBy: (staffIds, on) => covers((part) => ({ byStaffId: { in: part }, ...onDay(on) }), staffIds),

    async accounts(staffIds) {
      const found = await inParts(staffIds, (part) =>
        rows.find('ChatIdentity', {
          columns: ['id', 'channel', 'user', 'staffId', 'language', 'speakerAt'],
          where: { staffId: { in: part } },
        }),
      )
      return found
        .map(({ id, staffId, speakerAt, ...account }) => ({
          ...account,
          staffId: staffId ?? '',
          identityId: id,
          heardAt: speakerAt,
        }))
        .sort(
          byText(
            (account) => account.staffId,
            (account) => account.identityId,
          ),
        )
    },

    async households(ids) {
      const found = await inParts(ids, (part) =>
        rows.find('Household', { columns: HOUSEHOLD, where: { id: { in: part } } }),
      )
      return found.map((one) => ({ ...one, status: wordsOf(one.status) }) as unknown as HouseholdRecord).sort(byId)
    },

    async profiles(ids) {
      const found = await inParts(ids, (part) =>
        rows.find('Profile', { columns: ['id', 'name', 'phone'], where: { id: { in: part } } }),
      )
      return found.sort(byId)
    },

    async groupsFor(purpose) {
      return (await groups({ leftAt: null })).filter((group) => group.purposes.includes(purpose))
    },
    async groupsIn(territoryIds) {
      const found = await inParts(territoryIds, (part) => groups({ territoryId: { in: part }, leftAt: null }))
      return found.sort(byId)
    },
    async group(channel, chat) {
      return (await groups({ channel, chat }))[0] ?? null
    },
  }
}

const HOUSEHOLD = [
  'id',
  'head',
  'territoryId',
  'size',
  'status',
  'monitoredType',
  'helperId',
  'phone',
  'lastVisitOn',
  'revision',
] as const
