/** Tasks that a move settles: a complaint that somebody has taken up, a call about a matter that its owner has taken back. */
import { COMPLAINT } from '../../domain/cases/complaints.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import { settleTask } from '../../domain/tasks/tasks.ts'
import type { Casework } from '../casework.ts'
import type { StageChange, StageHook } from '../stage-hooks.ts'

export const settleToldOnMove =
  (casework: Casework): StageHook =>
  async (change) => {
    const { after, by, at } = change
    const isTakenBack = by.kind === 'villager' && after.stage === 'withdrawn'
    if (!isTakenBack && after.kind !== COMPLAINT) return { changes: [], notices: [] }
    const open = await casework.tasks.openTasksOfCases([after.id])
    const staffId = by.kind === 'staff' ? by.id : null
    const settled = await Promise.all(
      open.map((task) => {
        const outcome = outcomeOf(task, change)
        return outcome === null ? [] : settleTask(task, outcome, staffId, casework.watching, at)
      }),
    )
    return { changes: settled.flat(), notices: [] }
  }

function outcomeOf({ kind }: TaskRecord, { after, by }: StageChange): 'done' | 'dropped' | null {
  const isTakenBack = by.kind === 'villager' && after.stage === 'withdrawn'
  if (kind === 'complaint') return isTakenBack ? 'dropped' : 'done'
  return kind === 'phone_notice' && isTakenBack ? 'dropped' : null
}
