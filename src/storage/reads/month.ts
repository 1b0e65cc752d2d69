import type { MonthCase, MonthPlan, MonthReads } from '../../domain/month/ports.ts'
import type { RowSource } from '../row-source.ts'
import { byText, inParts } from './lists.ts'

const CASE = ['number', 'kind', 'territoryId', 'seenFrom', 'leadOn', 'decideBy', 'decidedOn', 'closedAt'] as const

export function monthReads(rows: RowSource): MonthReads {
  return {
    monthCases: async (territoryIds, from, to) => {
      const found = await inParts(territoryIds, (part) =>
        rows.find('Case', {
          columns: CASE,
          where: {
            territoryId: { in: part },
            or: [{ closedAt: null }, { leadOn: { gte: from, lte: to } }, { decidedOn: { gte: from, lte: to } }],
          },
        }),
      )
      return (found as MonthCase[]).sort(byText((row) => row.number))
    },
    monthPlans: async (territoryIds, from, to) =>
      (await inParts(territoryIds, (part) =>
        rows.find('VisitPlan', {
          columns: ['id', 'plan', 'dueOn', 'closedOn'],
          where: { territoryId: { in: part }, dueOn: { gte: from, lte: to } },
        }),
      )) as MonthPlan[],
    async visitedPlans(territoryIds, from, to) {
      const found = await inParts(territoryIds, (part) =>
        rows.find('Visit', {
          columns: ['planId'],
          where: {
            visitedOn: { gte: from, lte: to },
            territoryId: { in: part },
            attempt: false,
            undoneAt: null,
            planId: { not: null },
          },
        }),
      )
      return new Set(found.flatMap(({ planId }) => (planId === null ? [] : [planId])))
    },
  }
}
