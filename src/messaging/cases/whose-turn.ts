/** Who acts next hears of it: the responsible person where somebody of the village acts, else whoever holds the role, nearest first. */
import { dateAt, type Instant } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { isThere } from '../../domain/registry/responsible.ts'
import { stageOf, type Stage } from '../../domain/cases/stages.ts'
import type { Casework } from '../casework.ts'
import type { Notice } from '../handlers.ts'
import { levelOf, reaches } from '../scope.ts'
import type { StageHook } from '../stage-hooks.ts'
import { markOf, stageWords } from './step-words.ts'

interface When {
  readonly at: Instant
  readonly zone: string
}

/** As a stage hook: the one who acts in the stage that a matter came to, unless it was that person's own doing. */
export const tellWhoseTurn =
  (casework: Casework): StageHook =>
  async ({ before, after, by, at, zone }) => {
    if (after.closedAt !== null || before.stage === after.stage) return { changes: [], notices: [] }
    const owners = stageOf(casework.stages.ledgerOf(after.kind), after.stage)?.owner ?? []
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
  const ledger = casework.stages.ledgerOf(matter.kind)
  const next = stageOf(ledger, matter.stage)?.next ?? []
  const deciding = next.map((id) => stageOf(ledger, id)).filter((stage) => stage !== undefined)
  const stage = isPassed ? deciding[0] : (deciding.find((each) => each.decides && each.closes) ?? deciding[0])
  return noticesTo(
    casework,
    matter,
    stage ? bringing(stage) : [],
    staffId,
    isPassed ? 'passed' : 'not_passed',
    reason,
    when,
  )
}

/** Who acts in a stage and may bring a matter there; where nobody may do both, who may bring it. */
function bringing({ owner, by }: Stage): readonly string[] {
  const both = owner.filter((role) => by === null || by.includes(role))
  return both.length > 0 ? both : (by ?? [])
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
  const lineage = await registry.lineage(matter.territoryId)
  const paths = new Map(lineage.map((place) => [place.id, place.path]))
  const on = dateAt(at, zone)
  const holders = (await registry.holders([...paths.keys()], owners)).filter(
    ({ leftOn, role, territoryId }) =>
      isThere(leftOn, on) && reaches(levelOf({ role, path: paths.get(territoryId) ?? '' }), matter.seenFrom),
  )
  if (holders.some(({ staffId }) => staffId === moverId)) return []
  const isOwn = owners.some((role) => levelOf({ role, path: '' }) === 'village')
  const accounts = await registry.accounts([...new Set(holders.map(({ staffId }) => staffId))])
  const reachable = new Set(accounts.map(({ staffId }) => staffId))
  const nearest = lineage
    .flatMap((place) =>
      owners.flatMap((role) => holders.filter((each) => each.territoryId === place.id && each.role === role)),
    )
    .sort((a, b) => Number(reachable.has(b.staffId)) - Number(reachable.has(a.staffId)))
  const staffId = isOwn && matter.assigneeId !== null ? matter.assigneeId : nearest[0]?.staffId
  if (staffId === undefined || staffId === moverId) return []
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
