/** Reads of measures, referrals, likely duplicates, clusters and deaths. */
import type { Json } from '../../base/json.ts'
import type { PlainDate } from '../../base/time.ts'
import type { CaseReads } from '../../domain/cases/ports.ts'
import type {
  DeathDetail,
  DeathLogged,
  DeathReads,
  DuplicateReads,
  MeasureReads,
  MeasureRecord,
  MemberRecord,
  ReferralReads,
  ReferralRecord,
} from '../../domain/measures/ports.ts'
import type { TaskReads } from '../../domain/tasks/ports.ts'
import type { Query, RowSource } from '../row-source.ts'
import { byId, byText, inParts, wordsOf } from './lists.ts'

const MEMBER = ['id', 'householdId', 'name', 'relation', 'diedOn', 'revision'] as const
const MOST_CASES = 500

export function measureReads(rows: RowSource): MeasureReads & ReferralReads {
  return {
    measuresOf: async (caseIds) => {
      const found = await inParts(caseIds, (part) => rows.find('Measure', { where: { caseId: { in: part } } }))
      return (found as MeasureRecord[]).sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    },
    measure: async (id) => (await rows.first('Measure', { where: { id } })) as MeasureRecord | null,
    async circumstances({ id, householdId, submissionId }) {
      const [household, verified, submission] = await Promise.all([
        householdId === null
          ? null
          : rows.first('Household', { columns: ['labourCapacity'], where: { id: householdId } }),
        rows.first('Verification', {
          columns: ['causes'],
          where: { caseId: id },
          order: [{ down: 'at' }, { down: 'id' }],
        }),
        submissionId === null ? null : rows.first('Submission', { columns: ['answers'], where: { id: submissionId } }),
      ])
      const found = verified?.causes ?? ''
      const causes = wordsOf(found === '' ? reportedCauses(submission?.answers) : found)
      return { labour: household?.labourCapacity ?? null, causes }
    },
    openReferralsOf: async (caseId) => {
      const found = await rows.find('Referral', { where: { caseId, openKey: { not: null } }, order: ['at', 'id'] })
      return found as ReferralRecord[]
    },
    referral: async (id) => (await rows.first('Referral', { where: { id } })) as ReferralRecord | null,
  }
}

function reportedCauses(answers: string | undefined): string {
  const said = answers === undefined ? {} : (JSON.parse(answers) as Readonly<Record<string, Json>>)
  const causes = said['causes'] ?? said['case.needs']
  return typeof causes === 'string' ? causes : ''
}

export function duplicateReads(rows: RowSource, cases: CaseReads, tasks: TaskReads): DuplicateReads {
  const casesWhere = async (where: NonNullable<Query<'Case'>['where']>) => {
    const found = await rows.find('Case', { columns: ['id'], where, order: ['openedAt', 'id'], limit: MOST_CASES })
    return (await cases.cases(found.map(({ id }) => id))).toSorted((a, b) => a.openedAt - b.openedAt || order(a, b))
  }
  return {
    openOfHousehold: (householdId, kind) => casesWhere({ householdId, kind, closedAt: null }),
    openNamed: (personName, territoryIds, kind, since) =>
      casesWhere({ territoryId: { in: territoryIds }, personName, kind, openedAt: { gte: since }, closedAt: null }),
    openedIn: (territoryIds, kind, since) =>
      casesWhere({ territoryId: { in: territoryIds }, kind, openedAt: { gte: since }, mergedIntoId: null }),
    async openOfSamePhone(phone, kind) {
      const phoneHash = rows.hash('phone', phone)
      const [profiles, households] = await Promise.all([
        rows.find('Profile', { columns: ['id', 'identityId'], where: { phoneHash } }),
        rows.find('Household', { columns: ['id'], where: { phoneHash }, limit: MOST_CASES }),
      ])
      const theirs = new Set(profiles.map(({ id }) => id))
      const said = await casesWhere({
        identityId: { in: profiles.map(({ identityId }) => identityId) },
        kind,
        closedAt: null,
      })
      const about = await casesWhere({ householdId: { in: households.map(({ id }) => id) }, kind, closedAt: null })
      const known = new Set(about.map(({ id }) => id))
      return [...about, ...said.filter((one) => theirs.has(one.profileId ?? '') && !known.has(one.id))]
    },
    mergedInto: (caseId) => casesWhere({ mergedIntoId: caseId }),
    async clustersSince(territoryId, kind, since) {
      const found = await rows.find('Task', {
        columns: ['id'],
        where: { territoryId, kind: 'cluster', refId: kind, createdAt: { gte: since } },
      })
      return tasks.tasks(found.map(({ id }) => id))
    },
  }
}

const order = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

export function deathReads(rows: RowSource, cases: CaseReads): DeathReads {
  const byName = byText<MemberRecord>(
    ({ name }) => name,
    ({ id }) => id,
  )
  return {
    membersOf: async (householdId) => {
      const found = await rows.find('Member', { columns: MEMBER, where: { householdId } })
      return (found as MemberRecord[]).sort(byName)
    },
    membersNamed: async (name, limit) => {
      const found = await rows.find('Member', { columns: MEMBER, where: { name }, order: ['id'], limit })
      return found as MemberRecord[]
    },
    householdState: async (id) => {
      const found = await rows.first('Household', { columns: ['closedOn', 'revision'], where: { id } })
      return found as { readonly closedOn: PlainDate | null; readonly revision: number } | null
    },
    async openMattersOf(householdId, profileIds) {
      const own = await rows.find('Profile', { columns: ['identityId'], where: { id: { in: profileIds } } })
      const identities = own.map(({ identityId }) => identityId)
      const [about, said] = await Promise.all([
        rows.find('Case', { columns: ['id'], where: { householdId, closedAt: null } }),
        rows.find('Case', {
          columns: ['id', 'profileId'],
          where: { identityId: { in: identities }, closedAt: null },
        }),
      ])
      const theirs = said.filter(({ profileId }) => profileId !== null && profileIds.includes(profileId))
      const ids = [...new Set([...about, ...theirs].map(({ id }) => id))]
      return [...(await cases.cases(ids))].sort(byId)
    },
    async accountsOfPerson(member, householdId) {
      const [own, home] = await Promise.all([
        rows.first('Member', { columns: ['phoneHash'], where: { id: member.id } }),
        rows.first('Household', { columns: ['phoneHash', 'territoryId'], where: { id: householdId } }),
      ])
      const phones = [own?.phoneHash, home?.phoneHash].filter((hash) => typeof hash === 'string')
      const matters = await rows.find('Case', {
        columns: ['profileId'],
        where: { householdId, personName: member.name, profileId: { not: null } },
      })
      const spoke = matters.map(({ profileId }) => profileId as string)
      const profiles = await rows.find('Profile', {
        columns: ['id', 'identityId'],
        where: { name: member.name, or: [{ phoneHash: { in: phones } }, { id: { in: spoke } }] },
        order: ['id'],
      })
      const identityIds = [...new Set(profiles.map(({ identityId }) => identityId))]
      const [identities, all] = await Promise.all([
        rows.find('ChatIdentity', { columns: ['id', 'mutedAt', 'revision'], where: { id: { in: identityIds } } }),
        rows.find('Profile', { columns: ['id', 'identityId', 'name'], where: { identityId: { in: identityIds } } }),
      ])
      return profiles.flatMap(({ id, identityId }) => {
        const identity = identities.find((one) => one.id === identityId)
        if (!identity) return []
        const shared = all.some(
          (one) => one.identityId === identityId && one.name !== null && !profiles.some((each) => each.id === one.id),
        )
        const { mutedAt, revision } = identity
        return [{ profileId: id, identityId, identityRevision: revision, mutedAt, shared }]
      })
    },
    async deathsLogged(staffId, on) {
      const found = await rows.find('AuditEntry', {
        columns: ['action', 'at', 'detail'],
        where: { subject: `death ${staffId} ${on}` },
        order: [{ down: 'id' }],
      })
      return found.map(({ action, at, detail }): DeathLogged => ({
        action: action === 'death' ? 'death' : 'death_undone',
        at,
        detail: detail as unknown as DeathDetail,
      }))
    },
    async lastVisitLogged(staffId) {
      const [last] = await rows.find('Visit', {
        columns: ['loggedAt'],
        where: { staffId, undoneAt: null },
        order: [{ down: 'loggedAt' }],
        limit: 1,
      })
      return last?.loggedAt ?? null
    },
  }
}
