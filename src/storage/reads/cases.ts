import type { CaseReads, CaseRecord } from '../../domain/cases/ports.ts'
import type { Query, RowSource } from '../row-source.ts'
import { byId, inParts } from './lists.ts'

const CASE = [
  'id',
  'number',
  'kind',
  'stage',
  'source',
  'territoryId',
  'identityId',
  'profileId',
  'householdId',
  'personName',
  'submissionId',
  'assigneeId',
  'urgency',
  'leadOn',
  'stageEnteredOn',
  'stageDueOn',
  'decideBy',
  'decidedOn',
  'lateReason',
  'firstLeadOn',
  'hard',
  'risk',
  'riskRules',
  'monitoredType',
  'mergedIntoId',
  'seenFrom',
  'listedAt',
  'acknowledgedAt',
  'openedAt',
  'closedAt',
  'openKey',
  'revision',
] as const

export function caseReads(rows: RowSource): CaseReads {
  const find = async (query: Query<'Case'>) => (await rows.find('Case', { ...query, columns: CASE })) as CaseRecord[]
  return {
    cases: async (ids) => (await inParts(ids, (part) => find({ where: { id: { in: part } } }))).sort(byId),
    caseByNumber: async (number) => (await find({ where: { number }, limit: 1 }))[0] ?? null,
    caseByOpenKey: async (openKey) => (await find({ where: { openKey }, limit: 1 }))[0] ?? null,
    casesOfIdentity: (identityId, open) =>
      find({
        where: { identityId, ...(open && { closedAt: null }) },
        order: [{ down: 'openedAt' }, { down: 'id' }],
      }),
    eventDetails: (caseIds, what) =>
      inParts(caseIds, (part) =>
        rows.find('CaseEvent', {
          columns: ['caseId', 'detail'],
          where: { caseId: { in: part }, what },
          order: ['caseId', 'at', 'id'],
        }),
      ),
    openCasesAssignedTo: (assigneeId, limit) =>
      find({ where: { assigneeId, closedAt: null }, order: ['openedAt', 'id'], limit }),
  }
}
