/** Somebody who may says that a matter is seen (收到), that the person was called (已联系), or takes it up (受理). */
import { update, type Change, type Row } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { Watching } from '../watching.ts'
import type { CaseRecord } from './ports.ts'
import { event } from './report.ts'
import { stageDueOn, stageMove, type CaseStages } from './stages.ts'

export type Acknowledgement = 'seen' | 'contacted' | 'accept'

export type AcknowledgeDecision =
  | { readonly kind: 'done'; readonly matter: CaseRecord; readonly changes: readonly Change[] }
  /** Nothing to do: it was said before. */
  | { readonly kind: 'already' }
  | { readonly kind: 'closed' }

/** Any of the three stops what climbs while nobody answers; only `accept` moves the matter on. */
export async function decideAcknowledge(
  word: Acknowledgement,
  matter: CaseRecord,
  staffId: string,
  facts: { readonly stages: CaseStages; readonly calendar: WorkingCalendar; readonly watching: Watching },
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<AcknowledgeDecision> {
  if (matter.closedAt !== null) return { kind: 'closed' }
  const on = dateAt(at, zone)
  const ledger = facts.stages.ledgerOf(matter.kind)
  const move = word === 'accept' ? stageMove(ledger, matter, 'accepted', on) : null
  if (word === 'seen' && matter.acknowledgedAt !== null) return { kind: 'already' }
  if (move?.kind === 'refused') return { kind: 'already' }
  const set: Record<string, Row[string]> = {}
  if (matter.acknowledgedAt === null) set['acknowledgedAt'] = at
  if (move) {
    set['stage'] = move.stage.id
    set['stageEnteredOn'] = on
    set['stageDueOn'] = stageDueOn(ledger, move.stage, matter.leadOn, matter.urgency, facts.calendar)
  }
  const what = word === 'accept' ? 'stage' : word
  return {
    kind: 'done',
    matter: { ...matter, ...set } as CaseRecord,
    changes: [
      update('Case', matter.id, matter.revision, set),
      event(ids, matter.id, at, { kind: 'staff', id: staffId }, what, move ? move.stage.id : null),
      ...(move ? await facts.watching.restart('case_stage', matter.id, at) : []),
    ],
  }
}
