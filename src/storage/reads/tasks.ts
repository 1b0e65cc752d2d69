import type { TaskReads, TaskRecord } from '../../domain/tasks/ports.ts'
import type { Query, RowSource } from '../row-source.ts'
import { byId, inParts } from './lists.ts'

const TASK = [
  'id',
  'number',
  'kind',
  'caseId',
  'householdId',
  'territoryId',
  'assigneeId',
  'refId',
  'detail',
  'dueOn',
  'seenFrom',
  'createdAt',
  'closedAt',
  'outcome',
  'openKey',
  'revision',
] as const

export function taskReads(rows: RowSource): TaskReads {
  const find = async (query: Query<'Task'>) => (await rows.find('Task', { ...query, columns: TASK })) as TaskRecord[]
  return {
    tasks: async (ids) => (await inParts(ids, (part) => find({ where: { id: { in: part } } }))).sort(byId),
    taskByNumber: async (number) => (await find({ where: { number }, limit: 1 }))[0] ?? null,
    taskByOpenKey: async (openKey) => (await find({ where: { openKey }, limit: 1 }))[0] ?? null,
    openTasksOfCases: async (caseIds) =>
      (await inParts(caseIds, (part) => find({ where: { caseId: { in: part }, closedAt: null } }))).sort(byId),
    openTasksAssignedTo: (assigneeId, limit) =>
      find({ where: { assigneeId, closedAt: null }, order: ['dueOn', 'id'], limit }),
    openTasksIn: async (territoryIds, kinds, limit) =>
      (
        await inParts(territoryIds, (part) =>
          find({
            where: { territoryId: { in: part }, kind: { in: kinds }, closedAt: null },
            order: ['dueOn', 'id'],
            limit,
          }),
        )
      )
        .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : byId(a, b)))
        .slice(0, limit),
  }
}
