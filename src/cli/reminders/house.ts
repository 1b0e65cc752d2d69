/** What `bangfu reminders` looks through: the clock's parts over a storage that keeps nothing of what is written. */
import { seededRandom } from '../../base/random.ts'
import { sortableIds } from '../../base/ids.ts'
import { AppError } from '../../base/errors.ts'
import { instant, type Clock, type Instant } from '../../base/time.ts'
import type { Config } from '../../config.ts'
import type { ReminderParts } from '../../reminders/parts.ts'
import { createMatterSequence } from '../../storage/matter-sequence.ts'
import { overlayOn, type Overlay } from '../../storage/overlay.ts'
import { allReads } from '../../storage/reads/all-reads.ts'
import { systemClock } from '../../system.ts'
import { rulesOf } from '../../wire.ts'
import type { CommandHouse } from '../open-command.ts'
import { latestInstant } from '../pipe/latest-instant.ts'

export interface ReminderHouse {
  readonly parts: ReminderParts
  readonly overlay: Overlay
  /** Where the clock of this database stands: now, or the latest moment that it knows when a moved clock went ahead. */
  readonly now: Instant
  readonly latest: Instant | null
}

export async function reminderHouse(
  { definitions, storage, text }: CommandHouse,
  { timezone: zone }: Config,
): Promise<ReminderHouse> {
  const overlay = overlayOn(storage.reads.rows)
  const reads = allReads(overlay.rows)
  const latest = await latestInstant(overlay.rows)
  const now = instant(Math.max(systemClock.now(), latest ?? 0))
  const rules = rulesOf(definitions, { reads }, zone)
  await rules.keeper.refresh(now)
  const clock: Clock = { now: () => now }
  return {
    overlay,
    now,
    latest,
    parts: {
      policy: rules.reminders,
      place: rules.place,
      reads: reads.reminders,
      cases: reads.cases,
      visits: reads.visits,
      tasks: reads.tasks,
      registry: reads.registry,
      turns: { stages: rules.stages, timeline: (caseId) => reads.progress.timeline(caseId) },
      month: reads.month,
      attachments: {
        month: ({ name }, figures) =>
          Promise.resolve({
            id: '',
            name: `${text.say({ key: 'month:file', params: { territory: name, month: figures.from.slice(0, 7) } }, text.languageFor(null))}.xlsx`,
            type: '',
          }),
      },
      sequence: createMatterSequence(overlay.writer, overlay.rows),
      writer: overlay.writer,
      ids: sortableIds(clock, seededRandom(1)),
      text,
      onError: (error) => {
        throw error instanceof AppError ? error : new AppError('INTERNAL', {}, { cause: error })
      },
    },
  }
}
