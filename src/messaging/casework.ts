/** What the handlers of casework are given; wire.ts puts it together. */
import type { WorkingCalendar } from '../domain/calendar/working-days.ts'
import type { CaseReads, MatterSequence, StageReads } from '../domain/cases/ports.ts'
import type { AlertPolicy } from '../domain/cases/clusters.ts'
import type { CaseStages } from '../domain/cases/stages.ts'
import type { MeasurePolicy } from '../domain/measures/policy.ts'
import type { DeathReads, DuplicateReads, MeasureReads, ReferralReads } from '../domain/measures/ports.ts'
import type { RoutingPolicy } from '../domain/measures/routing.ts'
import type { RegistryReads } from '../domain/registry/ports.ts'
import type { RiskReads } from '../domain/risk/ports.ts'
import type { RiskRules } from '../domain/risk/rules.ts'
import type { SettingReads } from '../domain/settings/ports.ts'
import type { TaskReads } from '../domain/tasks/ports.ts'
import type { VisitPlans } from '../domain/visits/plans.ts'
import type { VisitReads } from '../domain/visits/ports.ts'
import type { Watching } from '../domain/watching.ts'
import type { MediaReads } from './media/ports.ts'

export interface Casework {
  readonly cases: CaseReads
  readonly progress: StageReads
  readonly visits: VisitReads
  readonly tasks: TaskReads
  readonly registry: RegistryReads
  readonly measures: MeasureReads & ReferralReads
  readonly media: MediaReads
  readonly duplicates: DuplicateReads
  readonly deaths: DeathReads
  readonly sequence: MatterSequence
  readonly stages: CaseStages
  readonly measurePolicy: MeasurePolicy
  readonly routing: RoutingPolicy
  readonly alerts: AlertPolicy
  readonly settings: SettingReads
  readonly risk: RiskRules
  readonly riskFacts: RiskReads
  readonly plans: VisitPlans
  readonly calendar: WorkingCalendar
  readonly watching: Watching
}
