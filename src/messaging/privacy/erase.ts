/**
 * Profile, drafts and registrations of whoever speaks go. What became a matter stays, as the record of a decision, and so do
 * the consents; what belongs to somebody else on this account is not touched.
 */
import { remove, update } from '../../base/change.ts'
import type { Row } from '../../base/change.ts'
import { changedAccount } from '../account.ts'
import { forgetTalks } from '../hand-off/mine.ts'
import type { Parts } from '../parts.ts'
import { say, type Work } from '../work.ts'
import { audit } from './audit.ts'
import { consentTakenBack } from './consents.ts'
import { belongingsOf, ownOf } from './my-data.ts'

const NOTHING_KNOWN: Row = {
  name: null,
  phone: null,
  phoneOf: null,
  territoryId: null,
  consentVersion: null,
  consentAt: null,
}

/** What waits for an answer holds words too. */
const NOTHING_SAID: Row = { profileId: null, speakerAt: null, waiting: null, asked: null }

/** The person's other accounts. */
const othersOf = async ({ reads }: Parts, { account }: Work) =>
  account.stored
    ? (await reads.accountsOf(account.speaker.identityId)).filter(({ id }) => id !== account.record.id)
    : []

export async function erase(parts: Parts, work: Work): Promise<void> {
  const { record } = work.account
  const { conversations, seekers, submissions } = ownOf(work, await belongingsOf(parts, work))
  const gone = new Set(
    conversations.filter(({ phase, openKey }) => phase === 'draft' || openKey !== null).map(({ id }) => id),
  )
  if (work.talk && work.talk.revision >= 0) gone.add(work.talk.id)
  for (const seeker of seekers) {
    work.changes.push(remove('Seeker', seeker.id))
    const told = submissions.find(({ id }) => id === seeker.submissionId)
    if (!told || told.matter !== null) continue
    work.changes.push(remove('Submission', told.id))
    gone.add(told.conversationId)
  }
  for (const id of gone) {
    for (const answer of await parts.reads.answerIds(id)) work.changes.push(remove('Answer', answer))
    work.changes.push(remove('Conversation', id))
  }
  work.talk = null
  work.touched.length = 0
  await forgetTalks(parts, work)
  await consentTakenBack(parts, work, null)
  const { profile } = record
  if (profile) {
    audit(work, 'erase', profile.id, { conversations: gone.size, seekers: seekers.length })
    // A profile made in this very turn is not stored at all.
    if (work.profileRevision !== null)
      work.changes.push(update('Profile', profile.id, work.profileRevision, NOTHING_KNOWN))
    for (const column of Object.keys(work.profileSet)) delete work.profileSet[column]
  }
  for (const other of await othersOf(parts, work)) {
    if (other.profile?.id === profile?.id)
      work.changes.push(update('ChatIdentity', other.id, other.revision, { ...NOTHING_SAID, villageId: null }))
    work.forget.push(other.id)
  }
  work.identitySet['profileId'] = null
  // Others of this account may live elsewhere, but the code was scanned with this phone.
  work.identitySet['villageId'] = null
  const speakers = record.speakers.filter(({ id }) => id !== profile?.id)
  work.account = changedAccount(work.account, { profile: null, village: null, speakers }, parts.text)
  work.profileRevision = null
  say(work, 'messaging:erase.done')
}
