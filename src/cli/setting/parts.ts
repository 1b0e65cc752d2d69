/** What keys of settings may name: causes, the kinds that alerts count, and the ledgers of the stage table. */
import type { AlertPolicy } from '../../domain/cases/clusters.ts'
import type { CaseStages } from '../../domain/cases/stages.ts'
import { RISK_CAUSES } from '../../domain/risk/causes.ts'
import type { SettingParts } from '../../domain/settings/catalogue.ts'
import type { Text } from '../../text/text.ts'

export function settingParts(
  { stages, alerts }: { readonly stages: CaseStages; readonly alerts: AlertPolicy },
  text: Text,
): SettingParts {
  const kinds = Object.keys(text.object(text.languages[0] ?? 'zh-CN', 'cases:kind_staff') ?? {})
  const ledgers = kinds.map((kind) => stages.ledgerOf(kind))
  return {
    riskCauses: RISK_CAUSES,
    // A kind without a rule raises no alert, whatever its numbers.
    caseKinds: alerts.rules.map(({ kind }) => kind),
    ledgers: new Map(ledgers.map((ledger) => [ledger.id, ledger.stages.map((stage) => stage.id)])),
  }
}
