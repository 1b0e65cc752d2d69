/** Every consent is a row of its own: who, to what, in which version of the words, when, and when it was taken back. */
import { insert, update } from '../../base/change.ts'
import type { Parts } from '../parts.ts'
import { changeProfile } from '../speaker/profile-change.ts'
import type { Talk } from '../talk.ts'
import type { Work } from '../work.ts'

/** @param purpose `general`, or the question that asked for a consent of its own (health, guardian) */
export function consentGiven(parts: Parts, work: Work, talk: Talk, purpose: string): void {
  // Whoever speaks for another agrees to something before anything of their own is known.
  if (!work.account.record.profile) changeProfile(parts, work, {}, { name: null })
  const { profile } = work.account.record
  if (!profile) return
  work.changes.push(
    insert('Consent', {
      id: parts.ids.next(),
      identityId: work.account.speaker.identityId,
      profileId: profile.id,
      purpose,
      flow: talk.flow.id,
      version: parts.people.consentVersion,
      givenAt: work.at,
      withdrawnAt: null,
    }),
  )
}

/** @param purpose null = all of them */
export async function consentTakenBack(parts: Parts, work: Work, purpose: string | null): Promise<void> {
  const { profile } = work.account.record
  if (!profile) return
  for (const consent of await parts.reads.consents(profile.id)) {
    if (consent.withdrawnAt !== null || (purpose !== null && consent.purpose !== purpose)) continue
    work.changes.push(update('Consent', consent.id, null, { withdrawnAt: work.at }))
  }
}
