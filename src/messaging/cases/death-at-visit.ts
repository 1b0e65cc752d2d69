/** A visit or a verification that found that somebody has died. Of a household of several it is asked who, unless it was said. */
import type { IdSource } from '../../base/ids.ts'
import type { Instant } from '../../base/time.ts'
import type { HouseholdRecord } from '../../domain/registry/ports.ts'
import type { VisitPlanRecord } from '../../domain/visits/ports.ts'
import type { StoredAnswer } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { HandlerResult, StaffSpeaker } from '../handlers.ts'
import type { MadeVisit } from '../visits/made-visit.ts'
import { recordDeath, type Bereaved } from './record-death.ts'
import { diedOf, livingIn, whoDied } from './who-died.ts'

interface Moment {
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

type Added = Pick<HandlerResult, 'changes' | 'say' | 'notices'>

const DIED = 'died'
const NOTHING: Added = { changes: [], say: [], notices: [] }

export async function deathsAtVisits(
  casework: Casework,
  staff: StaffSpeaker,
  visits: readonly MadeVisit[],
  moment: Moment,
): Promise<Added> {
  const all: Added[] = []
  for (const { household, visit, decision } of visits) {
    if (!visit.changes.includes(DIED) || household.closedOn !== null) continue
    const [only] = await livingIn(casework, household)
    if (household.size > 1 || !only) {
      all.push({ ...NOTHING, say: [await whoDied(casework, household)] })
      continue
    }
    const open = await casework.visits.openPlansOf([household.id])
    const left = open.filter(({ id }) => !decision.cleared.some((cleared) => cleared.id === id))
    const plans: readonly VisitPlanRecord[] = [...left, ...decision.next]
    all.push(await recordDeath(casework, diedOf(household, only), staff, moment, { plans }))
  }
  return together(all)
}

/** @param changes what was said of the members, one by one: `who` and `what` */
export async function deathsAtVerification(
  casework: Casework,
  staff: StaffSpeaker,
  household: HouseholdRecord | null,
  changes: StoredAnswer | undefined,
  moment: Moment,
): Promise<Added> {
  if (!household || changes === undefined || typeof changes === 'string') return NOTHING
  const died = changes.filter(({ what }) => typeof what === 'string' && what.split(' ').includes(DIED))
  if (died.length === 0) return NOTHING
  const living = await livingIn(casework, household)
  const all: Added[] = []
  const asked = new Set<string>()
  let bereaved: Bereaved = household
  for (const { who } of died) {
    const name = typeof who === 'string' ? who.replace(/\s+/gu, '') : ''
    const known = living.filter((each) => each.name.replace(/\s+/gu, '') === name)
    const [one] = known
    if (!one || known.length > 1) continue
    const recorded = await recordDeath(casework, diedOf(bereaved, one), staff, moment, { asked })
    all.push(recorded)
    for (const matter of recorded.matters) asked.add(matter)
    bereaved = { ...bereaved, size: bereaved.size - 1 }
  }
  const isUnclear = all.length < died.length
  return together(isUnclear ? [...all, { ...NOTHING, say: [await whoDied(casework, household)] }] : all)
}

const together = (all: readonly Added[]): Added => ({
  changes: all.flatMap(({ changes }) => changes),
  say: all.flatMap(({ say }) => say),
  notices: all.flatMap(({ notices }) => notices),
})
