/** Who acts next hears of it (turn-holder.ts says who that is). */
import { dateAt, type Instant } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Casework } from '../casework.ts'
import type { Notice } from '../handlers.ts'
import type { StageHook } from '../stage-hooks.ts'
import { markOf, stageWords } from './step-words.ts'
import { holdersOf, rolesToAct, turnHolder } from './turn-holder.ts'

interface When {
  readonly at: Instant
  readonly zone: string
}

/** As a stage hook: the one who acts in the stage that a matter came to, unless it was that person's own doing. */
export const tellWhoseTurn =
  (casework: Casework): StageHook =>
  async ({ before, after, by, at, zone }) => {
    if (after.closedAt !== null || before.stage === after.stage) return { changes: [], notices: [] }
    const owners = rolesToAct(casework.stages, after, null)
    const key = after.stageDueOn === null ? 'told' : 'told_by'
    const notices = await noticesTo(casework, after, owners, by.id, key, null, { at, zone })
    return { changes: [], notices }
  }

/** Passed: whoever decides next. Not passed: whoever may say that it is not included. */
export async function tellAfterSignOff(
  casework: Casework,
  matter: CaseRecord,
  isPassed: boolean,
  reason: string | null,
  { staffId, ...when }: When & { readonly staffId: string },
): Promise<readonly Notice[]> {
  return noticesTo(
    casework,
    matter,
    rolesToAct(casework.stages, matter, isPassed ? 'passed' : 'not_passed'),
    staffId,
    isPassed ? 'passed' : 'not_passed',
    reason,
    when,
  )
}

async function noticesTo(
  casework: Casework,
  matter: CaseRecord,
  owners: readonly string[],
  moverId: string | null,
  key: string,
  reason: string | null,
  { at, zone }: When,
): Promise<readonly Notice[]> {
  const { registry, watching } = casework
  const on = dateAt(at, zone)
  const lineage = await registry.lineage(matter.territoryId)
  const held = await registry.holders(
    lineage.map(({ id }) => id),
    owners,
  )
  const chain = { lineage, holders: held }
  if (holdersOf(chain, owners, matter.seenFrom, on).some(({ staffId }) => staffId === moverId)) return []
  const accounts = await registry.accounts([...new Set(held.map(({ staffId }) => staffId))])
  const staffId = turnHolder({ ...chain, accounts }, owners, matter, on)
  if (staffId === null || staffId === moverId) return []
  const leave = watching.mayLeave('case_new', at)
  return [
    {
      to: { kind: 'staff', staffId },
      say: [
        {
          text: {
            key: `stages:turn.${key}`,
            params: {
              number: matter.number,
              stage: stageWords(matter.stage),
              by: matter.stageDueOn ?? '',
              reason: reason ?? '',
              where: lineage[0]?.name ?? { key: 'cases:staff.no_village' },
              who: matter.personName ?? { key: 'cases:staff.no_name' },
            },
          },
          choices: [{ id: `stage:show:${matter.number}`, label: { key: 'stages:button.show' } }],
          numbered: false,
        },
      ],
      matter: markOf(matter),
      reminder: null,
      notBefore: leave > at ? leave : null,
      about: 'turn',
    },
  ]
}
