/** Somebody who may says that a matter is seen (收到), or that the person was called (已联系). Taking it up is a move (move.ts). */
import { update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant } from '../../base/time.ts'
import type { CaseRecord } from './ports.ts'
import { event } from './report.ts'

export type Acknowledgement = 'seen' | 'contacted'

export type AcknowledgeDecision =
  | { readonly kind: 'done'; readonly matter: CaseRecord; readonly changes: readonly Change[] }
  /** Nothing to do: it was said before. */
  | { readonly kind: 'already' }
  | { readonly kind: 'closed' }

/** Either of them stops what climbs while nobody answers. */
export function decideAcknowledge(
  word: Acknowledgement,
  matter: CaseRecord,
  staffId: string,
  at: Instant,
  ids: IdSource,
): AcknowledgeDecision {
  if (matter.closedAt !== null) return { kind: 'closed' }
  if (word === 'seen' && matter.acknowledgedAt !== null) return { kind: 'already' }
  const set = matter.acknowledgedAt === null ? { acknowledgedAt: at } : {}
  return {
    kind: 'done',
    matter: { ...matter, ...set },
    changes: [
      update('Case', matter.id, matter.revision, set),
      event(ids, matter.id, at, { kind: 'staff', id: staffId }, word, null),
    ],
  }
}
