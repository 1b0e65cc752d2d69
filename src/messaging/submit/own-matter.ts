import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Speaker } from '../handlers.ts'

/** Reported from this account by whoever speaks now: on a shared phone the others' matters are as strangers'. */
export const isOwn = (
  { identityId, profileId }: Pick<CaseRecord, 'identityId' | 'profileId'>,
  speaker: Pick<Speaker, 'identityId' | 'profile'>,
): boolean => identityId === speaker.identityId && profileId === (speaker.profile?.id ?? null)
