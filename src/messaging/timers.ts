/**
 * Silence: one nudge, later the end of the wait, and the end of a draft. `wakeAt` may be early, never late: an answer does not
 * move it, so a wake-up first looks whether there was silence at all, and is set again when there was not.
 */
import { update } from '../base/change.ts'
import type { Change } from '../base/change.ts'
import { instant, SECOND } from '../base/time.ts'
import type { Instant } from '../base/time.ts'
import { carryOut } from './conversation.ts'
import { committed, replyTo } from './inbox.ts'
import type { LiveChats } from './live-chats.ts'
import { loadChat } from './load.ts'
import { writeNotices } from './notices.ts'
import type { ConversationRecord } from './ports.ts'
import type { Parts } from './parts.ts'
import { copyTalk, expiryAfter } from './talk.ts'
import type { Place, Talk } from './talk.ts'
import { NOTHING_FOUND, turnOf } from './turn.ts'
import { keepImpersonal } from './speaker/impersonal.ts'
import { newWork, touch, writeWork } from './work.ts'

const BATCH = 100

/** The earliest moment, at or after the given one, at which somebody may be disturbed without having written. */
export type Quiet = (at: Instant) => Instant

export async function wakeConversations(
  parts: Parts,
  live: LiveChats,
  quiet: Quiet,
  at: Instant,
  inTurn: (key: string, job: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const seen = new Set<string>()
  for (;;) {
    const due = await parts.reads.dueConversations(at, BATCH + seen.size)
    const fresh = due.filter((record) => !seen.has(record.id))
    if (fresh.length === 0) return
    for (const record of fresh) {
      seen.add(record.id)
      const place = placeOf(record)
      try {
        await inTurn(place.key, () => wakeOne(parts, live, quiet, place, record.id, at))
      } catch (error) {
        live.drop(place.key)
        parts.fault('TIMER_FAILED', { conversation: record.id }, error)
      }
    }
  }
}

const placeOf = ({ channel, chat, user }: ConversationRecord): Place => ({
  channel,
  chat,
  user,
  key: `${channel} ${chat} ${user}`,
})

async function wakeOne(
  parts: Parts,
  live: LiveChats,
  quiet: Quiet,
  place: Place,
  id: string,
  at: Instant,
): Promise<void> {
  const record = await parts.reads.conversation(id)
  if (!record || record.wakeAt === null || record.wakeAt > at) return
  if (record.openKey === null || record.phase === 'draft') return dropDraft(parts, live, place, record)
  const chat = live.get(place.key, at) ?? (await loadChat(parts, place, null, at))
  if (!chat.talk || chat.talk.id !== id) {
    await parts.writer.commit([update('Conversation', id, record.revision, { wakeAt: null })])
    return live.drop(place.key)
  }
  const work = newWork(place, false, null, chat.account, at)
  const talk = copyTalk(chat.talk)
  work.talk = talk
  const silentSince = talk.updatedAt
  const turn = turnOf(parts, work.account, talk.seed, at, NOTHING_FOUND)
  const { revision } = talk.state.parked
  const next = nextOf(talk, chat.account.record.mutedAt !== null, quiet, at)
  if (typeof next === 'number') {
    talk.wakeAt = instant(next)
    talk.dirty = true
    touch(work, talk)
  } else {
    talk.wakeAt = null
    await carryOut(parts, work, talk, parts.engine.step(talk.flow, talk.state, { kind: next, revision }, turn))
    if (next === 'nudge' && talk.open) {
      if (talk.profileId !== null || talk.flow.sensitive) keepImpersonal(work)
      talk.updatedAt = silentSince
      talk.wakeAt = expiryAfter(talk.flow, silentSince)
    }
  }
  const changes: Change[] = []
  writeWork(work, changes)
  const now = replyTo(parts, work, changes)
  const noticed = await writeNotices(parts, work.notices, null, at, work.sealed, changes)
  const outcome = await parts.writer.commit(changes)
  if (outcome.kind === 'committed') committed(parts, live, work, chat, now, noticed)
  else live.drop(place.key)
}

/** What silence means now: a step of the engine, or the moment of the next look. */
function nextOf(talk: Talk, muted: boolean, quiet: Quiet, at: Instant): 'nudge' | 'expire' | Instant {
  const expiry = expiryAfter(talk.flow, talk.updatedAt)
  if (expiry <= at) return 'expire'
  const { nudgeSeconds } = talk.flow
  if (nudgeSeconds === null || muted || (talk.wakeAt !== null && talk.wakeAt >= expiry)) return expiry
  const nudge = instant(talk.updatedAt + nudgeSeconds * SECOND)
  if (nudge > at) return nudge
  const allowed = quiet(at)
  return allowed > at ? (allowed < expiry ? allowed : expiry) : 'nudge'
}

/** Kept as long as the flow says, and then no more; nobody is told. */
async function dropDraft(parts: Parts, live: LiveChats, place: Place, record: ConversationRecord): Promise<void> {
  const set = { phase: 'ended', wakeAt: null, ...(record.openKey !== null && { openKey: null }) }
  await parts.writer.commit([update('Conversation', record.id, record.revision, set)])
  if (record.openKey !== null) live.drop(place.key)
}
