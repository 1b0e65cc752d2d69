import type { HandOffRecord } from './ports.ts'

/** Begun by whoever speaks now; of somebody who was not known then, by anybody of that account. */
export const isTheirs = (
  { profileId }: HandOffRecord,
  { profile }: { readonly profile: { readonly id: string } | null },
): boolean => profileId === null || profile?.id === profileId
