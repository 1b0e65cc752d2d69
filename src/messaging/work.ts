/** What one message does, gathered until it is committed whole. A turn that isn't committed leaves nothing behind. */
import { insert, update } from '../base/change.ts'
import type { Cell, Change } from '../base/change.ts'
import type { Instant } from '../base/time.ts'
import type { Effect } from '../flow/effects.ts'
import type { GlobalWord } from '../flow/words.ts'
import type { Account } from './account.ts'
import type { MatterMark } from './channel.ts'
import type { Notice, Say } from './handlers.ts'
import { writeTalk, wroteTalk } from './talk.ts'
import type { Place, Talk } from './talk.ts'

export interface FoundWord {
  readonly word: GlobalWord
  readonly argument: string | null
}

/** `file`: of the media store, sent with the sentence. */
export type Said = Extract<Effect, { kind: 'say' }> & Pick<Say, 'file'>

export interface Work {
  readonly at: Instant
  readonly place: Place
  readonly group: boolean
  /** Inbox id of the message that is answered, null for a timer. */
  readonly cause: string | null
  account: Account
  /** The conversation that answers go to now. */
  talk: Talk | null
  /** Every conversation that this turn changed. */
  readonly touched: Talk[]
  readonly said: Said[]
  readonly notices: Notice[]
  /** Of handlers, and of what is stored about a person. */
  readonly changes: Change[]
  /** Columns of ChatIdentity that change. */
  readonly identitySet: Record<string, Cell>
  /** Columns of Profile that change. */
  readonly profileSet: Record<string, Cell>
  /** Of the stored profile of whoever speaks now; null without one. */
  profileRevision: number | null
  matter: MatterMark | null
  /** See LiveChat. */
  draftless: boolean
  /** See LiveChat. */
  noTicket: boolean
  /** What was said went to a person, and is no talk that leads nowhere. */
  passedOn: boolean
  /** Accounts that this turn changes beside its own: what is in memory of them is dropped after the commit. */
  readonly forget: string[]
  /** A global word that the open flow does not answer. */
  word: FoundWord | null
  /** Raw words of a sensitive flow are in it. */
  sealed: boolean
}

export function newWork(place: Place, group: boolean, cause: string | null, account: Account, at: Instant): Work {
  return {
    at,
    place,
    group,
    cause,
    account,
    talk: null,
    touched: [],
    said: [],
    notices: [],
    changes: [],
    identitySet: {},
    profileSet: {},
    profileRevision: account.record.profile?.revision ?? null,
    matter: null,
    draftless: false,
    noTicket: false,
    passedOn: false,
    forget: [],
    word: null,
    sealed: false,
  }
}

export const say = (work: Work, key: string, params?: Exclude<Said['text'], { literal: string }>['params']): void => {
  work.said.push({ kind: 'say', text: params ? { key, params } : { key } })
}

export function touch(work: Work, talk: Talk): void {
  if (!work.touched.includes(talk)) work.touched.push(talk)
}

/** Everything but the inbox and the outbox rows. */
export function writeWork(work: Work, changes: Change[]): void {
  writeAccount(work, changes)
  writeProfile(work, changes)
  for (const talk of work.touched) if (talk.dirty) writeTalk(changes, talk, work.place, work.account.speaker.identityId)
  for (const change of work.changes) changes.push(change)
}

/** After the commit: what is in memory says again what is stored. */
export function wroteWork(work: Work): void {
  for (const talk of work.touched) if (talk.dirty) wroteTalk(talk, work.place)
}

function writeAccount(work: Work, changes: Change[]): void {
  const { record, stored } = work.account
  if (!stored && work.group) return
  if (!stored) {
    changes.push(
      insert('ChatIdentity', {
        id: record.id,
        channel: record.channel,
        user: record.user,
        staffId: null,
        profileId: null,
        language: null,
        villageId: null,
        mutedAt: null,
        createdAt: work.at,
        revision: 0,
        ...work.identitySet,
      }),
    )
    return
  }
  if (isEmpty(work.identitySet)) return
  changes.push(update('ChatIdentity', record.id, record.revision, work.identitySet))
}

function writeProfile(work: Work, changes: Change[]): void {
  const { profile } = work.account.record
  if (isEmpty(work.profileSet) || !profile) return
  if (work.profileRevision !== null) {
    changes.push(update('Profile', profile.id, work.profileRevision, work.profileSet))
    return
  }
  changes.push(
    insert('Profile', {
      id: profile.id,
      identityId: work.account.speaker.identityId,
      name: null,
      phone: null,
      territoryId: null,
      consentVersion: null,
      consentAt: null,
      createdAt: work.at,
      revision: 0,
      ...work.profileSet,
    }),
  )
}

function isEmpty(set: Readonly<Record<string, Cell>>): boolean {
  for (const _ in set) return false
  return true
}

/** The account as it is after the commit. */
export function accountAfter(work: Work): Account {
  const { account } = work
  if (!account.stored) return { ...account, stored: true }
  if (isEmpty(work.identitySet)) return account
  return { ...account, record: { ...account.record, revision: account.record.revision + 1 } }
}
