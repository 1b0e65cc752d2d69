/** The level above asks some households by phone how a matter was handled: the one that it is about, hidden among others. */
import type { IdSource } from '../../base/ids.ts'
import { seededRandom } from '../../base/random.ts'
import { dateAt, type Instant } from '../../base/time.ts'
import type { Above } from '../../domain/cases/complaints.ts'
import { drawSpotCheck } from '../../domain/cases/spot-check.ts'
import type { ToldPolicy } from '../../domain/cases/told.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { HandlerReads } from '../ports.ts'
import { listed } from '../report-case.ts'
import { seedOf } from '../turn.ts'
import { announceTask, workingDaysAfter, type Announced } from './announce-task.ts'

/** Households that the others are drawn from. */
const MOST_READ = 2000

export interface SpotCheckParts {
  readonly casework: Casework
  readonly reads: Pick<HandlerReads, 'householdsIn'>
  readonly told: ToldPolicy
}

const NOTHING: Pick<Announced, 'changes' | 'notices'> = { changes: [], notices: [] }

/**
 * Nothing where the village has too few households to hide one among.
 * @param cause what the draw is made from: the same again when a handler runs once more
 */
export async function askSpotCheck(
  { casework, reads, told }: SpotCheckParts,
  household: { readonly id: string; readonly territoryId: string },
  above: Above,
  cause: string,
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<Pick<Announced, 'changes' | 'notices'>> {
  const { territoryId } = household
  const village = await reads.householdsIn(territoryId, MOST_READ)
  const drawn = drawSpotCheck(household.id, village, told.spotCheck.others, seededRandom(seedOf(cause, 0)))
  if (drawn === null) return NOTHING
  const found = new Map((await casework.registry.households(drawn)).map((row) => [row.id, row]))
  const [place] = await casework.registry.territories([territoryId])
  const lines = drawn.flatMap((id): TextRef[] => {
    const row = found.get(id)
    const phone = row?.phone ?? null
    const shown = phone === null ? { key: 'cases:staff.no_phone' } : phone
    return row ? [{ key: 'told:spot_check.household', params: { name: row.head, phone: shown } }] : []
  })
  const dueOn = workingDaysAfter(casework, dateAt(at, zone), told.spotCheck.dueDays)
  return announceTask(
    casework,
    {
      kind: 'spot_check',
      // Neither names the household: the task must not give away what the draw hides.
      caseId: null,
      householdId: null,
      territoryId,
      assigneeId: above.assigneeId,
      refId: null,
      detail: drawn.join(' '),
      dueOn,
      seenFrom: above.seenFrom,
      about: null,
    },
    (number) => ({
      key: 'told:spot_check.notice',
      params: { number, village: place?.name ?? '', households: listed(lines, 'told:spot_check.and'), due: dueOn },
    }),
    at,
    zone,
    ids,
    above.hearerId,
  )
}
