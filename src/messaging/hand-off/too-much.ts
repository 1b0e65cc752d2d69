/** A phone of the staff that hears every word of everybody is no use to anybody: how much is passed on one by one. What isn't is kept. */
import { DAY, type Instant } from '../../base/time.ts'
import type { HandOffDesk } from './desk.ts'
import type { HandOffRecord } from './ports.ts'

/** Talks that one account begins within 24 hours. */
export const TALKS_A_DAY = 8
/** Words of one talk after the last answer that go out one by one. */
export const WORDS_IN_A_ROW = 20
/** Talks that wait for the same one of the staff; of later ones they are not told each time, only reminded. */
export const TALKS_WAITING = 30

/** `last` is the first that is kept only: whom it concerns is told so once. */
export type Crowd = 'go' | 'last' | 'kept'

const crowdOf = (count: number, most: number): Crowd => (count < most ? 'go' : count === most ? 'last' : 'kept')

/** Words said in a row before this one. */
export async function wordsCrowd({ reads }: Pick<HandOffDesk, 'reads'>, talk: HandOffRecord): Promise<Crowd> {
  const lines = await reads.handOffLines(talk.id, WORDS_IN_A_ROW + 1)
  const answered = lines.findLastIndex(({ side }) => side === 'staff')
  return crowdOf(lines.length - 1 - answered, WORDS_IN_A_ROW)
}

/** Other talks that wait for that one of the staff. */
export async function talksCrowd(
  { reads }: Pick<HandOffDesk, 'reads'>,
  talk: HandOffRecord,
  staffId: string,
): Promise<Crowd> {
  const open = await reads.openHandOffsOf([staffId])
  const waiting = open.filter(({ id, state }) => id !== talk.id && state === 'waiting')
  return crowdOf(waiting.length, TALKS_WAITING)
}

export async function beganEnough(
  { reads }: Pick<HandOffDesk, 'reads'>,
  identityId: string,
  at: Instant,
): Promise<boolean> {
  const talks = await reads.handOffsOfPerson([identityId])
  return talks.filter(({ openedAt }) => openedAt > at - DAY).length >= TALKS_A_DAY
}
