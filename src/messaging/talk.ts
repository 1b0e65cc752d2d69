/** A conversation between two commits, and the changes that store it. */
import { insert, seal, update } from '../base/change.ts'
import type { Cell, Change } from '../base/change.ts'
import type { Json } from '../base/json.ts'
import { instant, SECOND } from '../base/time.ts'
import type { Instant } from '../base/time.ts'
import type { Flow } from '../flow/flow.ts'
import type { FlowState, LogEntry, Phase } from '../flow/state.ts'
import type { ChannelName } from './channel.ts'
import type { Stepped } from './engine.ts'
import type { ConversationRecord } from './ports.ts'

export interface Place {
  readonly channel: ChannelName
  readonly chat: string
  readonly user: string
  /** `<channel> <chat> <user>` */
  readonly key: string
}

export const placeKey = (channel: string, chat: string, user: string): string => `${channel} ${chat} ${user}`

/** Changed during a turn; the turn works on a copy, so that a turn that isn't committed leaves nothing. */
export interface Talk {
  readonly id: string
  readonly flow: Flow
  readonly seed: number
  readonly startedAt: Instant
  state: FlowState
  phase: Phase
  /** Who speaks in it; null while that is not known. */
  profileId: string | null
  /** As stored, so that only what changed is written. */
  storedProfileId: string | null
  /** As stored; -1 until the first commit. */
  revision: number
  updatedAt: Instant
  wakeAt: Instant | null
  /** Answers go to it. */
  open: boolean
  /** Key of the chat that it is stored for; null until the first commit. */
  storedKey: string | null
  storedWakeAt: Instant | null
  storedOpen: boolean
  entries: LogEntry[]
  dirty: boolean
}

export const copyTalk = (talk: Talk): Talk => ({ ...talk, entries: [], dirty: false })

export function newTalk(
  id: string,
  flow: Flow,
  seed: number,
  begun: Stepped,
  profileId: string | null,
  at: Instant,
): Talk {
  return {
    id,
    flow,
    seed,
    startedAt: at,
    state: begun.state,
    phase: begun.state.parked.phase,
    profileId,
    storedProfileId: null,
    revision: -1,
    updatedAt: at,
    wakeAt: wakeAfter(flow, at),
    open: true,
    storedKey: null,
    storedWakeAt: null,
    storedOpen: false,
    entries: [...begun.log],
    dirty: true,
  }
}

export function storedTalk(record: ConversationRecord, flow: Flow, seed: number, state: FlowState): Talk {
  return {
    id: record.id,
    flow,
    seed,
    startedAt: record.startedAt,
    state,
    phase: record.phase as Phase,
    profileId: record.profileId,
    storedProfileId: record.profileId,
    revision: record.revision,
    updatedAt: record.updatedAt,
    wakeAt: record.wakeAt,
    open: record.openKey !== null,
    storedKey: placeKey(record.channel, record.chat, record.user),
    storedWakeAt: record.wakeAt,
    storedOpen: record.openKey !== null,
    entries: [],
    dirty: false,
  }
}

/** First moment at which silence after `at` means something. */
export const wakeAfter = (flow: Flow, at: Instant): Instant =>
  instant(at + (flow.nudgeSeconds ?? flow.expiresSeconds) * SECOND)

export const expiryAfter = (flow: Flow, at: Instant): Instant => instant(at + flow.expiresSeconds * SECOND)

/** What a step of the engine means for the conversation. The wake-up is only moved when it would come too late. */
export function take(talk: Talk, stepped: Stepped, at: Instant): void {
  talk.state = stepped.state
  talk.phase = stepped.state.parked.phase
  talk.updatedAt = at
  talk.dirty = true
  if (stepped.log.length > 0) talk.entries.push(...stepped.log)
  const wakeAt = wakeAfter(talk.flow, at)
  if (talk.wakeAt === null || talk.wakeAt > wakeAt) talk.wakeAt = wakeAt
}

/** Answers no longer go to it. A draft is kept for as long as the flow says. */
export function close(talk: Talk, phase: Phase, at: Instant): void {
  talk.open = false
  talk.phase = phase
  talk.wakeAt = phase === 'draft' ? expiryAfter(talk.flow, at) : null
  talk.dirty = true
}

export function open(talk: Talk, phase: Phase, at: Instant): void {
  talk.open = true
  talk.phase = phase
  talk.wakeAt = wakeAfter(talk.flow, at)
  talk.dirty = true
}

/** Pushes what stores the conversation; `wroteTalk` notes it after the commit. */
export function writeTalk(changes: Change[], talk: Talk, place: Place, identityId: string): void {
  const state = talk.state.parked as unknown as Json
  if (talk.revision < 0) {
    changes.push(
      insert('Conversation', {
        id: talk.id,
        channel: place.channel,
        chat: place.chat,
        user: place.user,
        identityId,
        profileId: talk.profileId,
        flow: talk.flow.id,
        flowVersion: talk.flow.version,
        flowDigest: talk.flow.digest,
        state,
        phase: talk.phase,
        sensitive: talk.flow.sensitive,
        startedAt: talk.startedAt,
        updatedAt: talk.updatedAt,
        wakeAt: talk.wakeAt,
        openKey: talk.open ? place.key : null,
        revision: 0,
      }),
    )
  } else {
    const set: Record<string, Cell> = { state, phase: talk.phase, updatedAt: talk.updatedAt }
    if (talk.wakeAt !== talk.storedWakeAt) set['wakeAt'] = talk.wakeAt
    if (talk.open !== talk.storedOpen) set['openKey'] = talk.open ? place.key : null
    if (talk.profileId !== talk.storedProfileId) set['profileId'] = talk.profileId
    if (talk.storedKey !== place.key) Object.assign(set, { channel: place.channel, chat: place.chat, user: place.user })
    changes.push(update('Conversation', talk.id, talk.revision, set))
  }
  for (const entry of talk.entries) changes.push(answerRow(talk, entry))
}

function answerRow(talk: Talk, entry: LogEntry): Change {
  const sealed = talk.flow.sensitive
  return insert('Answer', {
    conversationId: talk.id,
    seq: entry.seq,
    question: entry.question,
    kind: entry.kind,
    raw: sealed ? seal(entry.raw) : entry.raw,
    value: sealed ? seal(entry.value) : entry.value,
    approximate: entry.approximate,
    attempt: entry.attempt,
    at: entry.at,
  })
}

export function wroteTalk(talk: Talk, place: Place): void {
  talk.storedKey = place.key
  talk.revision += 1
  talk.storedWakeAt = talk.wakeAt
  talk.storedOpen = talk.open
  talk.storedProfileId = talk.profileId
  talk.entries = []
  talk.dirty = false
}
