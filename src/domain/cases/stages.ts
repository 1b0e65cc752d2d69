/** The table of stages (`flows/policy/case-stages.yaml`): what a matter of a kind goes through, and by which day. */
import { z } from 'zod'
import { addDays, daysBetween, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import { readPolicy, type PolicySource } from '../policy.ts'
import type { CaseRecord, Urgency } from './ports.ts'

export interface Stage {
  readonly id: string
  /** Roles that act in it. */
  readonly owner: readonly string[]
  /** Days from the lead by which it should be over; null = no day. */
  readonly due: number | null
  /** The same for urgent and dangerous matters. */
  readonly urgentDue: number | null
  /** Days that must pass in it, whatever the hurry (public notice). */
  readonly minDays: number
  /** Reaching it is the decision that the total clock waits for. */
  readonly decides: boolean
  /** Reaching it ends the matter. */
  readonly closes: boolean
  readonly next: readonly string[]
}

export interface Ledger {
  readonly id: string
  readonly kinds: readonly string[]
  readonly totalDays: number
  readonly calendar: 'natural' | 'work'
  /** The first one is where a matter begins. */
  readonly stages: readonly Stage[]
}

export interface CaseStages {
  /** @returns the first ledger of the file for a kind that none names. */
  ledgerOf(kind: string): Ledger
  /** The departments that needs (names of `risk_cause`) are for, in the order of the file; none for what no department names. */
  departmentsOf(needs: readonly string[]): readonly string[]
}

const days = z.int().min(0).max(3660)
const SCHEMA = z.strictObject({
  ledgers: z.record(
    z.string(),
    z.strictObject({
      kinds: z.array(z.string()).min(1),
      total: z.strictObject({ days: days.min(1), calendar: z.enum(['natural', 'work']).default('natural') }),
      stages: z
        .array(
          z.strictObject({
            id: z.string(),
            owner: z.array(z.string()),
            due: days.optional(),
            urgent_due: days.optional(),
            min_days: days.default(0),
            decides: z.boolean().default(false),
            closes: z.boolean().default(false),
            next: z.array(z.string()),
          }),
        )
        .min(1),
    }),
  ),
  departments: z.record(z.string(), z.array(z.string()).min(1)).default({}),
})

/** @throws AppError POLICY_INVALID with file and line */
export function readCaseStages(source: PolicySource): CaseStages {
  const { value, refuse } = readPolicy(source, SCHEMA)
  const ledgers: Ledger[] = []
  const byKind = new Map<string, Ledger>()
  for (const [id, table] of Object.entries(value.ledgers)) {
    const path = ['ledgers', id]
    const names = table.stages.map((stage) => stage.id)
    const twice = names.findIndex((name, place) => names.indexOf(name) !== place)
    if (twice >= 0) refuse([...path, 'stages', twice, 'id'], `stage ${names[twice]} stands twice`)
    for (const [place, stage] of table.stages.entries()) {
      const at = [...path, 'stages', place]
      const lost = stage.next.find((next) => !names.includes(next))
      if (lost !== undefined) refuse([...at, 'next'], `no stage ${lost}`)
      if (stage.due !== undefined && stage.due > table.total.days) refuse([...at, 'due'], 'later than the total')
      if (!stage.closes && stage.next.length === 0)
        refuse([...at, 'next'], 'leads nowhere and does not close the matter')
    }
    if (!table.stages.some((stage) => stage.decides)) refuse([...path, 'stages'], 'no stage decides')
    const ledger: Ledger = {
      id,
      kinds: table.kinds,
      totalDays: table.total.days,
      calendar: table.total.calendar,
      stages: table.stages.map(({ urgent_due, min_days, due, ...stage }) => ({
        ...stage,
        due: due ?? null,
        urgentDue: urgent_due ?? null,
        minDays: min_days,
      })),
    }
    ledgers.push(ledger)
    for (const kind of table.kinds) {
      if (byKind.has(kind)) refuse([...path, 'kinds'], `kind ${kind} has two ledgers`)
      byKind.set(kind, ledger)
    }
  }
  const [first] = ledgers
  if (!first) return refuse(['ledgers'], 'no ledger')
  const departments = Object.entries(value.departments)
  return {
    ledgerOf: (kind) => byKind.get(kind) ?? first,
    departmentsOf: (needs) =>
      departments.filter(([, theirs]) => theirs.some((need) => needs.includes(need))).map(([id]) => id),
  }
}

/** Day by which the whole must be decided. */
export const decideBy = (ledger: Ledger, leadOn: PlainDate, calendar: WorkingCalendar): PlainDate =>
  daysLater(ledger, leadOn, ledger.totalDays, calendar)

/** Day by which the stage should be over; null when it has none. */
export function stageDueOn(
  ledger: Ledger,
  stage: Stage,
  leadOn: PlainDate,
  urgency: Urgency,
  calendar: WorkingCalendar,
): PlainDate | null {
  const due = urgency === 'normal' ? stage.due : (stage.urgentDue ?? stage.due)
  return due === null ? null : daysLater(ledger, leadOn, due, calendar)
}

function daysLater(ledger: Ledger, from: PlainDate, count: number, calendar: WorkingCalendar): PlainDate {
  if (ledger.calendar === 'natural') return addDays(from, count)
  let day = from
  for (let left = count; left > 0; left -= 1) day = calendar.onOrAfter(addDays(day, 1))
  return day
}

export type StageMove =
  | { readonly kind: 'allowed'; readonly stage: Stage }
  | { readonly kind: 'refused'; readonly reason: 'closed' | 'not_next' | 'too_early' }

/** Whether a matter may go to that stage on that day. */
export function stageMove(
  ledger: Ledger,
  matter: Pick<CaseRecord, 'stage' | 'stageEnteredOn' | 'closedAt'>,
  to: string,
  on: PlainDate,
): StageMove {
  if (matter.closedAt !== null) return { kind: 'refused', reason: 'closed' }
  const present = ledger.stages.find((stage) => stage.id === matter.stage)
  const stage = ledger.stages.find((each) => each.id === to)
  if (!present || !stage || !present.next.includes(to)) return { kind: 'refused', reason: 'not_next' }
  if (daysBetween(matter.stageEnteredOn, on) < present.minDays) return { kind: 'refused', reason: 'too_early' }
  return { kind: 'allowed', stage }
}
