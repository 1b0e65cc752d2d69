import { insert, update } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import { sortableIds, type IdSource } from '../../base/ids.ts'
import type { Clock } from '../../base/time.ts'
import type { Storage } from '../../storage/open.ts'

const RUNS = 'pipe_runs'
/** `sortableIds` gives the word of a process six characters of base 36. */
const WORDS = 36 ** 6

/**
 * Ids that repeat exactly on an equal database, and follow those of every earlier run on this one: a run may begin at the
 * very instant at which the last one ended, so the runs are counted in the database.
 * @throws AppError WRITE_CONFLICT when another run begins at the same moment
 */
export async function idsOfRun({ reads, writer }: Pick<Storage, 'reads' | 'writer'>, clock: Clock): Promise<IdSource> {
  const known = await reads.rows.first('Setting', { where: { key: RUNS, territoryId: null } })
  const run = (typeof known?.value === 'number' ? known.value : 0) + 1
  const changed = { value: run, updatedAt: clock.now() }
  const outcome = await writer.commit([
    known
      ? update('Setting', known.id, known.revision, changed)
      : insert('Setting', { id: ` ${RUNS}`, key: RUNS, territoryId: null, enteredBy: null, source: null, ...changed }),
  ])
  if (outcome.kind !== 'committed') throw new AppError('WRITE_CONFLICT', { table: outcome.table })
  return sortableIds(clock, () => (run + 0.5) / WORDS)
}
