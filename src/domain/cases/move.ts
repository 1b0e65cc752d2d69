/** Whether a matter may go to another stage, who may bring it there, and what that changes. Nothing is changed where it is refused. */
import type { Row } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { addMonths, addDays, dateAt, daysBetween, type Instant, type PlainDate } from '../../base/time.ts'
import { refused, type Move, type MoveDecision, type MoveFacts, type Mover, type Refused } from './move-terms.ts'
import { missingNeed } from './needs.ts'
import { actedIn, cameTo, clockFrom } from './past.ts'
import type { CaseRecord } from './ports.ts'
import { dayOfStage } from './stage-days.ts'
import { stageMove, stageOf, type Ledger, type Stage } from './stages.ts'
import { stepChanges } from './step.ts'

export async function decideMove(
  matter: CaseRecord,
  move: Move,
  facts: MoveFacts,
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<MoveDecision> {
  const today = dateAt(at, zone)
  const on = move.on ?? today
  const ledger = facts.stages.ledgerOf(matter.kind)
  const no = mayMove(matter, move, ledger, facts, on, today, zone)
  if (no) return no
  const stage = stageOf(ledger, move.to) as Stage
  const isReturn = isBefore(ledger, stage.id, matter.stage)
  const set: Record<string, Row[string]> = {
    stage: stage.id,
    stageEnteredOn: on,
    stageDueOn: dayOfStage(
      ledger,
      stage,
      matter,
      clockFrom(matter, facts.timeline, zone),
      on,
      isReturn,
      facts.calendar,
    ),
  }
  if (stage.decides) set['decidedOn'] = on
  // What was done, and isn't, waits for its decision again.
  else if (isReturn && matter.decidedOn !== null && stage.due !== null) set['decidedOn'] = null
  if (move.lateReason !== null && matter.lateReason === null) set['lateReason'] = move.lateReason
  if (stage.needs.includes('other_matter')) set['mergedIntoId'] = move.otherId
  if (matter.acknowledgedAt === null && move.by.kind === 'staff') set['acknowledgedAt'] = at
  if (stage.closes) Object.assign(set, { closedAt: at, openKey: null, stageDueOn: null })
  const changes = [
    ...stepChanges(matter, move.by, { from: matter.stage, to: stage.id, on, today }, move, at, ids),
    ...(stage.closes
      ? await facts.watching.end(matter.id, at)
      : await facts.watching.restart('case_stage', matter.id, at)),
    ...(set['decidedOn'] === null ? await facts.watching.restart('case_total', matter.id, at) : []),
  ]
  return { kind: 'moved', matter: { ...matter, ...set } as CaseRecord, set, changes }
}

type Past = Pick<MoveFacts, 'timeline' | 'verifications' | 'confirmations' | 'measures' | 'isWithoutLabour'>

/** @returns the first thing that stands against it; null when nothing does */
export function mayMove(
  matter: CaseRecord,
  move: Move,
  ledger: Ledger,
  facts: Past,
  on: PlainDate,
  today: PlainDate,
  zone: string,
): Refused | null {
  const { by, to } = move
  if (by.kind === 'staff' && by.roles.length === 0) return refused('no_scope')
  if (matter.closedAt !== null) return refused('closed')
  const present = stageOf(ledger, matter.stage)
  const stage = stageOf(ledger, to)
  const isReturn = isBefore(ledger, to, matter.stage)
  if (!stage) return refused('no_stage', { stage: to })
  if (to === matter.stage) return refused('already', { stage: to })
  if (on > today) return refused('date_future', { on })
  if (on < matter.stageEnteredOn) return refused('date_before', { on, since: matter.stageEnteredOn })
  const table = stageMove(ledger, matter, to, on)
  if (table.kind === 'refused') {
    if (table.reason !== 'too_early' || !present) return refused('not_next', { stage: to, from: matter.stage })
    const until = addDays(matter.stageEnteredOn, present.minDays)
    const count = daysBetween(on, until)
    // Objections need not wait for the last day of the notice.
    if (!isReturn) return refused('too_early', { from: matter.stage, until, count })
  }
  // Whoever asked says that it is not done: as good as opening it again.
  const isTakenUpAgain = isReturn && by.kind === 'villager' && present?.decides === true
  const mayBring = isTakenUpAgain ? (ledger.reopen?.by.includes('villager') ?? false) : mayBringTo(stage, by)
  if (!mayBring) return refused('no_role', { stage: to })
  if (isReturn && by.kind === 'staff' && !move.fulfilled.includes('reason') && (move.reason ?? '').trim() === '')
    return refused('reason_missing', { stage: to })
  const first = stage.after && addMonths(cameTo(facts.timeline, stage.after.stage, matter, zone), stage.after.months)
  if (first !== null && on < first) return refused('months', { stage: to, first, months: stage.after?.months ?? 0 })
  const isOwnWork = stage.signOff === null && by.id !== null && by.kind === 'staff'
  if (isOwnWork && stage.notBy.some((other) => actedIn(facts, other).has(by.id as string)))
    return refused('self_approval', { stage: to })
  return missingNeed(matter, stage, move, facts, on)
}

const isBefore = (ledger: Ledger, stage: string, present: string): boolean => {
  const places = ledger.stages.map(({ id }) => id)
  return places.indexOf(stage) < places.indexOf(present)
}

const mayBringTo = (stage: Stage, by: Mover): boolean => {
  if (by.kind === 'system') return true
  if (by.kind === 'villager') return stage.by?.includes('villager') ?? false
  return stage.by === null || by.roles.some((role) => stage.by?.includes(role))
}
