/** Codes that somebody guesses: so many from one account, so many from all together. */
import { insert } from '../../base/change.ts'
import { DAY, instant } from '../../base/time.ts'
import type { Parts } from '../parts.ts'
import type { Work } from '../work.ts'

export async function triedTooOften(parts: Parts, { account, at }: Work): Promise<boolean> {
  const { tries, triesTogether, validMs } = parts.people.move
  const [own, all] = await Promise.all([
    parts.reads.moveTries(account.record.id, instant(at - DAY)),
    parts.reads.moveTries(null, instant(at - validMs)),
  ])
  if (all >= triesTogether) parts.fault('MOVE_CODES_TRIED', { tries: all })
  return own >= tries || all >= triesTogether
}

export const noteTry = (parts: Parts, { account, at, changes }: Work): void =>
  void changes.push(insert('MoveTry', { id: parts.ids.next(), identityId: account.record.id, at }))
