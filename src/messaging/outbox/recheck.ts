import type { Change } from '../../base/change.ts'
import type { Instant } from '../../base/time.ts'
import type { Outgoing } from '../channel.ts'

/**
 * Looks at a reminder once more just before it leaves: what has been settled since is withdrawn, words are brought up to date.
 * `changes` (Expect on what it looked at, say) are committed with the mark `sending`; when they conflict it is asked again.
 */
export type Recheck = (outgoing: Outgoing, at: Instant) => Promise<Verdict>

export type Verdict =
  | { readonly kind: 'keep'; readonly changes?: readonly Change[] }
  | { readonly kind: 'rewritten'; readonly outgoing: Outgoing; readonly changes?: readonly Change[] }
  /** It may not leave now (night, a day off): looked at again then; what else the chat is owed does not wait for it. */
  | { readonly kind: 'later'; readonly until: Instant; readonly changes?: readonly Change[] }
  | { readonly kind: 'withdrawn'; readonly reason: string; readonly changes?: readonly Change[] }

export const keepAll: Recheck = () => Promise.resolve({ kind: 'keep' })
