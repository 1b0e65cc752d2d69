import type { Instant } from '../base/time.ts'
import type { Candidate } from '../flow/answers/understanding.ts'
import type { Input } from '../flow/input.ts'
import type { Lookup, LookupKey } from '../flow/lookups.ts'
import type { Turn } from '../flow/turn.ts'
import type { Account } from './account.ts'
import type { ReceivedBody } from './channel.ts'
import type { Parts } from './parts.ts'
import { refusesSensitive } from './sensitive.ts'

export type Found = Turn['found']

export const NOTHING_FOUND: Found = new Map()

export const turnOf = (parts: Parts, account: Account, seed: number, at: Instant, found: Found): Turn => ({
  at,
  zone: parts.zone,
  language: account.speaker.language,
  seed,
  known: account.known,
  found,
  ...(refusesSensitive(parts, account) && { withoutSensitive: true }),
})

/** Asks the registry what the step will need. */
export async function look(parts: Parts, account: Account, lookups: readonly Lookup[]): Promise<Found> {
  if (lookups.length === 0) return NOTHING_FOUND
  const found = new Map<LookupKey, readonly Candidate[]>()
  for (const lookup of lookups) found.set(lookup.key, await parts.find(lookup, account.speaker))
  return found
}

/** The same for one conversation on every machine (FNV-1a over its id). */
export function seedOf(conversationId: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed
  for (let place = 0; place < conversationId.length; place++) {
    hash = Math.imul(hash ^ conversationId.charCodeAt(place), 0x01000193)
  }
  return hash >>> 0
}

/** @returns null for what is no answer: a person merely opened the chat. */
export function inputOf(body: ReceivedBody): Input | null {
  switch (body.kind) {
    case 'text':
    case 'choice':
    case 'location':
      return body
    case 'voice':
      return { kind: 'voice', media: body.file, transcript: body.transcript }
    case 'photo':
      return { kind: 'media', what: 'image', media: body.file }
    case 'video':
    case 'file':
      return { kind: 'media', what: body.kind, media: body.file }
    case 'other':
      return { kind: 'other' }
    case 'start':
      return null
  }
}
