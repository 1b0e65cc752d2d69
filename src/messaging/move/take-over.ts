/** The code on the new phone: its owner's profile, drafts and matters are this account's from now on, and the old one is told. */
import { update } from '../../base/change.ts'
import type { Change } from '../../base/change.ts'
import { changedAccount } from '../account.ts'
import { talksTakenOver } from '../hand-off/mine.ts'
import type { Parts } from '../parts.ts'
import type { IdentityRecord, MoveCodeRecord, StoredProfile } from '../ports.ts'
import { audit } from '../privacy/audit.ts'
import { askWho } from '../speaker/who.ts'
import { setWaiting } from '../speaker/waiting.ts'
import { expiryAfter } from '../talk.ts'
import { say, type Work } from '../work.ts'
import { noteTry, triedTooOften } from './tries.ts'

/** Every way of being wrong gets the same answer: nobody learns whether there is such a code. */
export async function takeOver(parts: Parts, work: Work, code: string): Promise<void> {
  setWaiting(parts, work, null)
  const { record } = work.account
  if (record.staff) return say(work, 'people:move.not_staff')
  if (await triedTooOften(parts, work)) return say(work, 'people:move.tried_too_often')
  const found = await parts.reads.moveCode(parts.reads.moveCodeHash(code))
  const old = found && isGood(found, work) ? await parts.reads.identityById(found.identityId) : null
  const moved = old?.speakers.find(({ id }) => id === found?.profileId)
  if (!found || !old || !moved) {
    noteTry(parts, work)
    setWaiting(parts, work, { kind: 'move' })
    return say(work, 'people:move.wrong')
  }
  work.sealed = true
  await handOver(parts, work, old, moved)
  work.changes.push(update('MoveCode', found.id, found.revision, { usedAt: work.at }))
  audit(work, 'moved', old.id, { to: work.account.speaker.identityId })
  work.notices.push({
    to: { kind: 'identity', identityId: old.id },
    say: [{ text: { key: 'people:move.told_old' } }],
    matter: null,
    reminder: null,
    notBefore: null,
  })
  work.forget.push(old.id)
  const { speakers } = work.account.record
  work.identitySet['speakerAt'] = null
  work.identitySet['profileId'] = null
  work.account = changedAccount(
    work.account,
    { profile: null, speakerAt: null, speakers: [...speakers, moved] },
    parts.text,
  )
  say(work, 'people:move.done')
  askWho(parts, work, [moved.id], null)
}

const isGood = ({ identityId, expiresAt, usedAt }: MoveCodeRecord, { at, account }: Work): boolean =>
  usedAt === null && expiresAt > at && identityId !== account.speaker.identityId

async function handOver(parts: Parts, work: Work, old: IdentityRecord, moved: StoredProfile): Promise<void> {
  const id = work.account.speaker.identityId
  const { channel, chat, user } = work.place
  const to = { identityId: id }
  const all = await parts.reads.belongings(old.id)
  const isMoved = ({ profileId }: { readonly profileId: string | null }) => profileId === moved.id
  const changes: Change[] = [
    update('ChatIdentity', old.id, old.revision, { profileId: null, speakerAt: null, waiting: null, asked: null }),
    update('Profile', moved.id, moved.revision, to),
    ...all.cases.filter(isMoved).map((matter) => update('Case', matter.id, matter.revision, to)),
    ...all.seekers.filter(isMoved).map((seeker) => update('Seeker', seeker.id, seeker.revision, to)),
    ...all.enrolments.filter(isMoved).map((enrolment) => update('Enrolment', enrolment.id, enrolment.revision, to)),
  ]
  changes.push(...(await talksTakenOver(parts, old.id, id, isMoved)))
  for (const { id: conversation, flow, phase, openKey, revision } of all.conversations.filter(isMoved)) {
    if (phase !== 'draft' && openKey === null) continue
    // What was open on the old phone is a draft on the new one.
    const kept = parts.flows.byId(flow)
    const wakeAt = kept ? expiryAfter(kept, work.at) : null
    const set = { ...to, channel, chat, user, phase: 'draft', openKey: null, wakeAt }
    changes.push(update('Conversation', conversation, revision, set))
  }
  work.changes.push(...changes)
  work.draftless = false
  work.noTicket = false
}
