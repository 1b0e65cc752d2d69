/** The code on the other account: both are one person's from now on, and what was told here before belongs to that person. */
import { expectRevision, update } from '../../base/change.ts'
import { changedAccount, personOf } from '../account.ts'
import { noteTry, triedTooOften } from '../move/tries.ts'
import type { Parts } from '../parts.ts'
import type { IdentityRecord, StoredProfile } from '../ports.ts'
import { audit } from '../privacy/audit.ts'
import { setWaiting } from '../speaker/waiting.ts'
import { askWho } from '../speaker/who.ts'
import { say, type Work } from '../work.ts'
import { carryOver, isSamePerson } from './carry-over.ts'

/** Every way of being wrong gets the same answer: nobody learns whether there is such a code. */
export async function takeLinkCode(parts: Parts, work: Work, code: string): Promise<void> {
  setWaiting(parts, work, null)
  const { record } = work.account
  if (record.staff) return say(work, 'link:not_staff')
  if (await triedTooOften(parts, work)) return say(work, 'people:move.tried_too_often')
  const found = await parts.reads.moveCode(parts.reads.linkCodeHash(code))
  const isGood = found !== null && found.usedAt === null && found.expiresAt > work.at
  const first = isGood ? await firstOf(parts, found.identityId) : null
  const owner = first?.speakers.find(({ id }) => id === found?.profileId)
  if (!found || !first || first.staff || !owner) {
    noteTry(parts, work)
    setWaiting(parts, work, { kind: 'link' })
    return say(work, 'link:wrong')
  }
  if (personOf(record) === first.id) return say(work, 'link:already')
  if (record.sameAs) return say(work, 'link:other')
  if (othersHere(record)) return say(work, 'link:others_here')
  work.sealed = true
  work.changes.push(update('MoveCode', found.id, found.revision, { usedAt: work.at }))
  await join(parts, work, first, owner)
}

/** An account that was joined to another since it showed the code stands for that one. */
async function firstOf(parts: Parts, id: string): Promise<IdentityRecord | null> {
  const identity = await parts.reads.identityById(id)
  return identity?.sameAs ? parts.reads.identityById(identity.sameAs.id) : identity
}

/** Somebody else than the one who speaks is known here: their things are not to be carried to another's account. */
const othersHere = ({ speakers, profile }: IdentityRecord): boolean =>
  speakers.some(({ id, name, phone }) => id !== profile?.id && (name !== null || phone !== null))

async function join(parts: Parts, work: Work, first: IdentityRecord, owner: StoredProfile): Promise<void> {
  const { record, stored } = work.account
  const mine = record.profile
  const isSame = mine === null || isSamePerson(mine, owner)
  const siblings = stored ? (await parts.reads.accountsOf(record.id)).filter(({ id }) => id !== record.id) : []
  for (const one of siblings) {
    const speaks = isSame && mine !== null && one.profile?.id === mine.id ? { profileId: owner.id } : {}
    work.changes.push(update('ChatIdentity', one.id, one.revision, { sameAsId: first.id, ...speaks }))
  }
  // It may be joined to yet another one at the same moment.
  work.changes.push(expectRevision('ChatIdentity', first.id, first.revision))
  if (stored) await carryOver(parts, work, first, isSame ? owner : mine, isSame ? mine : null)
  work.talk = null
  work.touched.length = 0
  work.draftless = false
  work.noTicket = false
  audit(work, 'linked', first.id, { account: record.id })
  work.notices.push({
    to: { kind: 'account', channel: first.channel, chat: first.user },
    say: [{ text: { key: 'link:told_first' } }],
    matter: null,
    reminder: null,
    notBefore: null,
  })
  work.forget.push(first.id, ...siblings.map(({ id }) => id))
  // Whoever typed the code holds both accounts; where another name is known here it is asked who speaks.
  const profile = isSame ? owner : null
  const speakers = isSame ? first.speakers : [...first.speakers, mine]
  const speakerAt = isSame ? work.at : null
  Object.assign(work.identitySet, { sameAsId: first.id, profileId: profile?.id ?? null, speakerAt })
  for (const column of Object.keys(work.profileSet)) delete work.profileSet[column]
  work.profileRevision = profile?.revision ?? null
  const sameAs = { id: first.id, revision: first.revision }
  work.account = changedAccount(
    work.account,
    { sameAs, profile, speakers, speakerAt, mutedAt: first.mutedAt },
    parts.text,
  )
  say(work, 'link:done')
  if (!isSame) askWho(parts, work, [owner.id, mine.id], null)
}
