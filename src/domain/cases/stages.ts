/** The table of stages (`flows/policy/case-stages.yaml`): what a matter of a kind goes through, and by which day. */
import { addDays, daysBetween, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import { readPolicy, type PolicySource } from '../policy.ts'
import type { CaseRecord, Urgency } from './ports.ts'
import { CASE_STAGES_SCHEMA, type Need, type Tell } from './stages-schema.ts'
import { checkLedger, peopleIn } from './stages-check.ts'

export interface Stage {
  readonly id: string
  /** Roles that act in it. */
  readonly owner: readonly string[]
  /** Days from the lead by which it should be over; null = no day. */
  readonly due: number | null
  /** The same for urgent and dangerous matters. */
  readonly urgentDue: number | null
  /** The same for matters that staff marked as hard. */
  readonly hardDue: number | null
  /** Days that must pass in it, whatever the hurry (public notice). */
  readonly minDays: number
  /** Roles that may bring a matter here (`villager` among them); null = everybody who works for the place. */
  readonly by: readonly string[] | null
  /** Who says that it was passed or not, before the matter may leave for a stage that needs it. */
  readonly signOff: {
    readonly by: readonly string[]
    /** Days from the lead by which it should be over, once signed off. */
    readonly thenDue: number | null
  } | null
  /** Whoever acted in these stages may not sign this one off; where nothing is signed off, may not bring a matter here. */
  readonly notBy: readonly string[]
  readonly needs: readonly Need[]
  /** Not before so many months after the matter came to a stage. */
  readonly after: { readonly stage: string; readonly months: number } | null
  /** Can be reached from every stage in which a matter is open. */
  readonly fromOpen: boolean
  /** How the villager hears that the matter is there. */
  readonly tell: Tell
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
  /** In place of the total for matters marked as hard; null = there are none. */
  readonly hardDays: number | null
  readonly calendar: 'natural' | 'work'
  /** How a closed matter is opened again; null = it isn't. */
  readonly reopen: { readonly to: string; readonly days: number; readonly by: readonly string[] } | null
  /** Withdrawn and reported again within so many days: the first lead date is kept. */
  readonly againWithin: number
  /** The first one is where a matter begins. */
  readonly stages: readonly Stage[]
}

export interface CaseStages {
  /** @returns the first ledger of the file for a kind that none names. */
  ledgerOf(kind: string): Ledger
  /** Names of the stages of all ledgers. */
  readonly stageIds: ReadonlySet<string>
}

/** @throws AppError POLICY_INVALID with file and line */
export function readCaseStages(source: PolicySource): CaseStages {
  const { value, refuse } = readPolicy(source, CASE_STAGES_SCHEMA)
  const ledgers: Ledger[] = []
  const byKind = new Map<string, Ledger>()
  const people = (names: readonly string[], path: readonly (string | number)[]) =>
    peopleIn(value.people, names, path, refuse)
  for (const [id, table] of Object.entries(value.ledgers)) {
    const path = ['ledgers', id]
    checkLedger(table, path, refuse)
    const ledger: Ledger = {
      id,
      kinds: table.kinds,
      totalDays: table.total.days,
      hardDays: table.total.hard_days ?? null,
      calendar: table.total.calendar,
      reopen: table.reopen ? { ...table.reopen, by: people(table.reopen.by, [...path, 'reopen', 'by']) } : null,
      againWithin: table.again_within,
      stages: table.stages.map((stage, place) => ({
        id: stage.id,
        owner: people(stage.owner, [...path, 'stages', place, 'owner']),
        due: stage.due ?? null,
        urgentDue: stage.urgent_due ?? null,
        hardDue: stage.hard_due ?? null,
        minDays: stage.min_days,
        by: stage.by ? people(stage.by, [...path, 'stages', place, 'by']) : null,
        signOff: stage.sign_off
          ? {
              by: people(stage.sign_off.by, [...path, 'stages', place, 'sign_off', 'by']),
              thenDue: stage.sign_off.then_due ?? null,
            }
          : null,
        notBy: stage.not_by,
        needs: stage.needs,
        after: stage.after ?? null,
        fromOpen: stage.from_open,
        tell: stage.tell,
        decides: stage.decides,
        closes: stage.closes,
        next: stage.next,
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
  return {
    ledgerOf: (kind) => byKind.get(kind) ?? first,
    stageIds: new Set(ledgers.flatMap(({ stages }) => stages.map(({ id }) => id))),
  }
}

export const stageOf = (ledger: Ledger, id: string): Stage | undefined => ledger.stages.find((stage) => stage.id === id)

/** Day by which the whole must be decided. */
export const decideBy = (ledger: Ledger, leadOn: PlainDate, calendar: WorkingCalendar, hard = false): PlainDate =>
  daysLater(ledger, leadOn, hard ? (ledger.hardDays ?? ledger.totalDays) : ledger.totalDays, calendar)

/**
 * Day by which the stage should be over; null when it has none.
 * @param from the day of the lead, or the day on which the matter was opened again
 */
export function stageDueOn(
  ledger: Ledger,
  stage: Stage,
  from: PlainDate,
  urgency: Urgency,
  calendar: WorkingCalendar,
  hard = false,
): PlainDate | null {
  const ordinary = urgency === 'normal' ? stage.due : (stage.urgentDue ?? stage.due)
  const due = hard ? (stage.hardDue ?? ordinary) : ordinary
  return due === null ? null : daysLater(ledger, from, due, calendar)
}

export function daysLater(ledger: Ledger, from: PlainDate, count: number, calendar: WorkingCalendar): PlainDate {
  if (ledger.calendar === 'natural') return addDays(from, count)
  let day = from
  for (let left = count; left > 0; left -= 1) day = calendar.onOrAfter(addDays(day, 1))
  return day
}

export type StageMove =
  | { readonly kind: 'allowed'; readonly stage: Stage }
  | { readonly kind: 'refused'; readonly reason: 'closed' | 'not_next' | 'too_early' }

/** Whether the table leads a matter to that stage on that day, whoever brings it there. */
export function stageMove(
  ledger: Ledger,
  matter: Pick<CaseRecord, 'stage' | 'stageEnteredOn' | 'closedAt'>,
  to: string,
  on: PlainDate,
): StageMove {
  if (matter.closedAt !== null) return { kind: 'refused', reason: 'closed' }
  const present = stageOf(ledger, matter.stage)
  const stage = stageOf(ledger, to)
  if (!present || !stage || to === present.id) return { kind: 'refused', reason: 'not_next' }
  if (stage.fromOpen) return { kind: 'allowed', stage }
  if (!present.next.includes(to)) return { kind: 'refused', reason: 'not_next' }
  if (daysBetween(matter.stageEnteredOn, on) < present.minDays) return { kind: 'refused', reason: 'too_early' }
  return { kind: 'allowed', stage }
}
