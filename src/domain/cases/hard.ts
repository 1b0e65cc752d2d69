/** Staff say that a matter is hard: it has the days that the table gives hard ones, from the lead or from when it was opened again. */
import { seal, type Row } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { type Instant } from '../../base/time.ts'
import { refused, type Move, type MoveDecision, type MoveFacts } from './move-terms.ts'
import { clockFrom } from './past.ts'
import type { CaseRecord } from './ports.ts'
import { event } from './report.ts'
import { decideBy, stageDueOn, stageOf } from './stages.ts'
import { audited } from './step.ts'

export async function decideHard(
  matter: CaseRecord,
  { by, reason }: Pick<Move, 'by' | 'reason'>,
  facts: Pick<MoveFacts, 'stages' | 'calendar' | 'watching' | 'timeline'>,
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<MoveDecision> {
  if (by.kind === 'staff' && by.roles.length === 0) return refused('no_scope')
  if (matter.closedAt !== null) return refused('closed')
  const ledger = facts.stages.ledgerOf(matter.kind)
  const stage = stageOf(ledger, matter.stage)
  if (ledger.hardDays === null || !stage) return refused('never_hard')
  if (matter.hard) return refused('hard_already')
  if ((reason ?? '').trim() === '') return refused('reason_missing', { stage: 'hard' })
  const from = clockFrom(matter, facts.timeline, zone)
  const set: Record<string, Row[string]> = {
    hard: true,
    decideBy: decideBy(ledger, from, facts.calendar, true),
  }
  if (matter.stageDueOn !== null)
    set['stageDueOn'] = stageDueOn(ledger, stage, from, matter.urgency, facts.calendar, true)
  return {
    kind: 'moved',
    matter: { ...matter, ...set } as CaseRecord,
    set,
    changes: [
      event(ids, matter.id, at, by, 'hard', seal(reason ?? '')),
      ...audited(matter, by, 'case_hard', { number: matter.number }, at),
      ...(await facts.watching.restart('case_stage', matter.id, at)),
      ...(await facts.watching.restart('case_total', matter.id, at)),
    ],
  }
}
