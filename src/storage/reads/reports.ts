/** Reads of exports: pages by id, so that memory stays flat. */
import type { CaseRecord, ReportReads, SubmissionRecord, VisitRecord } from '../../reports/ports.ts'
import type { Rows } from '../generated/catalogue.ts'
import type { RowSource, Where } from '../row-source.ts'
import { byId, byText, inParts } from './lists.ts'

const PAGE = 1_000
/** More places than this are sifted here instead of being named in the query. */
const NAMED_PLACES = 500

type Exported = 'Case' | 'Visit' | 'Submission'

export function reportReads(rows: RowSource): ReportReads {
  async function* pages<Table extends Exported, Column extends keyof Rows[Table]>(
    table: Table,
    columns: readonly Column[],
    where: Where<Table>,
    territoryIds: readonly string[] | null,
  ): AsyncGenerator<Pick<Rows[Table], Column>[]> {
    const named = territoryIds !== null && territoryIds.length <= NAMED_PLACES
    const places = territoryIds === null || named ? null : new Set(territoryIds)
    for (let after = ''; ;) {
      const page = (await rows.find(table, {
        columns,
        where: { ...where, ...(named && { territoryId: { in: territoryIds } }), id: { gt: after } } as Where<Table>,
        order: ['id'],
        limit: PAGE,
      })) as (Pick<Rows[Table], Column> & { id: string; territoryId: string | null })[]
      const sifted = places ? page.filter((row) => row.territoryId !== null && places.has(row.territoryId)) : page
      if (sifted.length > 0) yield sifted
      const last = page.at(-1)
      if (page.length < PAGE || !last) return
      after = last.id
    }
  }

  return {
    cases: ({ reportedOn, territoryIds }) =>
      pages('Case', CASE, days('leadOn', reportedOn), territoryIds) as AsyncIterable<CaseRecord[]>,
    visits: ({ visitedOn, territoryIds }) =>
      pages('Visit', VISIT, { ...days('visitedOn', visitedOn), undoneAt: null }, territoryIds) as AsyncIterable<
        VisitRecord[]
      >,
    submissions: ({ submittedAt: { from, before }, flow, territoryIds }) =>
      pages(
        'Submission',
        SUBMISSION,
        {
          ...((from !== null || before !== null) && {
            submittedAt: { ...(from !== null && { gte: from }), ...(before !== null && { lt: before }) },
          }),
          ...(flow !== null && { flow }),
        },
        territoryIds,
      ) as AsyncIterable<SubmissionRecord[]>,
    async caseEvents(caseIds) {
      const found = await inParts(caseIds, (part) =>
        rows.find('CaseEvent', {
          columns: ['id', 'caseId', 'at', 'actor', 'what', 'detail'],
          where: { caseId: { in: part } },
        }),
      )
      return found.sort((a, b) => a.at - b.at || byId(a, b)).map(({ id: _, ...event }) => event)
    },
    submissionsById: async (ids) =>
      (
        await inParts(ids, (part) => rows.find('Submission', { columns: SUBMISSION, where: { id: { in: part } } }))
      ).sort(byId),
    territories: () =>
      rows.find('Territory', { columns: ['id', 'path', 'name', 'level', 'parentId'], order: ['path'] }),
    staffNames: () => rows.find('Staff', { columns: ['id', 'name'], order: ['id'] }),
    profilesById: async (ids) =>
      (
        await inParts(ids, (part) =>
          rows.find('Profile', { columns: ['id', 'name', 'phone'], where: { id: { in: part } } }),
        )
      ).sort(byId),
    householdsById: async (ids) =>
      (
        await inParts(ids, (part) =>
          rows.find('Household', { columns: ['id', 'key', 'head', 'phone', 'status'], where: { id: { in: part } } }),
        )
      ).sort(byText((household) => household.id)),
  }
}

function days<Column extends string>(column: Column, range: { from: string | null; to: string | null }): object {
  if (range.from === null && range.to === null) return {}
  return { [column]: { ...(range.from !== null && { gte: range.from }), ...(range.to !== null && { lte: range.to }) } }
}

const CASE = [
  'id',
  'number',
  'kind',
  'stage',
  'source',
  'territoryId',
  'profileId',
  'householdId',
  'personName',
  'submissionId',
  'assigneeId',
  'urgency',
  'risk',
  'leadOn',
  'stageEnteredOn',
  'stageDueOn',
  'decideBy',
  'decidedOn',
  'lateReason',
  'acknowledgedAt',
  'openedAt',
  'closedAt',
] as const

const VISIT = [
  'id',
  'number',
  'householdId',
  'territoryId',
  'planId',
  'staffId',
  'visitedOn',
  'mode',
  'met',
  'changes',
  'gaps',
  'measures',
  'wish',
  'nextOn',
  'attempt',
  'late',
  'loggedAt',
] as const

const SUBMISSION = [
  'id',
  'flow',
  'flowVersion',
  'profileId',
  'staffId',
  'territoryId',
  'answers',
  'matter',
  'submittedAt',
] as const
