/** The lease on a chat: who has it sends its rows, one after the other. */
import { insertOnce, update } from '../../base/change.ts'
import type { Change } from '../../base/change.ts'
import { instant } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { LaneRecord } from '../ports.ts'
import { LEASE_MS } from './row.ts'

export interface LaneLease {
  /** The change that takes (or renews) the lease. */
  readonly take: Change
  readonly release: Change
}

/** @returns null while somebody else has it. */
export function laneLease(
  key: string,
  lane: LaneRecord | null,
  token: string,
  alone: boolean,
  at: Instant,
): LaneLease | null {
  const until = instant(at + LEASE_MS)
  if (!lane) {
    return {
      take: insertOnce('OutboxLane', { id: key, leaseToken: token, leaseUntil: until, revision: 0 }),
      release: update('OutboxLane', key, 0, { leaseToken: null, leaseUntil: null }),
    }
  }
  const foreign = lane.leaseToken !== null && lane.leaseToken !== token
  if (foreign && !alone && lane.leaseUntil !== null && lane.leaseUntil > at) return null
  return {
    take: update('OutboxLane', key, lane.revision, { leaseToken: token, leaseUntil: until }),
    release: update('OutboxLane', key, lane.revision + 1, { leaseToken: null, leaseUntil: null }),
  }
}
