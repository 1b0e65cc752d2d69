/** By which day a matter should have left the stage that it came to. */
import { addDays, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { CaseRecord } from './ports.ts'
import { daysLater, stageDueOn, type Ledger, type Stage } from './stages.ts'

/**
 * The day of the table; never before the least time that the stage takes. A matter that goes back has the days of that stage
 * once more, because its day of the table is over.
 * @param from the day of the lead, or the day on which it was opened again
 */
export function dayOfStage(
  ledger: Ledger,
  stage: Stage,
  matter: Pick<CaseRecord, 'urgency' | 'hard'>,
  from: PlainDate,
  enteredOn: PlainDate,
  isReturn: boolean,
  calendar: WorkingCalendar,
): PlainDate | null {
  const day = stageDueOn(ledger, stage, from, matter.urgency, calendar, matter.hard)
  if (day === null) return stage.minDays > 0 ? addDays(enteredOn, stage.minDays) : null
  const least = isReturn
    ? daysLater(ledger, enteredOn, spanOf(ledger, stage), calendar)
    : addDays(enteredOn, stage.minDays)
  return stage.minDays === 0 && !isReturn ? day : day > least ? day : least
}

/** Days between the stage's day and that of the one before it in the table; at least one. */
function spanOf(ledger: Ledger, stage: Stage): number {
  const due = stage.due ?? 0
  const before = ledger.stages
    .slice(0, ledger.stages.indexOf(stage))
    .reduce((latest, each) => (each.due !== null && each.due < due ? Math.max(latest, each.due) : latest), 0)
  return Math.max(1, due - before)
}
