/** What is known of whoever speaks: shown masked, numbered so that each line can be corrected; or whole, as a copy. */
import { expectRevision } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import type { TextRef } from '../../flow/effects.ts'
import { ownTalks } from '../hand-off/mine.ts'
import type { Parts } from '../parts.ts'
import type { Belongings } from '../ports.ts'
import { maskedPhone } from '../speaker/mask.ts'
import { say, type Work } from '../work.ts'

/** Lines that can be corrected, in the order in which they are shown. */
export const FIELDS = ['name', 'village', 'phone'] as const
export type Field = (typeof FIELDS)[number]

export async function showMyData(parts: Parts, work: Work): Promise<void> {
  const { record } = work.account
  if (!record.profile && !record.village) return say(work, 'people:data.empty')
  stillSo(work)
  say(work, 'people:data.title')
  sayFields(work, maskedPhone)
  const own = ownOf(work, await belongingsOf(parts, work))
  await sayConsent(parts, work)
  sayCounts(work, own)
  const talks = (await ownTalks(parts, work)).length
  if (talks > 0) say(work, 'people:data.talks', { count: talks })
  if (work.talk && work.talk.phase !== 'draft') say(work, 'people:data.in_flow')
  say(work, 'people:data.hint')
}

/** “Give me a copy”: everything in full, to the one whose it is. */
export async function giveCopy(parts: Parts, work: Work): Promise<void> {
  const { record } = work.account
  if (!record.profile) return say(work, 'people:data.empty')
  stillSo(work)
  const on = dateAt(work.at, parts.zone)
  say(work, 'people:copy.title', { date: on })
  sayFields(work, (phone) => phone)
  for (const { purpose, version, givenAt, withdrawnAt } of await parts.reads.consents(record.profile.id)) {
    const what: TextRef = { key: purpose === 'general' ? 'people:copy.general' : 'people:copy.own' }
    const params = { what, version, date: dateAt(givenAt, parts.zone) }
    if (withdrawnAt === null) say(work, 'people:copy.consent', params)
    else say(work, 'people:copy.consent_ended', { ...params, ended: dateAt(withdrawnAt, parts.zone) })
  }
  const own = ownOf(work, await belongingsOf(parts, work))
  for (const { number, kind, stage, openedAt } of own.cases) {
    say(work, 'people:copy.matter', {
      number,
      kind: { key: `cases:kind.${kind}` },
      stage: { key: `cases:stage_plain.${stage}` },
      date: dateAt(openedAt, parts.zone),
    })
  }
  sayCounts(work, { ...own, cases: [] })
  say(work, 'people:copy.end')
}

function sayFields(work: Work, phoneShown: (phone: string) => string): void {
  const { profile, village } = work.account.record
  const value = (field: Field): TextRef => {
    if (field === 'name' && profile?.name) return { literal: profile.name }
    if (field === 'village' && profile?.territoryPath) return { literal: profile.territoryPath }
    if (field === 'village' && village) return { key: 'people:data.scanned', params: { village: village.path } }
    if (field !== 'phone' || !profile?.phone) return { key: 'people:data.not_told' }
    const phone = phoneShown(profile.phone)
    return profile.phoneOf === null
      ? { literal: phone }
      : { key: 'people:data.phone_of', params: { phone, of: profile.phoneOf } }
  }
  FIELDS.forEach((field, place) =>
    say(work, 'people:data.line', { n: place + 1, what: { key: `people:data.${field}` }, value: value(field) }),
  )
}

async function sayConsent(parts: Parts, work: Work): Promise<void> {
  const { profile } = work.account.record
  const consents = profile ? await parts.reads.consents(profile.id) : []
  const given = consents.filter(({ withdrawnAt }) => withdrawnAt === null)
  const general = given.filter(({ purpose }) => purpose === 'general').at(-1)
  if (general) {
    say(work, 'people:data.consent', { date: dateAt(general.givenAt, parts.zone), version: general.version })
  }
  const own = given.filter(({ purpose }) => purpose !== 'general').length
  if (own > 0) say(work, 'people:data.consent_own', { count: own })
}

function sayCounts(work: Work, { cases, conversations, seekers, enrolments }: Belongings): void {
  const open = cases.filter(({ closedAt }) => closedAt === null).length
  const drafts = conversations.filter(({ phase }) => phase === 'draft').length
  if (open > 0) say(work, 'people:data.matters', { count: open })
  if (drafts > 0) say(work, 'people:data.drafts', { count: drafts })
  if (seekers.length > 0) say(work, 'people:data.seeker')
  if (enrolments.length > 0) say(work, 'people:data.enrolments', { count: enrolments.length })
}

const NOTHING: Belongings = { conversations: [], cases: [], seekers: [], enrolments: [], submissions: [] }

export const belongingsOf = (parts: Parts, work: Work): Promise<Belongings> =>
  work.account.stored ? parts.reads.belongings(work.account.speaker.identityId) : Promise.resolve(NOTHING)

/** Of all that hangs on the account, what is this speaker's. */
export function ownOf(work: Work, all: Belongings): Belongings {
  const { profile, speakers } = work.account.record
  const isOwn = ({ profileId }: { readonly profileId: string | null }) =>
    profile === null ? profileId === null && speakers.length === 0 : profileId === profile.id
  return {
    conversations: all.conversations.filter(isOwn),
    cases: all.cases.filter(isOwn),
    seekers: all.seekers.filter(isOwn),
    enrolments: all.enrolments.filter(isOwn),
    submissions: all.submissions.filter(isOwn),
  }
}

/** What was read of the account must still be so when it is shown: it may have been taken over to another phone meanwhile. */
function stillSo(work: Work): void {
  const { record, stored } = work.account
  if (!stored) return
  work.changes.push(expectRevision('ChatIdentity', record.id, record.revision))
  const { sameAs } = record
  if (sameAs) work.changes.push(expectRevision('ChatIdentity', sameAs.id, sameAs.revision))
}
