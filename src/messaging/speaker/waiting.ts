/** A question about the person that waits for its answer: kept with the account, because it belongs to no flow. */
import { seal } from '../../base/change.ts'
import { changedAccount } from '../account.ts'
import type { ReceivedBody } from '../channel.ts'
import type { Parts } from '../parts.ts'
import type { Work } from '../work.ts'

export type Waiting =
  /** Who speaks? `ids` are profiles in the order in which they were named; `held` is taken up after the answer. */
  | { readonly kind: 'who'; readonly ids: readonly string[]; readonly held: ReceivedBody | null }
  /** What should be taken back: the consent, or a matter? */
  | { readonly kind: 'withdraw' }
  /** The code that another phone shows. */
  | { readonly kind: 'move' }
  /** The code that another account shows. */
  | { readonly kind: 'link' }
  /** The code that makes it the account of one of the staff. */
  | { readonly kind: 'bind' }
  /** The village of somebody who wants to talk with a person. */
  | { readonly kind: 'human' }

export function waitingOf(work: Work): Waiting | null {
  const { waiting } = work.account.record
  return waiting === null ? null : (JSON.parse(waiting) as Waiting)
}

export function setWaiting(parts: Parts, work: Work, waiting: Waiting | null): void {
  const text = waiting === null ? null : JSON.stringify(waiting)
  if (text === work.account.record.waiting) return
  // It may hold what somebody wrote.
  work.identitySet['waiting'] = text === null ? null : seal(text)
  work.account = changedAccount(work.account, { waiting: text }, parts.text)
}
