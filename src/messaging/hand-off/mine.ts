/** Talks with a person among what is known of whoever speaks: counted, deleted with the rest, taken along to another phone. */
import { remove, update, type Change } from '../../base/change.ts'
import type { Parts } from '../parts.ts'
import type { Work } from '../work.ts'
import { isTheirs } from './own.ts'
import type { HandOffRecord } from './ports.ts'
import { closed } from './rows.ts'
import { answerGiven } from './waiting-task.ts'

/** More lines than anybody says in one talk. */
const ALL = 10_000

export async function ownTalks(parts: Parts, work: Work): Promise<readonly HandOffRecord[]> {
  const { handOff: desk } = parts
  const { stored, speaker, record } = work.account
  if (!desk || !stored) return []
  const all = await desk.reads.handOffsOfPerson([speaker.identityId])
  return all.filter((talk) => (talk.profileId === null ? record.speakers.length === 0 : isTheirs(talk, record)))
}

/** What was said goes; that there was a talk, and when, stays. */
export async function forgetTalks(parts: Parts, work: Work): Promise<void> {
  const { handOff: desk } = parts
  if (!desk) return
  for (const talk of await ownTalks(parts, work)) {
    for (const { id } of await desk.reads.handOffLines(talk.id, ALL)) work.changes.push(remove('HandOffLine', id))
    if (talk.closedAt !== null) continue
    work.changes.push(closed(talk, 'person', work.at), ...(await answerGiven(desk, talk, null, work.at)))
  }
}

/**
 * Those of one who spoke there become another account's.
 * @param profileId whose they are there; default as before
 */
export async function talksTakenOver(
  { handOff: desk }: Parts,
  fromId: string,
  toId: string,
  isMoved: (talk: HandOffRecord) => boolean,
  profileId?: string,
): Promise<readonly Change[]> {
  const talks = (await desk?.reads.handOffsOfPerson([fromId])) ?? []
  const isBusy = (await desk?.reads.openHandOff(toId)) ?? null
  return talks.filter(isMoved).map((talk) => {
    const openKey = talk.openKey !== null && !isBusy ? toId : null
    return update('HandOff', talk.id, talk.revision, {
      identityId: toId,
      openKey,
      ...(profileId !== undefined && { profileId }),
    })
  })
}
