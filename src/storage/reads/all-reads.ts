/** Every port that other rooms read through, over one source of rows. */
import type { CalendarReads } from '../../domain/calendar/ports.ts'
import type { CaseReads, StageReads } from '../../domain/cases/ports.ts'
import type { DeathReads, DuplicateReads, MeasureReads, ReferralReads } from '../../domain/measures/ports.ts'
import type { ComparisonReads } from '../../domain/comparison/ports.ts'
import type { JobReads } from '../../domain/jobs/ports.ts'
import type { ImportReads } from '../../domain/registry/import/ports.ts'
import type { OpenWorkReads, RegistryReads } from '../../domain/registry/ports.ts'
import type { RiskReads } from '../../domain/risk/ports.ts'
import type { SettingReads } from '../../domain/settings/ports.ts'
import type { MonthReads } from '../../domain/month/ports.ts'
import type { TaskReads } from '../../domain/tasks/ports.ts'
import type { VisitReads } from '../../domain/visits/ports.ts'
import type { BindReads } from '../../messaging/bind/ports.ts'
import type { MediaReads } from '../../messaging/media/ports.ts'
import type { HandOffReads } from '../../messaging/hand-off/ports.ts'
import type { FlowVersionReads, MessagingReads, PickerReads } from '../../messaging/ports.ts'
import type { ReminderReads } from '../../reminders/ports.ts'
import type { FunnelReads, PosterReads, ReportReads } from '../../reports/ports.ts'
import type { RowSource } from '../row-source.ts'
import { addressReads } from './addresses.ts'
import { peopleReads } from './belongings.ts'
import { calendarReads } from './calendar.ts'
import { bindReads } from './binding.ts'
import { caseReads } from './cases.ts'
import { comparisonReads } from './comparison.ts'
import { conversationReads } from './conversations.ts'
import { flowVersionReads } from './flow-versions.ts'
import { funnelReads } from './funnel.ts'
import { handOffReads } from './hand-offs.ts'
import { handlerReads } from './handlers.ts'
import { importReads } from './imports.ts'
import { jobReads } from './jobs.ts'
import { monthReads } from './month.ts'
import { openWorkReads } from './open-work.ts'
import { outboxReads } from './outbox.ts'
import { deathReads, duplicateReads, measureReads } from './measures.ts'
import { mediaReads } from './media.ts'
import { pageReads, type PageReads } from './pages.ts'
import { pickerReads } from './pickers.ts'
import { posterReads } from './posters.ts'
import { registryReads } from './registry.ts'
import { reminderHistory } from './reminder-history.ts'
import { reminderReads } from './reminders.ts'
import { reportReads } from './reports.ts'
import { riskReads } from './risk.ts'
import { settingReads } from './settings.ts'
import { stageReads } from './stages.ts'
import { taskReads } from './tasks.ts'
import { visitReads } from './visits.ts'

export interface StorageReads {
  readonly messaging: MessagingReads
  readonly flowVersions: FlowVersionReads
  readonly pickers: PickerReads
  readonly registry: RegistryReads
  readonly cases: CaseReads
  readonly progress: StageReads
  readonly visits: VisitReads
  readonly tasks: TaskReads
  readonly measures: MeasureReads & ReferralReads
  readonly duplicates: DuplicateReads
  readonly deaths: DeathReads
  readonly settings: SettingReads
  readonly comparison: ComparisonReads
  readonly riskFacts: RiskReads
  readonly calendarDays: CalendarReads
  readonly jobs: JobReads
  readonly media: MediaReads
  readonly month: MonthReads
  readonly reminders: ReminderReads
  readonly reports: ReportReads
  readonly binding: BindReads
  readonly handOffs: HandOffReads
  readonly openWork: OpenWorkReads
  readonly posters: PosterReads
  readonly funnel: FunnelReads
  readonly imports: ImportReads
  readonly pages: PageReads
  /** Rows of any table, for looks at the whole (doctor, readiness) that no room has a port for. */
  readonly rows: RowSource
}

/** @param sets the same rows, quicker: for what messages, the clock and rules read */
export function allReads(rows: RowSource, sets: RowSource = rows): StorageReads {
  const registry = registryReads(sets)
  const cases = caseReads(sets)
  const tasks = taskReads(sets)
  return {
    messaging: {
      ...conversationReads(sets),
      ...outboxReads(sets),
      ...addressReads(sets),
      ...handlerReads(sets),
      ...peopleReads(sets),
    },
    flowVersions: flowVersionReads(sets),
    pickers: pickerReads(sets, registry),
    registry,
    cases,
    progress: stageReads(sets),
    visits: visitReads(sets),
    tasks,
    measures: measureReads(sets),
    duplicates: duplicateReads(rows, cases, tasks),
    deaths: deathReads(rows, cases),
    settings: settingReads(sets),
    comparison: comparisonReads(rows),
    riskFacts: riskReads(sets),
    calendarDays: calendarReads(sets),
    jobs: jobReads(sets),
    media: mediaReads(sets),
    month: monthReads(rows),
    reminders: { ...reminderReads(sets), ...reminderHistory(rows) },
    reports: reportReads(rows),
    binding: bindReads(sets),
    handOffs: handOffReads(sets),
    openWork: openWorkReads(rows),
    posters: posterReads(rows),
    funnel: funnelReads(rows),
    imports: importReads(rows),
    pages: pageReads(sets),
    rows: sets,
  }
}
