/**
 * 绑定 12345678: this account is one of the staff's from now on. Every way of being wrong gets the same answer, so that nobody
 * learns whether there is such a code; a code that was seen in a group is good no more.
 */
import { insert, update } from '../../base/change.ts'
import { dateAt, DAY, instant } from '../../base/time.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import { changedAccount } from '../account.ts'
import type { ReceivedBody } from '../channel.ts'
import type { StaffSpeaker } from '../handlers.ts'
import { unlink } from '../link/unlink.ts'
import { menuSentence, showMenu } from '../menu.ts'
import type { Parts } from '../parts.ts'
import { putAsideQuietly } from '../speaker/become.ts'
import { setWaiting, waitingOf } from '../speaker/waiting.ts'
import { say, type Work } from '../work.ts'
import { BIND_TRIES, type BindReads } from './ports.ts'

export type BindingSaid = { readonly kind: 'bind'; readonly code: string | null } | { readonly kind: 'unbind' }

/** @returns null for what is about something else */
export function bindingSaid(parts: Parts, work: Work, body: ReceivedBody): BindingSaid | null {
  if (!parts.binding || body.kind !== 'text') return null
  const word = parts.houseWords.find(body.text)
  if (word?.kind === 'unbind') return { kind: 'unbind' }
  if (word?.kind === 'bind') return { kind: 'bind', code: word.digits ?? null }
  if (work.account.record.waiting === null || waitingOf(work)?.kind !== 'bind') return null
  const text = unspaced(normalise(body.text)).replace(/-/g, '')
  return /^\d{4,16}$/.test(text) ? { kind: 'bind', code: text } : null
}

export async function answerBinding(parts: Parts, work: Work, said: BindingSaid): Promise<void> {
  const { binding } = parts
  if (!binding) return
  if (said.kind === 'unbind') return unbind(parts, work)
  if (said.code !== null) return bind(parts, work, binding, said.code)
  const { staff } = work.account.record
  setWaiting(parts, work, { kind: 'bind' })
  if (staff) say(work, 'registry:bind.other', { name: staff.name })
  say(work, 'registry:bind.ask_code', { digits: parts.people.bind.digits })
}

/** In a group nothing is bound, and a right code that others could read is burnt. */
export async function bindingInGroup(parts: Parts, work: Work, said: BindingSaid): Promise<void> {
  const { binding } = parts
  if (said.kind === 'bind' && said.code !== null && binding && !(await triedTooOften(parts, work, binding))) {
    const found = await binding.bindCode(binding.bindCodeHash(said.code))
    if (found?.usedAt === null) work.changes.push(update('BindCode', found.id, found.revision, { usedAt: work.at }))
    else noteTry(parts, work)
  }
  say(work, 'registry:bind.group')
}

async function bind(parts: Parts, work: Work, binding: BindReads, code: string): Promise<void> {
  setWaiting(parts, work, null)
  work.sealed = true
  const { record } = work.account
  if (await triedTooOften(parts, work, binding)) return say(work, 'registry:bind.tried_too_often')
  const found = await binding.bindCode(binding.bindCodeHash(code))
  const isGood = found !== null && found.usedAt === null && found.expiresAt > work.at
  const staff = isGood ? await binding.staffSpeaker(found.staffId, dateAt(work.at, parts.zone)) : null
  if (!found || !staff) {
    noteTry(parts, work)
    setWaiting(parts, work, { kind: 'bind' })
    return say(work, 'registry:bind.wrong')
  }
  if (record.staff && record.staff.id !== staff.id) return say(work, 'registry:bind.other', { name: record.staff.name })
  work.changes.push(
    update('BindCode', found.id, found.revision, { usedAt: work.at, identityId: record.id }),
    insert('AuditEntry', {
      at: work.at,
      actor: `staff:${staff.id}`,
      action: 'bound',
      subject: record.id,
      detail: { staff: staff.id, channel: record.channel },
    }),
  )
  if (record.staff) return say(work, 'registry:bind.already', { name: staff.name })
  await becomeStaff(parts, work, binding, staff)
}

async function becomeStaff(parts: Parts, work: Work, binding: BindReads, staff: StaffSpeaker): Promise<void> {
  const { speakers } = work.account.record
  if (await binding.hasAccount(staff.id)) {
    const text = { key: 'registry:bind.told_other' }
    const to = { kind: 'staff', staffId: staff.id } as const
    work.notices.push({ to, say: [{ text }], matter: null, reminder: null, notBefore: null })
  }
  await putAsideQuietly(parts, work)
  // Whoever spoke before speaks no more: what is known of them is not the official's.
  // Nor is the account the one of a villager with several.
  Object.assign(work.identitySet, { staffId: staff.id, profileId: null, speakerAt: null, sameAsId: null })
  work.account = changedAccount(work.account, { staff, profile: null, speakerAt: null, sameAs: null }, parts.text)
  const places = [...new Set(staff.scopes.map(({ path }) => path))].join(' ')
  say(work, 'registry:bind.done', { name: staff.name, places })
  if (speakers.length > 0) say(work, 'registry:bind.had_people', { count: speakers.length, name: staff.name })
  showMenu(parts, work, menuSentence)
}

async function unbind(parts: Parts, work: Work): Promise<void> {
  setWaiting(parts, work, null)
  const { staff, id } = work.account.record
  if (!staff) {
    if (!(await unlink(parts, work))) say(work, 'registry:bind.not_bound')
    return
  }
  await putAsideQuietly(parts, work)
  Object.assign(work.identitySet, { staffId: null, profileId: null, speakerAt: null })
  work.account = changedAccount(work.account, { staff: null, profile: null, speakerAt: null }, parts.text)
  work.changes.push(
    insert('AuditEntry', {
      at: work.at,
      actor: `staff:${staff.id}`,
      action: 'unbound',
      subject: id,
      detail: { staff: staff.id },
    }),
  )
  say(work, 'registry:bind.unbound', { name: staff.name })
}

async function triedTooOften(parts: Parts, work: Work, binding: BindReads): Promise<boolean> {
  const { tries, triesTogether } = parts.people.bind
  const since = instant(work.at - DAY)
  const [own, all] = await Promise.all([
    binding.bindTries(work.account.record.id, since),
    binding.bindTries(null, since),
  ])
  if (all >= triesTogether) parts.fault('MOVE_CODES_TRIED', { tries: all })
  return own >= tries || all >= triesTogether
}

const noteTry = (parts: Parts, work: Work): void =>
  void work.changes.push(
    insert('MoveTry', { id: `${BIND_TRIES}${parts.ids.next()}`, identityId: work.account.record.id, at: work.at }),
  )
