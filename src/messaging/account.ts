/** Who is behind an account, and what of it a flow need not ask again. */
import { AGREED } from '../flow/answers/acknowledge.ts'
import type { KnownFact, KnownFacts } from '../flow/turn.ts'
import type { Text } from '../text/text.ts'
import type { ChannelName } from './channel.ts'
import type { Speaker } from './handlers.ts'
import type { IdentityRecord, TerritoryRecord } from './ports.ts'

export interface Account {
  readonly record: IdentityRecord
  /** False until the commit of its first message. */
  readonly stored: boolean
  readonly speaker: Speaker
  readonly known: KnownFacts
  /** The version that a consent must have been given to. */
  readonly consentVersion: string
}

export function newRecord(id: string, channel: ChannelName, user: string): IdentityRecord {
  return {
    id,
    channel,
    user,
    language: null,
    mutedAt: null,
    revision: 0,
    staff: null,
    profile: null,
    speakers: [],
    speakerAt: null,
    waiting: null,
    village: null,
  }
}

/** What speakers, drafts and matters hang on: the first account of whoever has several. */
export const personOf = ({ id, sameAs }: Pick<IdentityRecord, 'id' | 'sameAs'>): string => sameAs?.id ?? id

/** @param appLanguage what the sender's app says, used until a language was chosen */
export function accountOf(
  record: IdentityRecord,
  stored: boolean,
  text: Text,
  appLanguage: string | null,
  consentVersion: string,
): Account {
  const { channel, user, staff, profile, village } = record
  const speaker: Speaker = {
    identityId: personOf(record),
    channel,
    user,
    language: text.languageFor(record.language ?? appLanguage),
    staff,
    profile,
    villageId: village?.id ?? null,
  }
  return { record, stored, speaker, known: knownFacts(record, consentVersion), consentVersion }
}

/** A village that only a QR code told is put as a question first; what a person said is taken as said. */
function knownFacts({ profile, village }: IdentityRecord, consentVersion: string): KnownFacts {
  const known = new Map<string, KnownFact>()
  const fact = (name: string, value: string | null | undefined, label: string, confirmed: boolean) => {
    if (value !== null && value !== undefined && value !== '') known.set(name, { value, label, confirmed })
  }
  if (profile?.consentVersion === consentVersion) fact('consent', AGREED, AGREED, true)
  if (profile?.territoryPath) fact('village', profile.territoryPath, nameOf(profile.territoryPath), true)
  else if (village) fact('village', village.path, village.name, false)
  fact('name', profile?.name, profile?.name ?? '', true)
  fact('phone', profile?.phone, profile?.phone ?? '', true)
  return known
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The place that a person's matter belongs to when no answer says otherwise. */
export const homeOf = (record: IdentityRecord): Pick<TerritoryRecord, 'id'> | null =>
  record.profile?.territoryId ? { id: record.profile.territoryId } : record.village

/** The account with some of its own columns changed. */
export function changedAccount(account: Account, change: Partial<IdentityRecord>, text: Text): Account {
  const { record, stored, speaker, consentVersion } = account
  return accountOf({ ...record, ...change }, stored, text, speaker.language, consentVersion)
}
