/** When the next visit of a plan is owed. Pure: the plan's rule, what it counts from, days off. */
import { addDays, addMonths, plainDate, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { Span, VisitPlanRule } from './plans.ts'

export interface CountedFrom {
  /** The visit that was made, or the day on which nobody knew of one. */
  readonly last: PlainDate
  /** Day on which the matter entered the stage that the plan counts from; null where it counts from none. */
  readonly entered: PlainDate | null
}

/** No series of look-backs is longer. */
const LONGEST_SERIES = 200

/** The first day after `last` that the plan asks for, with its window, before a day off when it keeps to working days. */
export function nextDueOn(rule: VisitPlanRule, from: CountedFrom, calendar: WorkingCalendar): PlainDate {
  const nominal = nominalAfter(rule, from)
  const due = shifted(rule, nominal, calendar)
  // A long holiday: nobody is to come again on the day of the last visit, or before it.
  return due > from.last ? due : calendar.onOrAfter(addDays(nominal, rule.window.due))
}

function nominalAfter({ every }: VisitPlanRule, { last, entered }: CountedFrom): PlainDate {
  if (every === 'quarter') return endOfQuarter(quarterOf(last))
  if (!('after' in every)) return later(last, every)
  const start = entered ?? last
  const first = every.after.map((span) => later(start, span))
  const found = first.find((day) => day > last)
  if (found) return found
  let day = first.at(-1) ?? start
  for (let count = 0; count < LONGEST_SERIES && day <= last; count += 1) day = later(day, every.then)
  return day
}

/** The day by which a quarter is to be reported. */
export const quarterDueOn = (rule: VisitPlanRule, quarter: string, calendar: WorkingCalendar): PlainDate =>
  shifted(rule, endOfQuarter(quarter), calendar)

function shifted(rule: VisitPlanRule, nominal: PlainDate, calendar: WorkingCalendar): PlainDate {
  const due = addDays(nominal, rule.window.due)
  return rule.calendar === 'work' ? calendar.onOrBefore(due) : due
}

export const later = (from: PlainDate, span: Span): PlainDate =>
  'months' in span ? addMonths(from, span.months) : addDays(from, span.weeks * 7)

/** 2026-11-23 → 2026Q4 */
export const quarterOf = (on: PlainDate): string => `${on.slice(0, 4)}Q${Math.ceil(Number(on.slice(5, 7)) / 3)}`

/** 2026Q1 → 2025Q4 */
export function quarterBefore(said: string): string {
  const [year = 0, quarter = 0] = said.split('Q').map(Number)
  return quarter > 1 ? `${year}Q${quarter - 1}` : `${year - 1}Q4`
}

/** 2025Q4 → 2026Q1 */
export function quarterAfter(said: string): string {
  const [year = 0, quarter = 0] = said.split('Q').map(Number)
  return quarter < 4 ? `${year}Q${quarter + 1}` : `${year + 1}Q1`
}

export function endOfQuarter(quarter: string): PlainDate {
  const [year = 0, number = 0] = quarterAfter(quarter).split('Q').map(Number)
  return addDays(plainDate(year, number * 3 - 2, 1) as PlainDate, -1)
}

/** Whether a visit on that day can be the one that is owed by `dueOn`. */
export const mayStart = ({ window }: VisitPlanRule, dueOn: PlainDate, on: PlainDate): boolean =>
  window.mayStart === null || on >= addDays(dueOn, window.mayStart - window.due)

export const isLate = ({ window }: VisitPlanRule, dueOn: PlainDate, on: PlainDate): boolean =>
  on >= addDays(dueOn, window.overdue)

export const isMissed = ({ window }: VisitPlanRule, dueOn: PlainDate, on: PlainDate): boolean =>
  on > addDays(dueOn, window.missed)
