/** Whom to call. */
import type { Parts } from './parts.ts'
import { say, type Work } from './work.ts'

/** A person's number on the posters, where the village has one. */
export async function sayHuman(parts: Parts, work: Work, key: string): Promise<void> {
  const { profile, village } = work.account.record
  const home = profile?.territoryId ? await parts.reads.territoryById(profile.territoryId) : village
  if (home?.publicPhone) say(work, `${key}.phone`, { village: home.name, phone: home.publicPhone })
  else say(work, `${key}.no_phone`)
}
