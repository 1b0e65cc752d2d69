/** A household has another helper, or lives elsewhere: what is open about it follows at once. */
import { insert, update, type Change, type Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import { chainsOf, ownerChanges } from './hand-over.ts'
import { newOwnerOf, type OfficerOf } from './new-owner.ts'
import type { OpenWork, OpenWorkReads, RegistryReads } from './ports.ts'
import { mayOpen } from './responsible.ts'

export interface Rehomed {
  readonly householdId: string
  /** Who helped it before. */
  readonly helperBefore: string | null
}

export interface RehomeParts {
  readonly registry: RegistryReads
  readonly work: OpenWorkReads
  readonly writer: Writer
  readonly ids: IdSource
  readonly officerOf: OfficerOf
  readonly actor: string
}

const TRIES = 5

/**
 * What the helper had is the new helper's; what others have stays theirs as long as they may open the place, and is else whoever's
 * who answers there. Visits follow by themselves (visits/follow-import.ts).
 * @throws AppError WRITE_CONFLICT
 */
export async function rehome(
  parts: RehomeParts,
  changed: readonly Rehomed[],
  at: Instant,
  on: PlainDate,
): Promise<void> {
  const chains = chainsOf(parts.registry)
  for (const { householdId, helperBefore } of changed) {
    for (let tries = 0; ; tries++) {
      const changes = await changesFor(parts, chains, householdId, helperBefore, at, on)
      if (changes.length === 0 || (await parts.writer.commit(changes)).kind === 'committed') break
      if (tries >= TRIES) throw new AppError('WRITE_CONFLICT', { table: 'Case' })
    }
  }
}

async function changesFor(
  { registry, work, ids, actor, officerOf }: RehomeParts,
  chains: ReturnType<typeof chainsOf>,
  householdId: string,
  helperBefore: string | null,
  at: Instant,
  on: PlainDate,
): Promise<readonly Change[]> {
  const [household] = await registry.households([householdId])
  const open = household ? await work.workAbout([householdId]) : []
  if (!household || open.length === 0) return []
  const { territoryId, helperId } = household
  const chain = await chains(territoryId)
  const ownerOf = (thing: OpenWork): string | null => {
    const { ownerId, seenFrom, notTo, department } = thing
    // Whoever went along to the visit, and a department, are asked for themselves.
    const isAsked = notTo !== undefined || department !== undefined
    const isHelpers = ownerId !== null && ownerId === helperBefore && ownerId !== helperId && !isAsked
    if (ownerId !== null && !isHelpers && mayOpen(chain, ownerId, on, seenFrom)) return ownerId
    const [from, to] = isHelpers ? [ownerId, helperId] : ['', null]
    return newOwnerOf(chain, thing, from, to, on, officerOf).staffId
  }
  const moved = open
    .map((thing) => ({ thing, toId: ownerOf(thing) }))
    .filter(({ thing, toId }) => toId !== thing.ownerId || thing.territoryId !== territoryId)
  if (moved.length === 0) return []
  const elsewhere = moved.filter(({ thing }) => thing.territoryId !== territoryId).map(({ thing }) => thing.id)
  const watches = (await work.watchPlaces(elsewhere)).filter((watch) => watch.territoryId !== territoryId)
  return [
    ...moved.flatMap(({ thing, toId }) => ownerChanges(thing, toId, at, ids, { territoryId })),
    ...watches.map((watch) => update('Watch', watch.id, watch.revision, { territoryId })),
    insert('AuditEntry', {
      at,
      actor,
      action: 'rehome',
      subject: householdId,
      detail: { to: territoryId, moved: moved.map(({ thing, toId }) => [thing.id, toId]) },
    }),
  ]
}
