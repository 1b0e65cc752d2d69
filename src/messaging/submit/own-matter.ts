import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Speaker } from '../handlers.ts'

/** Reported from this account by whoever speaks now: on a shared phone the others' matters are as strangers'. */
export const isOwn = (
  { identityId, profileId }: Pick<CaseRecord, 'identityId' | 'profileId'>,
  speaker: Pick<Speaker, 'identityId' | 'profile'>,
): boolean => identityId === speaker.identityId && profileId === (speaker.profile?.id ?? null)

/** The same for whoever has the number: what was said here without a name belongs to nobody else. */
export const isOwnByNumber = (
  matter: Pick<CaseRecord, 'identityId' | 'profileId' | 'seenFrom'>,
  speaker: Pick<Speaker, 'identityId' | 'profile'>,
): boolean =>
  isOwn(matter, speaker) ||
  (matter.identityId === speaker.identityId && matter.profileId === null && matter.seenFrom !== null)
