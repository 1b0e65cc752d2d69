/** A closed matter is opened again: the first stage of work, with new days from then. The day of the lead never changes. */
import type { Row } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant } from '../../base/time.ts'
import { refused, type Move, type MoveDecision, type MoveFacts } from './move-terms.ts'
import { REOPENED } from './past.ts'
import type { CaseRecord } from './ports.ts'
import { event, openKeyFor } from './report.ts'
import { daysLater, stageDueOn, stageOf } from './stages.ts'
import { stepChanges } from './step.ts'

/** What is one with another matter goes on there. */
const ELSEWHERE = ['merged', 'duplicate']

/** @param twin the open matter of the same speaker and kind, which goes on instead */
export async function decideReopen(
  matter: CaseRecord,
  { by, reason }: Pick<Move, 'by' | 'reason'>,
  twin: Pick<CaseRecord, 'number'> | null,
  facts: Pick<MoveFacts, 'stages' | 'calendar' | 'watching'>,
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<MoveDecision> {
  if (by.kind === 'staff' && by.roles.length === 0) return refused('no_scope')
  if (matter.closedAt === null) return refused('open')
  const ledger = facts.stages.ledgerOf(matter.kind)
  const stage = ledger.reopen && stageOf(ledger, ledger.reopen.to)
  if (!ledger.reopen || !stage || ELSEWHERE.includes(matter.stage)) return refused('not_reopened')
  const { reopen } = ledger
  const may =
    by.kind === 'system' ||
    (by.kind === 'villager' ? reopen.by.includes('villager') : by.roles.some((role) => reopen.by.includes(role)))
  if (!may) return refused('no_role', { stage: REOPENED })
  if (by.kind === 'staff' && (reason ?? '').trim() === '') return refused('reason_missing', { stage: REOPENED })
  if (twin) return refused('twin_open', { other: twin.number })
  const on = dateAt(at, zone)
  const set: Record<string, Row[string]> = {
    stage: stage.id,
    stageEnteredOn: on,
    stageDueOn: stageDueOn(ledger, stage, on, matter.urgency, facts.calendar, matter.hard),
    decideBy: daysLater(ledger, on, reopen.days, facts.calendar),
    decidedOn: null,
    lateReason: null,
    closedAt: null,
    openKey: openKeyFor(matter),
  }
  const step = { from: matter.stage, to: stage.id, on, today: on }
  return {
    kind: 'moved',
    matter: { ...matter, ...set } as CaseRecord,
    set,
    changes: [
      event(ids, matter.id, at, by, REOPENED, matter.stage),
      ...stepChanges(matter, by, step, { reason, lateReason: null, otherId: null }, at, ids),
      ...(await facts.watching.restart('case_stage', matter.id, at)),
      ...(await facts.watching.restart('case_total', matter.id, at)),
    ],
  }
}
