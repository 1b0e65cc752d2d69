/** What the tests of DingTalk share: a house with a clock that is set, and messages to send. */
import { instant, type Clock, type Instant } from '../../../src/base/time.ts'
import type { Outgoing, ReminderMark } from '../../../src/messaging/channel.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { lent, type Lent } from '../lent.ts'
import { GROUP } from './stand-in.ts'

/** 2026-11-18T17:46:40+08:00 */
export const START = 1_795_000_000_000

export interface SetClock extends Clock {
  at: number
}

export function setClock(at = START): SetClock {
  const clock: SetClock = { at, now: (): Instant => instant(clock.at) }
  return clock
}

export const houseAt = (clock: Clock): Lent => lent(memoryStorage({ clock }), clock)

export const REMINDER: ReminderMark = { rule: 'overdue', rung: 1, matters: [], items: [] }

export const outgoing = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  id: 'out-1',
  channel: 'dingtalk',
  chat: GROUP,
  text,
  choices: [],
  mentions: [],
  cause: null,
  reminder: null,
  matter: null,
  question: null,
  progress: null,
  createdAt: instant(START),
  again: false,
  ...more,
})
