/** What people have to do, of every kind alike: for handing it over. */
import type { OpenWork, OpenWorkReads, WorkKind } from '../../domain/registry/ports.ts'
import type { RowSource } from '../row-source.ts'
import { byText, inParts, wordsOf } from './lists.ts'

/** Whoever else was there has noted the finding. */
const notTo = (visitors: readonly string[] | undefined, ownerId: string | null) =>
  visitors && { notTo: visitors.filter((id) => id !== ownerId) }

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

  const tasks = async (which: Which): Promise<OpenWork[]> => {
    const found = await rows.find('Task', {
      columns: [...COMMON, 'number', 'kind', 'refId', 'householdId', 'assigneeId', 'seenFrom'],
      ...('households' in which
        ? { where: { householdId: { in: which.households }, closedAt: null } }
        : { where: { assigneeId: which.staffId, closedAt: null, id: { gt: which.afterId } }, ...which.page }),
    })
    const refsOf = (about: string) => found.flatMap(({ kind, refId }) => (kind === about && refId ? [refId] : []))
    const [visitors, departments] = await Promise.all([
      visitorsOf(refsOf('second_confirm')),
      departmentsOf(refsOf('referral')),
    ])
    return found.map(({ number, kind, refId, assigneeId, ...row }) => ({
      ...row,
      kind: 'task',
      name: number,
      ownerId: assigneeId,
      ...(kind === 'second_confirm' && notTo(visitors.get(refId ?? ''), assigneeId)),
      ...(kind === 'referral' && departments.get(refId ?? '')),
    }))
  }

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

  /** Who was at the visit, by its finding. */
  const visitorsOf = async (findingIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
    const found = await inParts([...new Set(findingIds)], (part) =>
      rows.find('Verification', { columns: ['id', 'staffIds'], where: { id: { in: part } } }),
    )
    return new Map(found.map(({ id, staffIds }) => [id, wordsOf(staffIds)]))
  }

  /** Of referrals; those to a person have none. */
  const departmentsOf = async (referralIds: readonly string[]) => {
    const found = await inParts(referralIds, (part) =>
      rows.find('Referral', { columns: ['id', 'department'], where: { id: { in: part } } }),
    )
    return new Map(found.map(({ id, department }) => [id, department === null ? {} : { department }]))
  }

  const places = async (caseIds: readonly string[]) => {
    const found = await inParts([...new Set(caseIds)], (part) =>
      rows.find('Case', {
        columns: ['id', 'number', 'territoryId', 'householdId', 'seenFrom'],
        where: { id: { in: part } },
      }),
    )
    return new Map(found.map((row) => [row.id, row]))
  }

  const idsOfCases = async (households: readonly string[]): Promise<readonly string[]> =>
    (await rows.find('Case', { columns: ['id'], where: { householdId: { in: households }, closedAt: null } })).map(
      ({ id }) => id,
    )

  const confirmations = async (which: Which): Promise<OpenWork[]> => {
    const found = await rows.find('Confirmation', {
      columns: ['id', 'caseId', 'refId', 'staffId', 'revision'],
      ...('households' in which
        ? { where: { caseId: { in: await idsOfCases(which.households) }, state: 'waiting' } }
        : { where: { staffId: which.staffId, state: 'waiting', id: { gt: which.afterId } }, ...which.page }),
    })
    const [matters, visitors] = await Promise.all([
      places(found.map(({ caseId }) => caseId)),
      visitorsOf(found.flatMap(({ refId }) => refId ?? [])),
    ])
    return found.flatMap(({ id, caseId, refId, staffId, revision }): OpenWork[] => {
      const matter = matters.get(caseId)
      if (!matter) return []
      const { number: name, territoryId, householdId, seenFrom } = matter
      const asked = notTo(visitors.get(refId ?? ''), staffId)
      return [
        { kind: 'confirmation', id, name, territoryId, householdId, ownerId: staffId, seenFrom, revision, ...asked },
      ]
    })
  }

  const referrals = async (which: Which): Promise<OpenWork[]> => {
    const found = await rows.find('Referral', {
      columns: [...COMMON, 'caseId', 'toId', 'department'],
      ...('households' in which
        ? { where: { caseId: { in: await idsOfCases(which.households) }, openKey: { not: null } } }
        : { where: { toId: which.staffId, openKey: { not: null }, id: { gt: which.afterId } }, ...which.page }),
    })
    const matters = await places(found.map(({ caseId }) => caseId))
    return found.flatMap(({ caseId, toId, department, ...row }): OpenWork[] => {
      const matter = matters.get(caseId)
      if (!matter) return []
      const { number: name, householdId, seenFrom } = matter
      const asked = department === null ? {} : { department }
      return [{ ...row, kind: 'referral', name, householdId, ownerId: toId, seenFrom, ...asked }]
    })
  }

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
        case 'confirmation':
          return confirmations(which)
        case 'referral':
          return referrals(which)
      }
    },
    async workAbout(householdIds) {
      const found = await inParts(householdIds, async (part) =>
        (
          await Promise.all(
            [cases, tasks, measures, confirmations, referrals].map((read) => read({ households: part })),
          )
        ).flat(),
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
