/** What every reminder needs; handed over by wire.ts. */
import type { Writer } from '../base/change.ts'
import type { IdSource } from '../base/ids.ts'
import type { CaseReads, MatterSequence } from '../domain/cases/ports.ts'
import type { MonthReads } from '../domain/month/ports.ts'
import type { RegistryReads } from '../domain/registry/ports.ts'
import type { TurnReads } from '../messaging/cases/turn-holder.ts'
import type { TaskReads } from '../domain/tasks/ports.ts'
import type { VisitReads } from '../domain/visits/ports.ts'
import type { Text } from '../text/text.ts'
import type { ReminderPolicy } from './policy.ts'
import type { Attachments, ReminderReads } from './ports.ts'
import type { Place } from './times.ts'

export interface ReminderParts {
  readonly policy: ReminderPolicy
  readonly place: Place
  readonly reads: ReminderReads
  readonly cases: CaseReads
  readonly visits: VisitReads
  readonly tasks: TaskReads
  readonly registry: RegistryReads
  readonly sequence: MatterSequence
  /** Without it the reminders of a stage go to whoever has the matter, whoever acts in the stage. */
  readonly turns?: TurnReads
  readonly writer: Writer
  /** Without it the monthly digest tells what is open only. */
  readonly month?: MonthReads
  /** Without it no file goes with a digest. */
  readonly attachments?: Attachments
  readonly ids: IdSource
  readonly text: Text
  /** What went wrong with one row; the others go on. */
  readonly onError: (error: unknown, watchId: string) => void
}
