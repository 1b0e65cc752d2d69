/** What was told on an account before it became another one of somebody who is known already. */
import { remove, update, type Row } from '../../base/change.ts'
import { openKeyOf } from '../../domain/cases/report.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import { talksTakenOver } from '../hand-off/mine.ts'
import type { Parts } from '../parts.ts'
import type { Belongings, IdentityRecord, StoredProfile } from '../ports.ts'
import { expiryAfter } from '../talk.ts'
import type { Work } from '../work.ts'

/** Of the same name, or nobody who has said one. */
export function isSamePerson(mine: StoredProfile, other: StoredProfile): boolean {
  const plain = (name: string | null) => (name === null ? null : unspaced(normalise(name)))
  return mine.name === null || plain(mine.name) === plain(other.name)
}

/**
 * @param owner whose everything of this account's speaker is afterwards
 * @param merged the profile of this account that becomes one with the owner's; null = none, or the owner is that one
 */
export async function carryOver(
  parts: Parts,
  work: Work,
  first: IdentityRecord,
  owner: StoredProfile,
  merged: StoredProfile | null,
): Promise<void> {
  const { id } = work.account.record
  const all = await parts.reads.belongings(id)
  const theirs = await parts.reads.belongings(first.id)
  const to: Row = { identityId: first.id, profileId: owner.id }
  const key = keys(theirs)
  const { changes } = work
  for (const { id: conversation, flow, phase, openKey, revision } of all.conversations) {
    if (phase !== 'draft' && openKey === null) continue
    const kept = parts.flows.byId(flow)
    const draft = { phase: 'draft', openKey: null, wakeAt: kept ? expiryAfter(kept, work.at) : null }
    changes.push(update('Conversation', conversation, revision, { ...to, ...draft }))
  }
  for (const one of all.cases) {
    const openKey = one.openKey === null ? null : key(openKeyOf(owner.id, one.kind, one.personName))
    changes.push(update('Case', one.id, one.revision, { ...to, openKey }))
  }
  for (const one of all.seekers) {
    const openKey = one.openKey === null ? null : key(owner.id)
    changes.push(update('Seeker', one.id, one.revision, { ...to, openKey }))
  }
  for (const one of all.enrolments) {
    const openKey = one.openKey === null ? null : key(`${one.courseId} ${owner.id}`)
    changes.push(update('Enrolment', one.id, one.revision, { ...to, openKey }))
  }
  for (const one of all.submissions) changes.push(update('Submission', one.id, null, to))
  changes.push(...(await talksTakenOver(parts, id, first.id, () => true, owner.id)))
  if (merged) await mergeProfile(parts, work, first, owner, merged)
  else if (owner.id === work.account.record.profile?.id)
    changes.push(update('Profile', owner.id, owner.revision, { identityId: first.id }))
}

/** What the one has not said and the other has is kept. */
async function mergeProfile(
  parts: Parts,
  work: Work,
  first: IdentityRecord,
  owner: StoredProfile,
  merged: StoredProfile,
): Promise<void> {
  for (const consent of await parts.reads.consents(merged.id))
    work.changes.push(update('Consent', consent.id, null, { identityId: first.id, profileId: owner.id }))
  const set: Record<string, string | null> = {}
  if (owner.name === null && merged.name !== null) set['name'] = merged.name
  if (owner.territoryId === null && merged.territoryId !== null) set['territoryId'] = merged.territoryId
  if (Object.keys(set).length > 0) work.changes.push(update('Profile', owner.id, owner.revision, set))
  // A profile made in this very turn is not stored at all.
  if (work.profileRevision !== null) work.changes.push(remove('Profile', merged.id))
}

/** A key that is taken already is nobody's else: what had it stands beside. */
function keys({ cases, seekers, enrolments }: Belongings): (key: string) => string | null {
  const taken = new Set([...cases, ...seekers, ...enrolments].flatMap(({ openKey }) => openKey ?? []))
  return (key) => {
    if (taken.has(key)) return null
    taken.add(key)
    return key
  }
}
