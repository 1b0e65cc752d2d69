/** The code on the new phone: profiles, drafts and matters of the old account are this one's from now on, and the old one is told. */
import { insert, update } from '../../base/change.ts'
import type { Change } from '../../base/change.ts'
import { DAY, instant } from '../../base/time.ts'
import { changedAccount } from '../account.ts'
import type { Parts } from '../parts.ts'
import type { IdentityRecord, MoveCodeRecord } from '../ports.ts'
import { audit } from '../privacy/audit.ts'
import { askAfterMove } from '../speaker/who.ts'
import { setWaiting } from '../speaker/waiting.ts'
import { expiryAfter } from '../talk.ts'
import { say, type Work } from '../work.ts'

/** Every way of being wrong gets the same answer: nobody learns whether there is such a code. */
export async function takeOver(parts: Parts, work: Work, code: string): Promise<void> {
  setWaiting(parts, work, null)
  const { record } = work.account
  const { move } = parts.people
  if (record.staff) return say(work, 'people:move.not_staff')
  const [own, all] = await Promise.all([
    parts.reads.moveTries(record.id, instant(work.at - DAY)),
    parts.reads.moveTries(null, instant(work.at - move.validMs)),
  ])
  if (own >= move.tries || all >= move.triesTogether) {
    if (all >= move.triesTogether) parts.fault('MOVE_CODES_TRIED', { tries: all })
    return say(work, 'people:move.tried_too_often')
  }
  const found = await parts.reads.moveCode(parts.reads.moveCodeHash(code))
  const old = found && isGood(found, work) ? await parts.reads.identityById(found.identityId) : null
  if (!found || !old) {
    work.changes.push(insert('MoveTry', { id: parts.ids.next(), identityId: record.id, at: work.at }))
    setWaiting(parts, work, { kind: 'move' })
    return say(work, 'people:move.wrong')
  }
  work.sealed = true
  await handOver(parts, work, old)
  work.changes.push(update('MoveCode', found.id, found.revision, { usedAt: work.at }))
  audit(work, 'moved', old.id, { to: record.id })
  work.notices.push({
    to: { kind: 'identity', identityId: old.id },
    say: [{ text: { key: 'people:move.told_old' } }],
    matter: null,
    reminder: null,
    notBefore: null,
  })
  work.forget.push(old.id)
  const moved = old.speakers
  const { speakers } = work.account.record
  work.identitySet['speakerAt'] = null
  work.identitySet['profileId'] = null
  work.account = changedAccount(
    work.account,
    { profile: null, speakerAt: null, speakers: [...speakers, ...moved] },
    parts.text,
  )
  say(work, 'people:move.done')
  askAfterMove(parts, work)
}

const isGood = ({ identityId, expiresAt, usedAt }: MoveCodeRecord, { at, account }: Work): boolean =>
  usedAt === null && expiresAt > at && identityId !== account.record.id

async function handOver(parts: Parts, work: Work, old: IdentityRecord): Promise<void> {
  const { id } = work.account.record
  const { channel, chat, user } = work.place
  const to = { identityId: id }
  const { conversations, cases, seekers, enrolments } = await parts.reads.belongings(old.id)
  const changes: Change[] = [
    update('ChatIdentity', old.id, old.revision, { profileId: null, speakerAt: null, waiting: null, asked: null }),
    ...old.speakers.map((one) => update('Profile', one.id, one.revision, to)),
    ...cases.map((matter) => update('Case', matter.id, matter.revision, to)),
    ...seekers.map((seeker) => update('Seeker', seeker.id, seeker.revision, to)),
    ...enrolments.map((enrolment) => update('Enrolment', enrolment.id, enrolment.revision, to)),
  ]
  for (const { id: conversation, flow, phase, openKey, revision } of conversations) {
    if (phase !== 'draft' && openKey === null) continue
    // What was open on the old phone is a draft on the new one.
    const kept = parts.flows.byId(flow)
    const wakeAt = kept ? expiryAfter(kept, work.at) : null
    const set = { ...to, channel, chat, user, phase: 'draft', openKey: null, wakeAt }
    changes.push(update('Conversation', conversation, revision, set))
  }
  work.changes.push(...changes)
  work.draftless = false
}
