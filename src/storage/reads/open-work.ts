/** What people have to do, of every kind alike: for handing it over. */
import type { OpenWork, OpenWorkReads, WorkKind } from '../../domain/registry/ports.ts'
import type { RowSource } from '../row-source.ts'
import { byText, inParts } from './lists.ts'

const COMMON = ['id', 'territoryId', 'revision'] as const

export function openWorkReads(rows: RowSource): OpenWorkReads {
  type Page = { readonly order: readonly ['id']; readonly limit: number }
  type Which =
    | { readonly staffId: string; readonly afterId: string; readonly page: Page }
    | { readonly households: readonly string[] }

  const cases = async (which: Which): Promise<OpenWork[]> =>
    (
      await rows.find('Case', {
        columns: [...COMMON, 'number', 'householdId', 'assigneeId', 'seenFrom'],
        ...('households' in which
          ? { where: { householdId: { in: which.households }, closedAt: null } }
          : { where: { assigneeId: which.staffId, closedAt: null, id: { gt: which.afterId } }, ...which.page }),
      })
    ).map(({ number, assigneeId, ...row }) => ({ ...row, kind: 'case', name: number, ownerId: assigneeId }))

  const tasks = async (which: Which): Promise<OpenWork[]> =>
    (
      await rows.find('Task', {
        columns: [...COMMON, 'number', 'householdId', 'assigneeId', 'seenFrom'],
        ...('households' in which
          ? { where: { householdId: { in: which.households }, closedAt: null } }
          : { where: { assigneeId: which.staffId, closedAt: null, id: { gt: which.afterId } }, ...which.page }),
      })
    ).map(({ number, assigneeId, ...row }) => ({ ...row, kind: 'task', name: number, ownerId: assigneeId }))

  const measures = async (which: Which): Promise<OpenWork[]> =>
    (
      await rows.find('Measure', {
        columns: [...COMMON, 'householdId', 'ownerId'],
        ...('households' in which
          ? { where: { householdId: { in: which.households }, state: 'planned' } }
          : { where: { ownerId: which.staffId, state: 'planned', id: { gt: which.afterId } }, ...which.page }),
      })
    ).map((row) => ({ ...row, kind: 'measure', name: null, seenFrom: null }))

  const plans = async (staffId: string, afterId: string, page: Page): Promise<OpenWork[]> =>
    (
      await rows.find('VisitPlan', {
        columns: [...COMMON, 'number', 'householdId', 'assigneeId'],
        where: { assigneeId: staffId, closedOn: null, id: { gt: afterId } },
        ...page,
      })
    ).map(({ number, assigneeId, ...row }) => ({
      ...row,
      kind: 'plan',
      name: number,
      ownerId: assigneeId,
      seenFrom: null,
    }))

  const households = async (staffId: string, afterId: string, page: Page): Promise<OpenWork[]> =>
    (
      await rows.find('Household', {
        columns: [...COMMON, 'head', 'helperId'],
        where: { helperId: staffId, closedOn: null, id: { gt: afterId } },
        ...page,
      })
    ).map(({ head, helperId, ...row }) => ({
      ...row,
      kind: 'household',
      name: head,
      householdId: row.id,
      ownerId: helperId,
      seenFrom: null,
    }))

  return {
    workOf(staffId: string, kind: WorkKind, afterId: string, limit: number) {
      const page = { order: ['id'], limit } as const
      const which = { staffId, afterId, page }
      switch (kind) {
        case 'case':
          return cases(which)
        case 'task':
          return tasks(which)
        case 'measure':
          return measures(which)
        case 'plan':
          return plans(staffId, afterId, page)
        case 'household':
          return households(staffId, afterId, page)
      }
    },
    async workAbout(householdIds) {
      const found = await inParts(householdIds, async (part) =>
        (await Promise.all([cases, tasks, measures].map((read) => read({ households: part })))).flat(),
      )
      return found.sort(
        byText(
          ({ kind }) => kind,
          ({ id }) => id,
        ),
      )
    },
    watchPlaces: (subjectIds) =>
      inParts(subjectIds, (part) =>
        rows.find('Watch', {
          columns: ['id', 'territoryId', 'revision'],
          where: { subjectId: { in: part }, closedAt: null },
          order: ['id'],
        }),
      ),
  }
}
