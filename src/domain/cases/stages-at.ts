/** The table of stages as it holds in a place: a county may have set other days than the file has. */
import type { SettingRecord } from '../settings/ports.ts'
import { deadlineDays, deadlineKeys, type Lineage } from '../settings/settings.ts'
import type { CaseStages, Ledger } from './stages.ts'

/** Keys of the settings to read for a kind of matter. */
export const keysOfDays = (stages: CaseStages, kind: string): readonly string[] => {
  const ledger = stages.ledgerOf(kind)
  return deadlineKeys(
    ledger.id,
    ledger.stages.map(({ id }) => id),
  )
}

export function stagesAt(stages: CaseStages, lineage: Lineage, rows: readonly SettingRecord[]): CaseStages {
  if (rows.length === 0) return stages
  const placed = (ledger: Ledger): Ledger => ({
    ...ledger,
    totalDays: deadlineDays(ledger.id, null, lineage, rows) ?? ledger.totalDays,
    stages: ledger.stages.map((stage) => {
      const own = deadlineDays(ledger.id, stage.id, lineage, rows)
      return own === null ? stage : { ...stage, due: own }
    }),
  })
  return { ...stages, ledgerOf: (kind) => placed(stages.ledgerOf(kind)) }
}
