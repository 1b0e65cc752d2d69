import type { VisitPlanRecord, VisitReads } from '../../domain/visits/ports.ts'
import type { Query, RowSource } from '../row-source.ts'
import { byId, inParts } from './lists.ts'

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

export function visitReads(rows: RowSource): VisitReads {
  const find = async (query: Query<'VisitPlan'>) =>
    (await rows.find('VisitPlan', { ...query, columns: PLAN })) as VisitPlanRecord[]
  return {
    plans: async (ids) => (await inParts(ids, (part) => find({ where: { id: { in: part } } }))).sort(byId),
    planByNumber: async (number) => (await find({ where: { number }, limit: 1 }))[0] ?? null,
    openPlansOf: async (households) =>
      (await inParts(households, (part) => find({ where: { householdId: { in: part }, closedOn: null } }))).sort(byId),
    openPlansAssignedTo: (assigneeId, dueUntil, limit) =>
      find({ where: { assigneeId, closedOn: null, dueOn: { lte: dueUntil } }, order: ['dueOn', 'id'], limit }),
  }
}
