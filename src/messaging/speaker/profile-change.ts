/** The profile of whoever speaks now, changed in memory and in what the turn will store. */
import type { Cell } from '../../base/change.ts'
import { changedAccount } from '../account.ts'
import type { Parts } from '../parts.ts'
import type { StoredProfile } from '../ports.ts'
import type { Work } from '../work.ts'

const NOTHING_KNOWN: Omit<StoredProfile, 'id' | 'revision'> = {
  name: null,
  phone: null,
  phoneOf: null,
  territoryId: null,
  territoryPath: null,
  consentVersion: null,
}

/** @param columns the same change as columns of Profile */
export function changeProfile(
  parts: Parts,
  work: Work,
  change: Partial<Omit<StoredProfile, 'id' | 'revision'>>,
  columns: Readonly<Record<string, Cell>>,
): void {
  const { record } = work.account
  const old = record.profile
  const profile: StoredProfile = {
    ...NOTHING_KNOWN,
    ...old,
    ...change,
    id: old?.id ?? parts.ids.next(),
    revision: work.profileRevision === null ? 0 : work.profileRevision + 1,
  }
  if (!old) work.identitySet['profileId'] = profile.id
  Object.assign(work.profileSet, columns)
  const speakers = old
    ? record.speakers.map((one) => (one.id === profile.id ? profile : one))
    : [...record.speakers, profile]
  work.account = changedAccount(work.account, { profile, speakers }, parts.text)
}
