/** Whoever reported what was merged hears of the stages of the kept one under the own number, and nothing of the other. */
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Casework } from '../casework.ts'
import type { StageHook } from '../stage-hooks.ts'

/** @param tell what tells the reporter of a matter of its move */
export const onKeptMoved =
  ({ duplicates }: Casework, tell: StageHook): StageHook =>
  async (change) => {
    const { before, after } = change
    if (after.mergedIntoId !== null) return { changes: [], notices: [] }
    const merged = (await duplicates.mergedInto(after.id)).filter(
      ({ identityId }) => identityId !== null && identityId !== after.identityId,
    )
    const told = await Promise.all(
      merged.map((matter) => tell({ ...change, before: asIn(matter, before), after: asIn(matter, after) })),
    )
    // Where no message arrives nobody is called twice about one matter: a call is only made to the first reporter.
    const notices = told.flatMap((one) => (one.changes.length > 0 ? [] : one.notices))
    // Whether it is solved is asked of the first reporter.
    return {
      changes: [],
      notices: notices.map((notice) => ({ ...notice, say: notice.say.map(({ text }) => ({ text })) })),
    }
  }

const asIn = (own: CaseRecord, kept: CaseRecord): CaseRecord => ({
  ...kept,
  id: own.id,
  number: own.number,
  identityId: own.identityId,
  profileId: own.profileId,
  source: own.source,
  personName: own.personName,
})
