/** Somebody scanned a village's QR code, followed a link, or opened the chat for the first time. */
import type { TextRef } from '../flow/effects.ts'
import { askAgain } from './begin-flow.ts'
import { changedAccount } from './account.ts'
import { draftOf, offer } from './drafts.ts'
import { showMenu } from './menu.ts'
import type { TerritoryRecord } from './ports.ts'
import type { Parts } from './parts.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

const BY_PATH = 'village:'
const BY_CODE = 'v_'

export async function arrive(parts: Parts, work: Work, payload: string): Promise<void> {
  const village = await villageOf(parts, payload.trim())
  if (village && village.id !== work.account.record.village?.id) {
    work.identitySet['villageId'] = village.id
    work.account = changedAccount(work.account, { village }, parts.text)
  }
  if (!village && payload.trim() !== '') say(work, 'messaging:unknown_village')
  const greeting = greetingOf(village)
  if (work.talk) {
    work.said.push({ kind: 'say', text: greeting })
    return askAgain(parts, work, work.talk)
  }
  const draft = await draftOf(parts, work, null)
  if (!draft) return showMenu(parts, work, greeting)
  work.said.push({ kind: 'say', text: greeting })
  await offer(parts, work, draft)
}

export const greetingOf = (village: { readonly name: string } | null): TextRef =>
  village ? { key: 'messaging:greeting_village', params: { village: village.name } } : { key: 'messaging:greeting' }

async function villageOf(parts: Parts, payload: string): Promise<TerritoryRecord | null> {
  if (payload.startsWith(BY_PATH)) return parts.reads.territoryByPath(payload.slice(BY_PATH.length).normalize('NFC'))
  if (payload.startsWith(BY_CODE)) return parts.reads.territoryByCode(payload.slice(BY_CODE.length).toLowerCase())
  return null
}
