/** Whoever reported what was merged hears of the stages of the kept one under the own number, and nothing of the other. */
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Casework } from '../casework.ts'
import type { StageHook } from '../stage-hooks.ts'

/** @param tell what tells the reporter of a matter of its move */
export const onKeptMoved =
  (casework: Casework, tell: StageHook): StageHook =>
  async (change) => {
    const { before, after } = change
    if (after.mergedIntoId !== null) return { changes: [], notices: [] }
    const told = await Promise.all(
      (await mergedIn(casework, after)).map((matter) =>
        tell({ ...change, before: asIn(matter, before), after: asIn(matter, after) }),
      ),
    )
    // Where no message arrives nobody is called twice about one matter: a call is only made to the first reporter.
    const notices = told.flatMap((one) => one.notices.filter(({ to }) => to.kind === 'identity'))
    // Whether it is solved is asked of the first reporter.
    return {
      changes: [],
      notices: notices.map((notice) => ({ ...notice, say: notice.say.map(({ text }) => ({ text })) })),
    }
  }

/** Merges of merges deeper than this are nobody's. */
export const DEEPEST = 5

/** What others reported of it, each as it was reported: what was merged into a merged one too. */
export async function mergedIn({ duplicates }: Casework, kept: CaseRecord): Promise<readonly CaseRecord[]> {
  const found: CaseRecord[] = []
  for (let level = [kept], depth = 0; level.length > 0 && depth < DEEPEST; depth += 1) {
    level = (await Promise.all(level.map(({ id }) => duplicates.mergedInto(id)))).flat()
    found.push(...level)
  }
  return found.filter(({ identityId }) => identityId !== null && identityId !== kept.identityId)
}

/** How far the kept one is, under the number and to the account of the own report. Its plan stays that of the kept one. */
export const asIn = (own: CaseRecord, kept: CaseRecord): CaseRecord => ({
  ...kept,
  number: own.number,
  identityId: own.identityId,
  profileId: own.profileId,
  source: own.source,
  personName: own.personName,
})
