/** Somebody else speaks: what was open is put aside for whoever began it, and nothing of theirs is known any more. */
import { changedAccount } from '../account.ts'
import { setAside } from '../begin-flow.ts'
import type { Parts } from '../parts.ts'
import type { StoredProfile } from '../ports.ts'
import { close } from '../talk.ts'
import { touch, type Work } from '../work.ts'
import { changeProfile } from './profile-change.ts'
import { setWaiting } from './waiting.ts'

/**
 * @param profile null = somebody who has never spoken here: a profile of their own is made
 * @returns whether the open conversation was somebody else's and was put aside
 */
export async function become(parts: Parts, work: Work, profile: StoredProfile | null): Promise<boolean> {
  const isOther = work.talk !== null && (profile === null || work.talk.profileId !== profile.id)
  if (isOther) await putAsideQuietly(parts, work)
  setWaiting(parts, work, null)
  if (profile?.id !== work.account.record.profile?.id) forgetOffers(work)
  work.profileRevision = profile?.revision ?? null
  work.identitySet['speakerAt'] = work.at
  work.identitySet['profileId'] = profile?.id ?? null
  work.account = changedAccount(work.account, { profile, speakerAt: work.at }, parts.text)
  // The row is made now, so that what is begun from here on has an owner.
  if (profile === null) changeProfile(parts, work, {}, { name: null })
  return isOther
}

/** Nothing is said of it: its very title is not for everybody's eyes. */
export async function putAsideQuietly(parts: Parts, work: Work): Promise<void> {
  const { talk } = work
  if (!talk) return
  if (talk.phase === 'draft') {
    close(talk, 'draft', work.at)
    touch(work, talk)
  } else {
    const said = work.said.length
    await setAside(parts, work, talk)
    work.said.length = said
  }
  work.talk = null
}

function forgetOffers(work: Work): void {
  const { asked: _asked, ...record } = work.account.record
  if (_asked === undefined) return
  work.identitySet['asked'] = null
  work.account = { ...work.account, record }
}
