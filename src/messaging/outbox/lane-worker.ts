/** Sends what a chat is owed, in order, from storage. */
import { seal } from '../../base/change.ts'
import type { Change, Update, Writer } from '../../base/change.ts'
import type { Random } from '../../base/random.ts'
import type { Instant } from '../../base/time.ts'
import type { Channel, ChannelName, Outgoing } from '../channel.ts'
import type { OutboxReads, OutboxRecord } from '../ports.ts'
import { laneLease } from './lane-lease.ts'
import type { LaneLease } from './lane-lease.ts'
import type { AfterSend } from './after-send.ts'
import type { Pacer } from './pacing.ts'
import type { Recheck, Verdict } from './recheck.ts'
import { outgoingOf, payloadOf } from './payload.ts'
import { AGAIN, laneKey, markSending, markSettled, markWaiting } from './row.ts'
import { sendWithin } from './send.ts'
import { settle } from './settle.ts'

/** Rows of a chat looked at in one read. */
const ROWS = 100

export interface LaneWorkerOptions {
  readonly writer: Writer
  readonly reads: OutboxReads
  readonly channels: ReadonlyMap<ChannelName, Channel>
  readonly random: Random
  readonly pacer: Pacer
  readonly recheck: Recheck
  readonly token: string
  readonly alone: boolean
  readonly sendTimeoutMs: number
  readonly afterSend: AfterSend
  /** Counted: a row that is sent a second time. */
  readonly onAgain: () => void
}

/** `paced`: the channel (or chat) must wait that many milliseconds. `taken`: somebody else has the chat. */
export type LaneEnd =
  | { readonly kind: 'empty' }
  | { readonly kind: 'held'; readonly until: Instant }
  | { readonly kind: 'paced'; readonly wait: number; readonly all: boolean }
  | { readonly kind: 'taken' }
  /** What a decision was taken from has changed: to be looked at again. */
  | { readonly kind: 'conflict' }

export function laneWorker(options: LaneWorkerOptions) {
  const { writer, reads, channels, random, pacer, recheck, token, alone, sendTimeoutMs, afterSend, onAgain } = options

  const release = async (lease: LaneLease, taken: boolean, more: readonly Change[]): Promise<void> => {
    const changes = taken ? [...more, lease.release] : more
    if (changes.length === 0) return
    const outcome = await writer.commit(changes)
    if (outcome.kind !== 'committed' && more.length > 0) await writer.commit(more)
  }

  /** What stands behind a row by now, as far as nobody has to look at it again before it leaves. */
  const repliesBehind = async ({ id, channel, chat }: OutboxRecord): Promise<readonly Outgoing[]> => {
    const rows = await reads.unsettled(channel, chat, ROWS).catch(() => [])
    return rows
      .filter((row) => row.id > id && row.kind === 'reply' && row.state === 'pending')
      .map(outgoingOf)
      .filter(({ about }) => about === undefined)
  }

  return async function work(channel: ChannelName, chat: string, at: Instant): Promise<LaneEnd> {
    const key = laneKey(channel, chat)
    const lease = laneLease(key, await reads.lane(key), token, alone, at)
    if (!lease) return { kind: 'taken' }
    let taken = false
    let carried: readonly Change[] = []

    for (;;) {
      const rows = await reads.unsettled(channel, chat, ROWS)
      const inLine = rows.filter((row) => row.attempts > 0 || row.state !== 'pending' || isDue(row, at))
      let sent = 0
      for (const [place, row] of inLine.entries()) {
        if (!isDue(row, at)) {
          await release(lease, taken, [...carried, ...putBehind(inLine.slice(place + 1), at, row.dueAt as Instant)])
          return row.state === 'sending' ? { kind: 'taken' } : { kind: 'held', until: row.dueAt as Instant }
        }
        const second = isSecond(row)
        if (row.state === 'sending' && second) {
          carried = [...carried, markSettled(row.id, 'unknown', row.error ?? AGAIN)]
          continue
        }
        const pace = pacer.take(channel, chat, at)
        if (pace.wait > 0) {
          await release(lease, taken, carried)
          return { kind: 'paced', ...pace }
        }
        const again = second || row.state === 'sending' || row.state === 'unknown'
        const outgoing = { ...outgoingOf(row), again }
        const mayBeOld = row.kind === 'reminder' || outgoing.about !== undefined
        const verdict: Verdict = mayBeOld ? await recheck(outgoing, at) : { kind: 'keep' }
        const before = [...carried, ...(taken ? [] : [lease.take]), ...(verdict.changes ?? [])]
        const mark =
          verdict.kind === 'withdrawn'
            ? markSettled(row.id, 'withdrawn', verdict.reason)
            : verdict.kind === 'later'
              ? markWaiting(row.id, verdict.until)
              : markSending(row.id, token, at, again ? (row.error?.startsWith(AGAIN) ? row.error : AGAIN) : row.error)
        const outcome = await writer.commit([...before, verdict.kind === 'rewritten' ? reworded(mark, verdict) : mark])
        if (outcome.kind !== 'committed') return { kind: 'conflict' }
        taken = true
        carried = []
        sent += 1
        if (verdict.kind === 'withdrawn' || verdict.kind === 'later') continue
        if (again) onAgain()
        const result = await sendWithin(
          channels.get(channel),
          verdict.kind === 'rewritten' ? { ...verdict.outgoing, again } : outgoing,
          () => repliesBehind(row),
          sendTimeoutMs,
        )
        const outage = afterSend(outgoing, result, at)
        const { change, heldUntil } = settle(
          { ...row, failures: row.attempts, isOwed: outgoing.about === 'stage', again },
          result,
          outage,
          at,
          random,
        )
        carried = [change]
        if (heldUntil !== null) {
          await release(lease, taken, [...carried, ...putBehind(inLine.slice(place + 1), at, heldUntil)])
          return { kind: 'held', until: heldUntil }
        }
      }
      if (sent === 0 || rows.length < ROWS) {
        await release(lease, taken, carried)
        return { kind: 'empty' }
      }
      await writer.commit(carried)
      carried = []
    }
  }
}

/** What is kept is what was said: a page that draws the chat reads it from here. */
const reworded = (mark: Update, { outgoing }: { readonly outgoing: Outgoing }): Update => ({
  ...mark,
  set: { ...mark.set, payload: seal(payloadOf(outgoing)) },
})

const isDue = (row: OutboxRecord, at: Instant): boolean => row.dueAt !== null && row.dueAt <= at

/** It was sent a second time already, or is being so. */
const isSecond = (row: OutboxRecord): boolean => row.error?.startsWith(AGAIN) ?? false

/** Rows behind one that has to wait become due with it, so that nobody looks at them before. */
const putBehind = (rows: readonly OutboxRecord[], at: Instant, until: Instant): Change[] =>
  rows.filter((row) => row.state === 'pending' && isDue(row, at)).map((row) => markWaiting(row.id, until))
