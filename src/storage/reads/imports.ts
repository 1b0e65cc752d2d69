/** Reads of imports: what is stored already for the rows of a file. */
import type {
  ImportedCourse,
  ImportedGroup,
  ImportedHousehold,
  ImportedIdentity,
  ImportedMember,
  ImportedTerritory,
  ImportReads,
} from '../../domain/registry/import/ports.ts'
import type { RowSource } from '../row-source.ts'
import { byId, inParts } from './lists.ts'

export function importReads(rows: RowSource): ImportReads {
  return {
    fingerprint: (kind, value) => rows.hash(kind, value),
    territories: async () =>
      (await rows.find('Territory', { columns: TERRITORY, order: ['path'] })) as ImportedTerritory[],
    async staff() {
      const staff = await rows.find('Staff', { columns: STAFF, order: ['id'] })
      const roles = await rows.find('StaffRole', { order: ['id'] })
      const held = new Map<string, (typeof roles)[number][]>()
      for (const role of roles) {
        const own = held.get(role.staffId)
        if (own) own.push(role)
        else held.set(role.staffId, [role])
      }
      return staff.map((one) => ({
        ...one,
        roles: (held.get(one.id) ?? []).map(({ id, role, territoryId }) => ({ id, role, territoryId })),
      })) as Awaited<ReturnType<ImportReads['staff']>>
    },
    identities: async (names, staffIds) => {
      const found = new Map<string, ImportedIdentity>()
      for (const [channel, users] of usersByChannel(names)) {
        for (const identity of await inParts(users, (part) =>
          rows.find('ChatIdentity', { columns: IDENTITY, where: { channel, user: { in: part } } }),
        )) {
          found.set(identity.id, identity)
        }
      }
      for (const identity of await inParts(staffIds, (part) =>
        rows.find('ChatIdentity', { columns: IDENTITY, where: { staffId: { in: part } } }),
      )) {
        found.set(identity.id, identity)
      }
      return [...found.values()].sort(byId)
    },
    groups: async () => (await rows.find('GroupChat', { columns: GROUP, order: ['id'] })) as ImportedGroup[],
    householdsByIdentity: async (identities) =>
      (
        await inParts(identities, (part) =>
          rows.find('Household', { columns: HOUSEHOLD, where: { identity: { in: part } } }),
        )
      ).sort(byId) as ImportedHousehold[],
    householdsByKey: async (keys) =>
      (
        await inParts(keys, (part) => rows.find('Household', { columns: HOUSEHOLD, where: { key: { in: part } } }))
      ).sort(byId) as ImportedHousehold[],
    membersByIdentity: async (identities) =>
      (
        await inParts(identities, (part) => rows.find('Member', { columns: MEMBER, where: { identity: { in: part } } }))
      ).sort(byId) as ImportedMember[],
    coursesByIdentity: async (identities) =>
      (
        await inParts(identities, (part) => rows.find('Course', { columns: COURSE, where: { identity: { in: part } } }))
      ).sort(byId) as ImportedCourse[],
    openPlans: async (householdIds) =>
      (
        await inParts(householdIds, (part) =>
          rows.find('VisitPlan', { columns: PLAN, where: { householdId: { in: part }, closedOn: null } }),
        )
      ).sort(byId),
    async contents() {
      const any = await Promise.all([
        rows.first('Territory', { columns: ['id'] }),
        rows.first('Staff', { columns: ['id'] }),
        rows.first('Household', { columns: ['id'] }),
        rows.first('Conversation', { columns: ['id'] }),
      ])
      const demo = await rows.first('Setting', { columns: ['value'], where: { key: 'demo', territoryId: null } })
      return { empty: any.every((row) => row === null), demo: demo?.value === true }
    },
  }
}

function usersByChannel(names: readonly string[]): Map<string, string[]> {
  const users = new Map<string, string[]>()
  for (const name of names) {
    const blank = name.indexOf(' ')
    const channel = name.slice(0, blank)
    users.set(channel, [...(users.get(channel) ?? []), name.slice(blank + 1)])
  }
  return users
}

const TERRITORY = [
  'id',
  'path',
  'name',
  'level',
  'parentId',
  'code',
  'zone',
  'class',
  'publicPhone',
  'chatCode',
  'extra',
  'revision',
] as const
const STAFF = ['id', 'name', 'phone', 'position', 'leftOn', 'extra', 'revision'] as const
const IDENTITY = ['id', 'channel', 'user', 'staffId', 'revision'] as const
const GROUP = [
  'id',
  'channel',
  'chat',
  'territoryId',
  'purposes',
  'audience',
  'webhook',
  'secret',
  'pageCode',
  'extra',
  'revision',
] as const
const HOUSEHOLD = [
  'id',
  'identity',
  'key',
  'head',
  'territoryId',
  'size',
  'status',
  'monitoredType',
  'labourCapacity',
  'helperId',
  'phone',
  'lastVisitOn',
  'perCapitaIncome',
  'housingGrade',
  'waterSource',
  'mutedUntil',
  'closedOn',
  'extra',
  'revision',
] as const
const MEMBER = [
  'id',
  'identity',
  'householdId',
  'name',
  'idNumber',
  'birthOn',
  'sex',
  'relation',
  'phone',
  'health',
  'workStatus',
  'workPlace',
  'skills',
  'careFlag',
  'extra',
  'revision',
] as const
const COURSE = [
  'id',
  'identity',
  'title',
  'trade',
  'organiser',
  'place',
  'startsOn',
  'endsOn',
  'hours',
  'seats',
  'allowance',
  'certificate',
  'extra',
  'revision',
] as const
const PLAN = [
  'id',
  'plan',
  'householdId',
  'memberId',
  'caseId',
  'territoryId',
  'dueOn',
  'assigneeId',
  'revision',
] as const
