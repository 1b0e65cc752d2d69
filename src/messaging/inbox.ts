/**
 * Inbox: a message has its effect once, however often it arrives. Its row, the answers, the conversation, what handlers decided
 * and the replies are one commit; the replies leave after it.
 * Not here: what a message means (route.ts, conversation.ts), sending (outbox/).
 */
import { insertOnce, seal, update } from '../base/change.ts'
import type { Change } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import type { Instant } from '../base/time.ts'
import type { Outgoing, Received } from './channel.ts'
import type { LiveChat, LiveChats } from './live-chats.ts'
import { loadAccount, loadChat } from './load.ts'
import type { LoadedChat } from './load.ts'
import { giveUpLost } from './lost-flow.ts'
import { routeGroup } from './group.ts'
import { writeNotices } from './notices.ts'
import type { Parts } from './parts.ts'
import { writeReply } from './reply.ts'
import { route } from './route.ts'
import { copyTalk, placeKey } from './talk.ts'
import type { Place } from './talk.ts'
import { accountAfter, newWork, writeWork, wroteWork } from './work.ts'
import type { Work } from './work.ts'

/** Times that a turn is taken again because somebody else changed what it was decided from. */
export const TURNS = 5

export const inboxId = (received: Received): string => `${received.channel} ${received.messageId}`

export const placeOf = (received: Received): Place => ({
  channel: received.channel,
  chat: received.chat,
  user: received.from,
  key: placeKey(received.channel, received.chat, received.from),
})

/** The row that makes the message's effect happen once: inserted for a new message, updated for one that failed before. */
export type Claim = (sealed: boolean, at: Instant) => Change

export const claimNew =
  (received: Received): Claim =>
  (sealed, at) => {
    const body = JSON.stringify(received.body)
    return insertOnce('Inbox', {
      id: inboxId(received),
      channel: received.channel,
      chat: received.chat,
      user: received.from,
      body: sealed ? seal(body) : body,
      receivedAt: at,
      state: 'done',
      attempts: 1,
      error: null,
    })
  }

export const claimFailed =
  (id: string, attempts: number): Claim =>
  () =>
    update('Inbox', id, null, { state: 'done', attempts, error: null })

/**
 * Takes the message's turn and commits it.
 * @throws whatever went wrong; nothing was stored then, and the chat is read afresh next time
 */
export async function handle(parts: Parts, live: LiveChats, received: Received, claim: Claim): Promise<void> {
  const place = placeOf(received)
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      if (await takeTurn(parts, live, received, place, claim)) return
      live.drop(place.key)
    }
  } catch (error) {
    live.drop(place.key)
    throw error
  }
  throw new AppError('WRITE_CONFLICT', { turns: TURNS })
}

/** @returns false when it has to be taken again */
async function takeTurn(
  parts: Parts,
  live: LiveChats,
  received: Received,
  place: Place,
  claim: Claim,
): Promise<boolean> {
  const at = parts.clock.now()
  const chat = await chatOf(parts, live, received, place, at)
  const work = newWork(place, received.group, inboxId(received), chat.account, at)
  work.draftless = chat.draftless
  work.noTicket = chat.noTicket
  work.talk = chat.talk ? copyTalk(chat.talk) : null
  try {
    if ('lost' in chat && chat.lost) giveUpLost(parts, work, chat.lost)
    else if (received.group) {
      if (!(await routeGroup(parts, work, received.body))) return true
    } else {
      const routed = route(parts, work, received.body)
      if (routed) await routed
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'WRITE_CONFLICT') return false
    throw error
  }
  const changes: Change[] = [claim(work.sealed, at)]
  writeWork(work, changes)
  const now = replyTo(parts, work, changes)
  const noticed =
    work.notices.length > 0 && (await writeNotices(parts, work.notices, work.cause, at, work.sealed, changes))
  parts.outbox.joinMarks()
  const outcome = await parts.writer.commit(changes)
  if (outcome.kind === 'duplicate' && outcome.table === 'Inbox') {
    live.drop(place.key)
    return true
  }
  if (outcome.kind !== 'committed') return false
  committed(parts, live, work, chat, now, noticed)
  return true
}

function chatOf(
  parts: Parts,
  live: LiveChats,
  received: Received,
  place: Place,
  at: Instant,
): LiveChat | Promise<LiveChat | LoadedChat> {
  const warm = live.get(place.key, at)
  if (warm) return warm
  if (!received.group) return loadChat(parts, place, received.language, at)
  return loadAccount(parts, place, received.language).then((account) => ({
    key: place.key,
    account,
    talk: null,
    draftless: false,
    noTicket: false,
    loadedAt: at,
    usedAt: at,
  }))
}

/** Pushes the rows of the reply. @returns what leaves right after the commit */
export function replyTo(parts: Parts, work: Work, changes: Change[]): readonly Outgoing[] {
  if (work.said.length === 0) return []
  return writeReply(
    parts,
    {
      channel: work.place.channel,
      chat: work.place.chat,
      language: work.account.speaker.language,
      said: work.said,
      mentions: work.group ? [work.place.user] : NOBODY,
      cause: work.cause,
      matter: work.matter,
      reminder: null,
      sealed: work.sealed,
      at: work.at,
    },
    'reply',
    changes,
  )
}

const NOBODY: readonly string[] = []

/** What is in memory follows what is stored, and the replies leave. */
export function committed(
  parts: Parts,
  live: LiveChats,
  work: Work,
  chat: LiveChat,
  now: readonly Outgoing[],
  noticed: boolean,
): void {
  wroteWork(work)
  for (const id of work.forget) live.dropAccount(id)
  live.dropOthers({ key: work.place.key, account: work.account })
  if (!work.group || work.account.stored) {
    live.set({
      key: work.place.key,
      account: accountAfter(work),
      talk: work.talk,
      noTicket: work.noTicket,
      draftless: work.draftless && !work.touched.some((talk) => talk.phase === 'draft'),
      loadedAt: chat.loadedAt,
      usedAt: work.at,
    })
  }
  for (const outgoing of now) parts.outbox.lanes.sendNow(outgoing)
  if (noticed || (work.said.length > 0 && now.length === 0)) parts.outbox.wake()
}
