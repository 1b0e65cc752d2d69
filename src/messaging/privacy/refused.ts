/** Whoever doesn't agree leaves nothing behind, and is told whom to call. */
import { remove } from '../../base/change.ts'
import type { Parts } from '../parts.ts'
import type { TerritoryRecord } from '../ports.ts'
import type { Talk } from '../talk.ts'
import { say } from '../work.ts'
import type { Work } from '../work.ts'

/** What was said before the consent was asked for (a first message that told it all) goes too. */
export async function forgetRefused(parts: Parts, work: Work, talk: Talk): Promise<void> {
  talk.entries.length = 0
  const { parked } = talk.state
  // Which question it was is about the flow, not about the person: authors see how many don't agree.
  const { left } = parked.more
  talk.state = { ...talk.state, parked: { ...parked, more: left === undefined ? {} : { left } } }
  if (talk.revision >= 0) for (const id of await parts.reads.answerIds(talk.id)) work.changes.push(remove('Answer', id))
  const home = await homeWithPhone(parts, work)
  if (home?.publicPhone) say(work, 'messaging:human.phone', { village: home.name, phone: home.publicPhone })
}

/** The village that is known to be the speaker's, else that of the last QR code. */
export async function homeWithPhone(parts: Parts, work: Work): Promise<TerritoryRecord | null> {
  const { profile, village } = work.account.record
  return profile?.territoryId ? parts.reads.territoryById(profile.territoryId) : village
}
