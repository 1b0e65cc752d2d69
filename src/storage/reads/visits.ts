import type { PlainDate } from '../../base/time.ts'
import type {
  SiteQuarterRecord,
  SiteRecord,
  VisitedHousehold,
  VisitPlanRecord,
  VisitReads,
  VisitRecord,
} from '../../domain/visits/ports.ts'
import type { Query, RowSource } from '../row-source.ts'
import { byId, inParts, wordsOf } from './lists.ts'

const PLAN = [
  'id',
  'plan',
  'subjectKind',
  'householdId',
  'memberId',
  'caseId',
  'territoryId',
  'assigneeId',
  'mode',
  'dueOn',
  'number',
  'openKey',
  'attempts',
  'closedOn',
  'revision',
] as const
const HOUSEHOLD = [
  'id',
  'head',
  'territoryId',
  'helperId',
  'size',
  'phone',
  'status',
  'monitoredType',
  'labourCapacity',
  'housingGrade',
  'lastVisitOn',
  'mutedUntil',
  'mutedFor',
  'closedOn',
  'revision',
] as const
const MEMBER = ['id', 'householdId', 'name', 'careFlag', 'health', 'diedOn'] as const
const VISIT = [
  'id',
  'householdId',
  'territoryId',
  'planId',
  'staffId',
  'visitedOn',
  'mode',
  'attempt',
  'loggedAt',
  'undoneAt',
  'revision',
] as const

/** Nobody logs more in a day. */
const MOST_LOGGED = 500

export function visitReads(rows: RowSource): VisitReads {
  const find = async (query: Query<'VisitPlan'>) =>
    (await rows.find('VisitPlan', { ...query, columns: PLAN })) as VisitPlanRecord[]
  const siteQuarters = async (query: Query<'SiteQuarter'>) =>
    (await rows.find('SiteQuarter', query)).map((row) => ({
      id: row.id,
      siteId: row.siteId,
      quarter: row.quarter,
      figures: row.figures as SiteQuarterRecord['figures'],
      flags: wordsOf(row.flags),
      revision: row.revision,
    }))

  return {
    plans: async (ids) => (await inParts(ids, (part) => find({ where: { id: { in: part } } }))).sort(byId),
    planByNumber: async (number) => (await find({ where: { number }, limit: 1 }))[0] ?? null,
    openPlansOf: async (households) =>
      (await inParts(households, (part) => find({ where: { householdId: { in: part }, closedOn: null } }))).sort(byId),
    openPlansAt: async (territoryIds) =>
      (
        await inParts(territoryIds, (part) =>
          find({ where: { territoryId: { in: part }, householdId: null, closedOn: null } }),
        )
      ).sort(byId),
    openPlansFor: (caseId) => find({ where: { caseId, closedOn: null }, order: ['id'] }),
    openPlansAssignedTo: (assigneeId, dueUntil, limit) =>
      find({ where: { assigneeId, closedOn: null, dueOn: { lte: dueUntil } }, order: ['dueOn', 'id'], limit }),

    async visited(ids) {
      const found = await inParts(ids, (part) =>
        rows.find('Household', { columns: HOUSEHOLD, where: { id: { in: part } } }),
      )
      const members = await inParts(ids, (part) =>
        rows.find('Member', { columns: MEMBER, where: { householdId: { in: part } }, order: ['id'] }),
      )
      return found.sort(byId).map((one): VisitedHousehold => ({
        ...one,
        lastVisitOn: one.lastVisitOn as PlainDate | null,
        mutedUntil: one.mutedUntil as PlainDate | null,
        closedOn: one.closedOn as PlainDate | null,
        status: wordsOf(one.status),
        members: members
          .filter(({ householdId }) => householdId === one.id)
          .map(({ id, name, careFlag, health, diedOn }) => ({
            id,
            name,
            careFlags: wordsOf(careFlag ?? ''),
            health: wordsOf(health ?? ''),
            diedOn: diedOn as PlainDate | null,
          })),
      }))
    },

    loggedBy: async (staffId, from) =>
      (await rows.find('Visit', {
        columns: VISIT,
        where: { staffId, loggedAt: { gte: from }, undoneAt: null },
        order: [{ down: 'loggedAt' }, { down: 'id' }],
        limit: MOST_LOGGED,
      })) as VisitRecord[],

    noted: async (subjects, action, limit) =>
      (
        await inParts(subjects, (part) =>
          rows.find('AuditEntry', {
            columns: ['subject', 'detail'],
            where: { subject: { in: part }, action },
            order: [{ down: 'id' }],
            limit,
          }),
        )
      ).slice(0, limit),

    async sites() {
      const places = await rows.find('Territory', {
        columns: ['id', 'path', 'name', 'extra'],
        where: { level: 'resettlement_site' },
        order: ['path'],
      })
      const reported = await inParts(
        places.map(({ id }) => id),
        (part) => siteQuarters({ where: { siteId: { in: part } }, order: ['quarter'] }),
      )
      return places.map(({ id, path, name, extra }): SiteRecord => {
        const last = reported.findLast(({ siteId }) => siteId === id)
        return { id, path, name, households: last?.figures['households'] ?? householdsIn(extra) }
      })
    },

    siteQuarters: (siteIds, quarters) =>
      inParts(siteIds, (part) =>
        siteQuarters({ where: { siteId: { in: part }, quarter: { in: quarters } }, order: ['quarter', 'siteId'] }),
      ),
  }
}

/** A column `households` of the places' file. */
function householdsIn(extra: unknown): number | null {
  if (typeof extra !== 'object' || extra === null || Array.isArray(extra)) return null
  const { households } = extra as { readonly households?: unknown }
  const number = typeof households === 'string' && households.trim() !== '' ? Number(households) : households
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : null
}
