/** Whether a stage still waits for whoever was to hear of it, when the message leaves: perhaps the next morning. */
import { NOT_PASSED, PASSED } from '../../domain/cases/past.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { stageOf, type CaseStages } from '../../domain/cases/stages.ts'
import type { Outgoing } from '../channel.ts'
import type { ConversationReads, HandlerReads } from '../ports.ts'
import { levelOf } from '../scope.ts'

const ASSIGNED = 'assigned'

export interface TurnParts {
  readonly stages: CaseStages
  readonly reads: Pick<ConversationReads, 'identity'> & Pick<HandlerReads, 'lastEvent'>
}

/** Signed off meanwhile (whoever acts after that was told of it), or given to somebody else. */
export async function isTurnOver(
  { stages, reads }: TurnParts,
  matter: CaseRecord,
  { createdAt, channel, chat }: Outgoing,
): Promise<boolean> {
  if (matter.closedAt !== null) return true
  const [passed, notPassed, assigned] = await Promise.all(
    [PASSED, NOT_PASSED, ASSIGNED].map((what) => reads.lastEvent(matter.id, what)),
  )
  const isSince = (at: number | null | undefined) => at != null && at > createdAt
  if (isSince(passed) || isSince(notPassed)) return true
  const owners = stageOf(stages.ledgerOf(matter.kind), matter.stage)?.owner ?? []
  const isAssignees = owners.some((role) => levelOf({ role, path: '' }) === 'village')
  if (!isAssignees || !isSince(assigned)) return false
  const account = await reads.identity(channel, chat)
  return account?.staff?.id !== matter.assigneeId
}
