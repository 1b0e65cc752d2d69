/** What the clock runs of comparisons: rounds whose release was begun, until nothing in them waits. The shape is that of the schedule's jobs. */
import type { IdSource } from '../../base/ids.ts'
import { instant, type Instant } from '../../base/time.ts'
import { releaseRound, type ReleaseParts } from './release-round.ts'

export function releaseJob(parts: ReleaseParts, zone: string, ids: IdSource) {
  return {
    name: 'comparison_release',
    cron: '* * * * *',
    next: async (): Promise<Instant | null> => ((await parts.comparison.releasing()).length > 0 ? instant(0) : null),
    async run(at: Instant): Promise<void> {
      for (const round of await parts.comparison.releasing()) await releaseRound(parts, round, at, zone, ids)
    },
  }
}
