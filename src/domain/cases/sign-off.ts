/** Somebody who may says that a stage was passed, or not; the matter stays where it is until it is taken on. */
import { seal, type Row } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant } from '../../base/time.ts'
import { refused, type MoveDecision, type MoveFacts, type Mover } from './move-terms.ts'
import { actedIn, clockFrom, NOT_PASSED, PASSED, signedOff } from './past.ts'
import type { CaseRecord } from './ports.ts'
import { event } from './report.ts'
import { daysLater, stageOf } from './stages.ts'
import { audited } from './step.ts'

export interface SignOff {
  readonly by: Mover
  readonly isPassed: boolean
  /** Needed where it was not passed. */
  readonly reason: string | null
}

export async function decideSignOff(
  matter: CaseRecord,
  { by, isPassed, reason }: SignOff,
  facts: MoveFacts,
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<MoveDecision> {
  if (by.kind === 'staff' && by.roles.length === 0) return refused('no_scope')
  if (matter.closedAt !== null) return refused('closed')
  const ledger = facts.stages.ledgerOf(matter.kind)
  const stage = stageOf(ledger, matter.stage)
  if (!stage?.signOff) return refused('no_sign_off', { stage: matter.stage })
  const { signOff } = stage
  if (!by.roles.some((role) => signOff.by.includes(role))) return refused('no_role', { stage: stage.id })
  if (by.id !== null && stage.notBy.some((other) => actedIn(facts, other).has(by.id as string)))
    return refused('self_approval', { stage: stage.id })
  if (!isPassed && (reason ?? '').trim() === '') return refused('reason_missing', { stage: stage.id })
  const before = signedOff(facts.timeline, stage.id)
  if (before === (isPassed ? 'passed' : 'not_passed')) return refused('signed_off', { stage: stage.id })
  const what = isPassed ? PASSED : NOT_PASSED
  const set: Record<string, Row[string]> = {}
  const restarts = signOff.thenDue !== null && matter.stageDueOn !== null
  if (restarts && signOff.thenDue !== null) {
    const from = clockFrom(matter, facts.timeline, zone)
    const then = daysLater(ledger, from, signOff.thenDue, facts.calendar)
    set['stageDueOn'] = matter.stageDueOn !== null && then < matter.stageDueOn ? matter.stageDueOn : then
  }
  if (matter.acknowledgedAt === null) set['acknowledgedAt'] = at
  return {
    kind: 'moved',
    matter: { ...matter, ...set } as CaseRecord,
    set,
    changes: [
      event(ids, matter.id, at, by, what, stage.id),
      ...(reason === null ? [] : [event(ids, matter.id, at, by, 'reason', seal(reason))]),
      ...audited(matter, by, `case_${what}`, { number: matter.number, stage: stage.id, on: dateAt(at, zone) }, at),
      ...(restarts ? await facts.watching.restart('case_stage', matter.id, at) : []),
    ],
  }
}
