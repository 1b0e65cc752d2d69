/** Who acts next in a matter: the responsible person where somebody of the village acts, else whoever holds the role, nearest first. */
import type { PlainDate } from '../../base/time.ts'
import { signedOff } from '../../domain/cases/past.ts'
import type { CaseRecord, TimelineEntry } from '../../domain/cases/ports.ts'
import { stageOf, type CaseStages, type Stage } from '../../domain/cases/stages.ts'
import type { RoleRecord } from '../../domain/registry/ports.ts'
import { isThere, type Chain } from '../../domain/registry/responsible.ts'
import { levelOf, reaches } from '../scope.ts'

export type SignOff = 'passed' | 'not_passed' | null

/**
 * Roles that act next in the stage in which a matter is.
 * @param signed how the stage was signed off: then whoever may take the matter on
 */
export function rolesToAct(stages: CaseStages, { kind, stage }: Pick<CaseRecord, 'kind' | 'stage'>, signed: SignOff) {
  const ledger = stages.ledgerOf(kind)
  const present = stageOf(ledger, stage)
  if (signed === null) return present?.owner ?? []
  const deciding = (present?.next ?? []).map((id) => stageOf(ledger, id)).filter((each) => each !== undefined)
  const refusing = deciding.find((each) => each.decides && each.closes)
  const next = signed === 'passed' ? deciding[0] : (refusing ?? deciding[0])
  return next ? bringing(next) : []
}

/** Who acts in a stage and may bring a matter there; where nobody may do both, who may bring it. */
function bringing({ owner, by }: Stage): readonly string[] {
  const both = owner.filter((role) => by === null || by.includes(role))
  return both.length > 0 ? both : (by ?? [])
}

/** Those of the roles who are there and of a level that may know of the matter, in any order. */
export function holdersOf(
  { lineage, holders }: Pick<Chain, 'lineage' | 'holders'>,
  roles: readonly string[],
  seenFrom: string | null,
  on: PlainDate,
): readonly RoleRecord[] {
  const paths = new Map(lineage.map((place) => [place.id, place.path]))
  return holders.filter(
    ({ leftOn, role, territoryId }) =>
      roles.includes(role) &&
      isThere(leftOn, on) &&
      reaches(levelOf({ role, path: paths.get(territoryId) ?? '' }), seenFrom),
  )
}

/** @returns a staff id, whether that one is away or not; null where nobody holds such a role. Who can be reached comes first. */
export function turnHolder(
  chain: Pick<Chain, 'lineage' | 'holders' | 'accounts'>,
  roles: readonly string[],
  { assigneeId, seenFrom }: Pick<CaseRecord, 'assigneeId' | 'seenFrom'>,
  on: PlainDate,
): string | null {
  const holders = holdersOf(chain, roles, seenFrom, on)
  const isOfVillage = roles.some((role) => levelOf({ role, path: '' }) === 'village')
  if (assigneeId !== null && (isOfVillage || holders.some(({ staffId }) => staffId === assigneeId))) return assigneeId
  const reachable = new Set(chain.accounts.map(({ staffId }) => staffId))
  const nearest = chain.lineage
    .flatMap((place) =>
      roles.flatMap((role) => holders.filter((each) => each.territoryId === place.id && each.role === role)),
    )
    .sort((a, b) => Number(reachable.has(b.staffId)) - Number(reachable.has(a.staffId)))
  return nearest[0]?.staffId ?? null
}

export interface TurnReads {
  readonly stages: CaseStages
  timeline(caseId: string): Promise<readonly TimelineEntry[]>
}

/** The same for a matter as it is now. */
export async function whoseTurn(
  { stages, timeline }: TurnReads,
  chain: Pick<Chain, 'lineage' | 'holders' | 'accounts'>,
  matter: CaseRecord,
  on: PlainDate,
): Promise<string | null> {
  const isSigned = stageOf(stages.ledgerOf(matter.kind), matter.stage)?.signOff != null
  const signed = isSigned ? signedOff(await timeline(matter.id), matter.stage) : null
  return turnHolder(chain, rolesToAct(stages, matter, signed), matter, on)
}
