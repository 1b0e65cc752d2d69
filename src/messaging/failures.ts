/**
 * A message whose turn threw: stored as failed, the person is told, and it is taken again later, unless the conversation went on
 * without it. After five times it is dead, and the console shows it.
 */
import { insertOnce, seal, update } from '../base/change.ts'
import type { Change } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import { instant, MINUTE } from '../base/time.ts'
import type { Instant } from '../base/time.ts'
import type { Received } from './channel.ts'
import { claimFailed, handle, inboxId, placeOf } from './inbox.ts'
import type { LiveChats } from './live-chats.ts'
import type { InboxRecord } from './ports.ts'
import type { Parts } from './parts.ts'
import { writeReply } from './reply.ts'

/** Turns of one message, the first included, before it is a dead letter. */
export const MAX_TURNS = 5

/** Failed messages looked at in one go. */
const BATCH = 50

/** Error of a message that was not taken again, because the person had gone on. */
const OVERTAKEN = 'OVERTAKEN'

interface Kept {
  readonly received: Received
  /** The open conversation and its revision when the turn failed; "" without one. */
  readonly seen: string
}

export const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'INTERNAL')

/** 1, 3, 7, 15 minutes after it came. */
export const retryAt = (row: InboxRecord): Instant => instant(row.receivedAt + (2 ** row.attempts - 1) * MINUTE)

/** @throws when even this can't be stored: the platform delivers the message again then */
export async function keepFailed(parts: Parts, received: Received, error: unknown): Promise<void> {
  parts.fault(codeOf(error), { inbox: inboxId(received) }, error)
  const at = parts.clock.now()
  const kept: Kept = { received, seen: await openNow(parts, received) }
  const changes: Change[] = [
    insertOnce('Inbox', {
      id: inboxId(received),
      channel: received.channel,
      chat: received.chat,
      user: received.from,
      body: seal(JSON.stringify(kept)),
      receivedAt: at,
      state: 'failed',
      attempts: 1,
      error: codeOf(error),
    }),
  ]
  await commitWithWords(parts, received, changes, received.group ? null : 'messaging:fault', at)
}

/** Takes failed messages again whose time has come, oldest first. */
export async function retryFailed(
  parts: Parts,
  live: LiveChats,
  at: Instant,
  inTurn: (key: string, job: () => Promise<void>) => Promise<void>,
): Promise<void> {
  for (const row of await parts.reads.failedInbox(BATCH)) {
    if (retryAt(row) > at) continue
    const { received, seen } = JSON.parse(row.body) as Kept
    await inTurn(placeOf(received).key, () => retry(parts, live, row, received, seen))
  }
}

async function retry(parts: Parts, live: LiveChats, row: InboxRecord, received: Received, seen: string): Promise<void> {
  if ((await openNow(parts, received)) !== seen) {
    await parts.writer.commit([update('Inbox', row.id, null, { state: 'dead', error: OVERTAKEN })])
    return
  }
  const attempts = row.attempts + 1
  try {
    await handle(parts, live, received, claimFailed(row.id, attempts))
  } catch (error) {
    parts.fault(codeOf(error), { inbox: row.id, attempts }, error)
    const dead = attempts >= MAX_TURNS
    const set = { state: dead ? 'dead' : 'failed', attempts, error: codeOf(error) }
    const words = dead && !received.group ? 'messaging:fault_dead' : null
    await commitWithWords(parts, received, [update('Inbox', row.id, null, set)], words, parts.clock.now())
  }
}

async function openNow(parts: Parts, received: Received): Promise<string> {
  const open = received.group ? null : await parts.reads.openConversation(placeOf(received).key)
  return open ? `${open.id} ${open.revision}` : ''
}

async function commitWithWords(
  parts: Parts,
  received: Received,
  changes: Change[],
  words: string | null,
  at: Instant,
): Promise<void> {
  const letter = {
    channel: received.channel,
    chat: received.chat,
    language: parts.text.languageFor(received.language),
    said: words === null ? [] : [{ kind: 'say' as const, text: { key: words } }],
    mentions: [],
    cause: inboxId(received),
    matter: null,
    reminder: null,
    sealed: false,
    at,
  }
  const now = words === null ? [] : writeReply(parts, letter, 'reply', changes)
  const outcome = await parts.writer.commit(changes)
  if (outcome.kind !== 'committed') return
  for (const outgoing of now) parts.outbox.lanes.sendNow(outgoing)
  if (words !== null && now.length === 0) parts.outbox.wake()
}
