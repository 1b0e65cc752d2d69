/** A matter that ends in another one: what undoing it needs is written down, and what was pressing in it is pressing there. */
import { pairKey } from '../../domain/cases/duplicates.ts'
import { mergeChanges } from '../../domain/cases/merge.ts'
import { settleTask, taskKey } from '../../domain/tasks/tasks.ts'
import type { Casework } from '../casework.ts'
import type { StageHook } from '../stage-hooks.ts'

export const onMerged =
  ({ cases, tasks, watching }: Casework): StageHook =>
  async ({ before, after, by, at, ids }) => {
    if (after.mergedIntoId === null || before.mergedIntoId !== null) return { changes: [], notices: [] }
    const [kept] = await cases.cases([after.mergedIntoId])
    if (!kept) return { changes: [], notices: [] }
    const staffId = by.kind === 'staff' ? by.id : null
    const task = await tasks.taskByOpenKey(taskKey('duplicate_check', pairKey(kept, before)))
    return {
      changes: [
        ...(await mergeChanges({ kept, later: before }, staffId, watching, at, ids)),
        ...(task ? await settleTask(task, 'done', staffId, watching, at) : []),
      ],
      notices: [],
    }
  }
