/** A chat that was not heard from lately, from storage. */
import { dateAt, type Instant } from '../base/time.ts'
import { accountOf, newRecord } from './account.ts'
import type { Account } from './account.ts'
import type { LiveChat } from './live-chats.ts'
import type { ConversationRecord } from './ports.ts'
import type { Parts } from './parts.ts'
import { storedTalk } from './talk.ts'
import type { Place, Talk } from './talk.ts'
import { seedOf } from './turn.ts'

export interface LoadedChat extends LiveChat {
  /** The open conversation, where its version of the flow is no longer known. */
  readonly lost: ConversationRecord | null
}

export async function loadAccount(parts: Parts, place: Place, appLanguage: string | null): Promise<Account> {
  const record = await parts.reads.identity(place.channel, place.user, dateAt(parts.clock.now(), parts.zone))
  const { consentVersion } = parts.people
  if (record) return accountOf(record, true, parts.text, appLanguage, consentVersion)
  const first = newRecord(parts.ids.next(), place.channel, place.user)
  return accountOf(first, false, parts.text, appLanguage, consentVersion)
}

export async function loadChat(
  parts: Parts,
  place: Place,
  appLanguage: string | null,
  at: Instant,
): Promise<LoadedChat> {
  const account = await loadAccount(parts, place, appLanguage)
  const record = account.stored ? await parts.reads.openConversation(place.key) : null
  const talk = record ? await reviveTalk(parts, record) : null
  return {
    key: place.key,
    account,
    talk,
    draftless: !account.stored,
    noTicket: !account.stored,
    loadedAt: at,
    usedAt: at,
    lost: record && !talk ? record : null,
  }
}

/** @returns null when the version of the flow that it began with is gone */
export async function reviveTalk(parts: Parts, record: ConversationRecord): Promise<Talk | null> {
  const flow = parts.flows.byDigest(record.flowDigest)
  if (!flow) return null
  const log = await parts.reads.answers(record.id)
  const state = parts.engine.revive(flow, record.state, log)
  return storedTalk(record, flow, seedOf(record.id, parts.seed), state)
}
