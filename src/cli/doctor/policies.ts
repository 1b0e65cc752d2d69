import { readAlertPolicy } from '../../domain/cases/clusters.ts'
import { readCaseStages } from '../../domain/cases/stages.ts'
import { readToldPolicy } from '../../domain/cases/told.ts'
import { readMeasurePolicy } from '../../domain/measures/policy.ts'
import { readRouting } from '../../domain/measures/routing.ts'
import { readRiskRules } from '../../domain/risk/rules.ts'
import { readVisitPlans } from '../../domain/visits/plans.ts'
import type { FlowSource } from '../../flow/flow.ts'
import { readReminderPolicy } from '../../reminders/policy.ts'
import type { Definitions } from '../../wire.ts'
import { fine, problem, reasonOf, type Finding, type Speech } from './finding.ts'

const READERS: readonly (readonly [name: string, read: (file: FlowSource) => unknown])[] = [
  ['case-stages', readCaseStages],
  ['reminders', readReminderPolicy],
  ['visit-plans', readVisitPlans],
  ['measures', readMeasurePolicy],
  ['routing', readRouting],
  ['clusters', (file) => readAlertPolicy(file, null)],
  ['risk-rules', (file) => readRiskRules(file)],
  ['told', (file) => readToldPolicy(file)],
]

export function checkPolicies({ policies }: Definitions, speech: Speech): Finding[] {
  const wrong = READERS.flatMap(([name, read]) => {
    const file = policies.get(name)
    if (!file) return [problem('policies.bad', 'policies.todo', { reason: `policy/${name}.yaml` })]
    try {
      read(file)
      return []
    } catch (error) {
      return [problem('policies.bad', 'policies.todo', { reason: reasonOf(error, speech) })]
    }
  })
  return wrong.length > 0 ? wrong : [fine('policies.ok')]
}
