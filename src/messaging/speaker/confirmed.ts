/**
 * One phone, several people: whether the bot may take it that the one who speaks now is the one who spoke before. After a pause
 * it may not, wherever there is something that is not for everybody's eyes.
 */
import { instant, MINUTE } from '../../base/time.ts'
import { changedAccount } from '../account.ts'
import type { Parts } from '../parts.ts'
import type { Work } from '../work.ts'
import { waitingOf } from './waiting.ts'

/** How far the stored time of hearing may lag behind: it is not written with every message. */
const LAG_MS = 5 * MINUTE

/** Looked at in every turn. */
export function isConfirmed(parts: Parts, work: Work): boolean {
  const { record, stored, speaker } = work.account
  if (speaker.staff || !stored) return true
  if (record.waiting !== null && waitingOf(work)?.kind === 'who') return false
  return record.speakerAt !== null && work.at - record.speakerAt <= parts.people.pauseMs
}

/** The speaker was heard now; written when the stored time lags behind. */
export function hear(parts: Parts, work: Work): void {
  const { record } = work.account
  const lag = Math.min(LAG_MS, parts.people.pauseMs / 6)
  if (record.speakerAt !== null && work.at - record.speakerAt < lag) return
  work.identitySet['speakerAt'] = work.at
  work.account = changedAccount(work.account, { speakerAt: instant(work.at) }, parts.text)
}

/** As long as nobody has said who speaks, nothing is known of anybody. */
export function unknown(parts: Parts, work: Work): void {
  work.account = changedAccount(work.account, { profile: null }, parts.text)
}
