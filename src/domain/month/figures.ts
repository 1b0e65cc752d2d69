/** The month in numbers: how many, never who or where. Pure. */
import { addDays, dateAt, partsOf, type PlainDate } from '../../base/time.ts'
import type { MonthCase, MonthPlan, MonthReads } from './ports.ts'

export interface CaseFigures {
  /** Leads of the month. */
  readonly leads: number
  /** Decided in the month, and of these within their day. */
  readonly decided: number
  readonly inTime: number
  /** Open at its end (or now), and of these past the day of decision. */
  readonly open: number
  readonly late: number
}

export interface VisitFigures {
  /** Due in the month, up to today. */
  readonly due: number
  readonly done: number
  /** Of those done: on the day or before. */
  readonly onTime: number
}

export interface MonthFigures {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly cases: CaseFigures
  readonly casesByKind: ReadonlyMap<string, CaseFigures>
  readonly visits: VisitFigures
  readonly visitsByPlan: ReadonlyMap<string, VisitFigures>
  /** Numbers of what is open and past its day, oldest decision first. */
  readonly lateNumbers: readonly string[]
}

/** Visits may be logged this many days before they are due and still be the visit that is owed. */
const EARLIEST_VISIT_DAYS = 100

/** The first and last day of the month that this day lies in. */
export function monthOf(on: PlainDate): { readonly from: PlainDate; readonly to: PlainDate } {
  const from = addDays(on, 1 - partsOf(on)[2])
  const inNext = addDays(from, 31)
  return { from, to: addDays(inNext, -partsOf(inNext)[2]) }
}

export const monthBefore = (on: PlainDate): { readonly from: PlainDate; readonly to: PlainDate } =>
  monthOf(addDays(monthOf(on).from, -1))

/** @param counts which cases may be counted; default all */
export async function readMonth(
  reads: MonthReads,
  territoryIds: readonly string[],
  month: { readonly from: PlainDate; readonly to: PlainDate },
  today: PlainDate,
  zone: string,
  counts: (matter: MonthCase) => boolean = () => true,
): Promise<MonthFigures> {
  const until = month.to < today ? month.to : today
  const [matters, plans, visited] = await Promise.all([
    reads.monthCases(territoryIds, month.from, until),
    reads.monthPlans(territoryIds, month.from, until),
    reads.visitedPlans(territoryIds, addDays(month.from, -EARLIEST_VISIT_DAYS), until),
  ])
  return monthFigures({ from: month.from, to: until }, matters.filter(counts), plans, visited, zone)
}

export function monthFigures(
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
  matters: readonly MonthCase[],
  plans: readonly MonthPlan[],
  visited: ReadonlySet<string>,
  zone: string,
): MonthFigures {
  const isIn = (on: PlainDate | null): boolean => on !== null && on >= from && on <= to
  const wasOpen = (matter: MonthCase): boolean =>
    matter.leadOn <= to && (matter.closedAt === null || dateAt(matter.closedAt, zone) > to)
  const isLate = (matter: MonthCase): boolean =>
    wasOpen(matter) && matter.decideBy !== null && matter.decideBy < to && !isDecidedBy(matter, to)
  const casesOf = (some: readonly MonthCase[]): CaseFigures => {
    const decided = some.filter((matter) => isIn(matter.decidedOn))
    return {
      leads: some.filter((matter) => isIn(matter.leadOn)).length,
      decided: decided.length,
      inTime: decided.filter(({ decideBy, decidedOn }) => decideBy === null || (decidedOn ?? '') <= decideBy).length,
      open: some.filter(wasOpen).length,
      late: some.filter(isLate).length,
    }
  }
  const visitsOf = (some: readonly MonthPlan[]): VisitFigures => {
    const done = some.filter((plan) => plan.closedOn !== null && plan.closedOn <= to && visited.has(plan.id))
    return {
      due: some.length,
      done: done.length,
      onTime: done.filter((plan) => (plan.closedOn as PlainDate) <= plan.dueOn).length,
    }
  }
  return {
    from,
    to,
    cases: casesOf(matters),
    casesByKind: grouped(matters, ({ kind }) => kind, casesOf),
    visits: visitsOf(plans),
    visitsByPlan: grouped(plans, ({ plan }) => plan, visitsOf),
    lateNumbers: matters
      .filter(isLate)
      .sort((a, b) => compare(a.decideBy ?? '', b.decideBy ?? '') || compare(a.number, b.number))
      .map(({ number }) => number),
  }
}

const isDecidedBy = (matter: MonthCase, day: PlainDate): boolean => matter.decidedOn !== null && matter.decidedOn <= day

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function grouped<Row, Figures>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  count: (rows: readonly Row[]) => Figures,
): ReadonlyMap<string, Figures> {
  const names = [...new Set(rows.map(nameOf))].sort()
  return new Map(names.map((name) => [name, count(rows.filter((row) => nameOf(row) === name))]))
}

/** `2026-11` */
export const monthName = (figures: { readonly from: PlainDate }): string => figures.from.slice(0, 7)
