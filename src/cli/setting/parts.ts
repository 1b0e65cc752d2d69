/** What keys of settings may name: kinds that the locales know, and the ledgers of the stage table. */
import type { CaseStages } from '../../domain/cases/stages.ts'
import { RISK_CAUSES } from '../../domain/risk/causes.ts'
import type { SettingParts } from '../../domain/settings/catalogue.ts'
import type { Text } from '../../text/text.ts'

export function settingParts(stages: CaseStages, text: Text): SettingParts {
  const caseKinds = Object.keys(text.object(text.languages[0] ?? 'zh-CN', 'cases:kind_staff') ?? {})
  const ledgers = caseKinds.map((kind) => stages.ledgerOf(kind))
  return {
    riskCauses: RISK_CAUSES,
    caseKinds,
    ledgers: new Map(ledgers.map((ledger) => [ledger.id, ledger.stages.map((stage) => stage.id)])),
  }
}
