import type { ConfirmationRecord, StageReads, TimelineEntry, VerificationRecord } from '../../domain/cases/ports.ts'
import type { RowSource } from '../row-source.ts'
import { wordsOf } from './lists.ts'

export function stageReads(rows: RowSource): StageReads {
  return {
    timeline: async (caseId) =>
      (await rows.find('CaseEvent', {
        columns: ['id', 'at', 'actor', 'actorId', 'what', 'detail'],
        where: { caseId },
        order: ['at', 'id'],
      })) as TimelineEntry[],
    verificationsOf: async (caseId) => {
      const found = await rows.find('Verification', {
        columns: [
          'id',
          'caseId',
          'territoryId',
          'staffIds',
          'visitedOn',
          'authorisation',
          'perCapita',
          'monitoredType',
          'result',
          'at',
        ],
        where: { caseId },
        order: ['at', 'id'],
      })
      return found.map((row) => ({ ...row, staffIds: wordsOf(row.staffIds) }) as unknown as VerificationRecord)
    },
    confirmationsOf: async (caseId) =>
      (await rows.find('Confirmation', {
        columns: ['id', 'caseId', 'about', 'refId', 'staffId', 'state', 'revision'],
        where: { caseId },
        order: ['askedAt', 'id'],
      })) as ConfirmationRecord[],
    measuresOf: (caseId) =>
      rows.find('Measure', { columns: ['kind', 'state'], where: { caseId, state: { not: 'dropped' } }, order: ['id'] }),
    isWithoutLabour: async (householdId) => {
      const household = await rows.first('Household', {
        columns: ['labourCapacity', 'closedOn'],
        where: { id: householdId },
      })
      // A death removes no risk: where everybody has died, nobody can work.
      return household !== null && (household.labourCapacity === 'none' || household.closedOn !== null)
    },
    referredTo: (caseId) =>
      rows.find('Referral', {
        columns: ['toId', 'department'],
        where: { caseId, state: { in: ['offered', 'taken'] } },
        order: ['id'],
      }),
  }
}
