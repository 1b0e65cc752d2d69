/** Messages that nobody hears until they write again: let go in order when they do. */
import { DAY, HOUR, instant } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import type { Change, Writer } from '../../base/change.ts'
import type { ChannelName } from '../channel.ts'
import type { OutboxReads, OutboxRecord } from '../ports.ts'
import { laneKey, markSettled, markWaiting } from './row.ts'

/** Let go at a time: platforms allow few messages for each that a person writes, and the answer needs room too. */
const AT_ONCE = 3

/** What a notice is worth after that nobody wants to hear; a question of a conversation goes stale sooner. */
const FRESH_MS = 7 * DAY
const FRESH_REPLY_MS = HOUR

const ROWS = 100

/** Error of a row that was withdrawn because it had waited too long. */
export const STALE = 'stale'

export interface Waiting {
  /** Whether that chat may have messages waiting: cheap, asked for every message that comes in. */
  has(channel: ChannelName, chat: string): boolean
  note(channel: ChannelName, chat: string): void
  /** Once, before the first message. */
  load(): Promise<void>
  /** Puts back to be sent what waited for that person, the oldest first. @returns whether anything is to be sent */
  release(channel: ChannelName, chat: string, at: Instant): Promise<boolean>
}

export const isStale = ({ kind, createdAt }: Pick<OutboxRecord, 'kind' | 'createdAt'>, at: Instant): boolean =>
  at - createdAt > (kind === 'reply' ? FRESH_REPLY_MS : FRESH_MS)

export function waitingMessages(writer: Writer, reads: OutboxReads): Waiting {
  const chats = new Set<string>()
  return {
    has: (channel, chat) => chats.size > 0 && chats.has(laneKey(channel, chat)),
    note: (channel, chat) => void chats.add(laneKey(channel, chat)),
    async load() {
      for (const { channel, chat } of await reads.waitingChats()) chats.add(laneKey(channel, chat))
    },
    async release(channel, chat, at) {
      const rows = await reads.waitingRows(channel, chat, ROWS)
      const fresh = rows.filter((row) => !isStale(row, at))
      const go = fresh.slice(0, AT_ONCE)
      const changes: Change[] = [
        ...rows.filter((row) => isStale(row, at)).map(({ id }) => markSettled(id, 'withdrawn', STALE)),
        ...go.map(({ id }) => markWaiting(id, instant(at))),
      ]
      if (fresh.length === go.length && rows.length < ROWS) chats.delete(laneKey(channel, chat))
      if (changes.length > 0) await writer.commit(changes)
      return go.length > 0
    },
  }
}
