/** Facts that a flow learned about the speaker become the profile, and are known from then on. */
import { seal } from '../base/change.ts'
import type { Cell } from '../base/change.ts'
import type { Instant } from '../base/time.ts'
import { changedAccount } from './account.ts'
import type { IdentityRecord } from './ports.ts'
import type { Parts } from './parts.ts'
import type { Work } from './work.ts'

type Facts = Readonly<Record<string, string>>

export async function learn(parts: Parts, work: Work, facts: Facts): Promise<void> {
  const { record } = work.account
  const village = facts['village'] ? await parts.reads.territoryByPath(facts['village']) : null
  const set = columns(facts, village?.id ?? null, work.at)
  if (Object.keys(set).length === 0) return
  const old = record.profile
  const profile: NonNullable<IdentityRecord['profile']> = {
    id: old?.id ?? parts.ids.next(),
    name: facts['name'] ?? old?.name ?? null,
    phone: facts['phone'] ?? old?.phone ?? null,
    territoryId: village?.id ?? old?.territoryId ?? null,
    territoryPath: village?.path ?? old?.territoryPath ?? null,
    consentVersion: facts['consent'] ?? old?.consentVersion ?? null,
    revision: work.profileRevision === null ? 0 : work.profileRevision + 1,
  }
  if (!old) work.identitySet['profileId'] = profile.id
  Object.assign(work.profileSet, set)
  work.account = changedAccount(work.account, { profile }, parts.text)
}

function columns(facts: Facts, villageId: string | null, at: Instant): Record<string, Cell> {
  const set: Record<string, Cell> = {}
  if (facts['consent']) Object.assign(set, { consentVersion: facts['consent'], consentAt: at })
  if (villageId !== null) set['territoryId'] = villageId
  if (facts['name']) set['name'] = facts['name']
  if (facts['phone']) set['phone'] = seal(facts['phone'])
  return set
}
