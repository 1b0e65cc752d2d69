/** Whether somebody who reported a matter can be told of it by message, or has to be called. */
import { HOUR, type Instant } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { ToldPolicy } from '../../domain/cases/told.ts'
import { personOf } from '../account.ts'
import type { Abilities, ChannelName } from '../channel.ts'
import { accountOfPerson } from '../link/best-account.ts'
import type { AddressReads, HandlerReads, IdentityRecord } from '../ports.ts'

export interface ReachParts {
  readonly reads: Pick<AddressReads, 'accountsOf'> & Pick<HandlerReads, 'lastSubmitted'>
  readonly told: ToldPolicy
  readonly abilitiesOf: (channel: ChannelName) => Abilities
}

export interface Reach {
  /** Account to write to; null = none. */
  readonly identityId: string | null
  /** Somebody else may be the one who reads it: the number and no more. */
  readonly isShared: boolean
  /** Why somebody has to call; null = the message is enough. Names under `told:phone.why`. */
  readonly call: 'no_account' | 'muted' | 'window' | 'page' | null
}

const NOBODY: Reach = { identityId: null, isShared: false, call: 'no_account' }

/** Reported by staff or found in data: the account, if there is one, is not the villager's. */
const NOT_THEIR_OWN: ReadonlySet<string> = new Set(['cadre', 'data', 'inspection'])

/** Somebody spoke for somebody else. */
export const PROXY = 'proxy'

/** @param leave when the message would go */
export async function reachOf(
  { reads, told, abilitiesOf }: ReachParts,
  matter: Pick<CaseRecord, 'identityId' | 'profileId' | 'source'>,
  leave: Instant,
): Promise<Reach> {
  if (matter.identityId === null || NOT_THEIR_OWN.has(matter.source)) return NOBODY
  const identity = await accountOfPerson(reads, { abilitiesOf, preferred: [] }, matter.identityId, leave)
  if (!identity) return NOBODY
  const isShared = isSharedBy(identity, matter.profileId)
  if (identity.mutedAt) return { identityId: null, isShared, call: 'muted' }
  const silentMs = leave - Math.max(identity.speakerAt ?? 0, (await lastSubmitted(reads, identity)) ?? 0)
  const { replyWindowHours } = abilitiesOf(identity.channel)
  if (replyWindowHours !== null && silentMs > replyWindowHours * HOUR)
    return { identityId: null, isShared, call: 'window' }
  // The page shows it when it is opened again, which may be never.
  const isShut = identity.channel === 'web' && silentMs > told.phone.pageShutAfterMs
  // Whoever spoke for somebody is written to; the one it is about has no account.
  return {
    identityId: personOf(identity),
    isShared,
    call: isShut ? 'page' : matter.source === PROXY ? 'no_account' : null,
  }
}

/** Known of the person, not of the account: on another one than the first it says nothing about when that was heard. */
const lastSubmitted = (reads: ReachParts['reads'], identity: IdentityRecord) =>
  identity.sameAs ? Promise.resolve(null) : reads.lastSubmitted(identity.id)

/** Several people speak from it, or another one than the matter's does now. */
function isSharedBy({ speakers, profile }: IdentityRecord, profileId: string | null): boolean {
  const known = speakers.filter(({ name, phone }) => name !== null || phone !== null)
  return known.length > 1 || (profileId !== null && profile !== null && profile.id !== profileId)
}
