import type { RiskAnswers, RiskReads } from '../../domain/risk/ports.ts'
import type { RowSource } from '../row-source.ts'
import { wordsOf } from './lists.ts'

const HOUSEHOLD = [
  'size',
  'status',
  'monitoredType',
  'labourCapacity',
  'perCapitaIncome',
  'housingGrade',
  'waterSource',
] as const

export function riskReads(rows: RowSource): RiskReads {
  const submissionAnswers = async (id: string): Promise<RiskAnswers | null> => {
    const found = await rows.first('Submission', { columns: ['answers'], where: { id } })
    return found && plainAnswers(found.answers)
  }
  return {
    submissionAnswers,
    async riskHousehold(id) {
      const found = await rows.first('Household', { columns: HOUSEHOLD, where: { id } })
      return found && { ...found, status: wordsOf(found.status) }
    },
    async lastVerification(caseId, householdId) {
      const last = async (where: { caseId: string } | { householdId: string }) =>
        rows.first('Verification', { columns: ['submissionId'], where, order: [{ down: 'at' }, { down: 'id' }] })
      const found = (await last({ caseId })) ?? (householdId === null ? null : await last({ householdId }))
      return found && submissionAnswers(found.submissionId)
    },
  }
}

/** Stored answers without the repeats. */
function plainAnswers(stored: string): RiskAnswers {
  const answers = JSON.parse(stored) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(answers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
