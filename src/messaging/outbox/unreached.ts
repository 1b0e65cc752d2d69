/** What somebody is owed and no channel brings to them: handed to whoever can call. */
import type { Change } from '../../base/change.ts'
import { DAY, instant } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { Outgoing } from '../channel.ts'
import type { Notice } from '../handlers.ts'
import { writeNotices } from '../notices.ts'
import type { OutboxRecord } from '../ports.ts'
import type { Parts } from '../parts.ts'
import { outgoingOf } from './payload.ts'
import { markLookedAt, markSettled, NEVER } from './row.ts'
import { isStale, STALE } from './waiting.ts'

/** Somebody who has not written for that long is called. Our proposal. */
const WAITED_MS = DAY

const ROWS = 50
const TRIES = 3

/** Error of a row that is told by phone instead. */
const BY_PHONE = 'phone'

/** Who calls, if anybody has to. `why` is a name under `told:phone.why`. @returns null = nobody */
export type CallInstead = (
  outgoing: Outgoing,
  why: 'blocked' | 'window',
  at: Instant,
) => Promise<{ readonly changes: readonly Change[]; readonly notices: readonly Notice[] } | null>

/** Goes through what has been owed in vain, each once. */
export async function callUnreached(parts: Parts, call: CallInstead, at: Instant): Promise<void> {
  for (;;) {
    const rows = await parts.reads.unreached(NEVER, instant(at - WAITED_MS), ROWS)
    let settled = 0
    for (const row of rows) if (await settleOne(parts, call, row, at)) settled += 1
    if (settled < rows.length || rows.length < ROWS) return
  }
}

/** @returns false when it kept changing: the next look finds it again */
async function settleOne(parts: Parts, call: CallInstead, row: OutboxRecord, at: Instant): Promise<boolean> {
  const outgoing = outgoingOf(row)
  const isWaiting = row.state === 'waiting'
  for (let tries = 0; tries < TRIES; tries += 1) {
    const asked = outgoing.about === 'stage' ? await call(outgoing, isWaiting ? 'window' : 'blocked', at) : null
    const changes: Change[] = [...(asked?.changes ?? []), markAfter(row, asked !== null, at)]
    const due = asked !== null && (await writeNotices(parts, asked.notices, null, at, true, changes))
    if ((await parts.writer.commit(changes)).kind !== 'committed') continue
    if (due) parts.outbox.wake()
    return true
  }
  return false
}

function markAfter(row: OutboxRecord, isCalled: boolean, at: Instant): Change {
  if (row.state !== 'waiting') return markSettled(row.id, row.state, row.error ?? '')
  if (isCalled) return markSettled(row.id, 'withdrawn', BY_PHONE)
  return isStale(row, at) ? markSettled(row.id, 'withdrawn', STALE) : markLookedAt(row.id)
}
