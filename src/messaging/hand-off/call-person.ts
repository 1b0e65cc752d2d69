/** 人工: the phone of the village, and a talk with whoever is on duty there. What was open is kept as a draft. */
import { dateAt } from '../../base/time.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import { lookupKey } from '../../flow/lookups.ts'
import { homeOf } from '../account.ts'
import { setAside } from '../begin-flow.ts'
import type { ReceivedBody } from '../channel.ts'
import { sayHuman } from '../say-human.ts'
import { refusesSensitive } from '../sensitive.ts'
import type { Parts } from '../parts.ts'
import { setWaiting } from '../speaker/waiting.ts'
import { say, type Work } from '../work.ts'
import type { HandOffDesk } from './desk.ts'
import { onDuty } from './on-duty.ts'
import { isTheirs } from './own.ts'
import { opened } from './rows.ts'
import { beganEnough } from './too-much.ts'

/** @returns false when only the phone was told, and an open flow goes on */
export async function callPerson(parts: Parts, work: Work): Promise<boolean> {
  const { handOff: desk } = parts
  const { speaker, record } = work.account
  // Where words of one's own may not be told the phone is all there is.
  if (!desk || work.group || speaker.staff || refusesSensitive(parts, work.account)) {
    await sayHuman(parts, work, 'messaging:human')
    return false
  }
  const talk = work.account.stored ? await desk.reads.openHandOff(speaker.identityId) : null
  if (talk) {
    // Whoever has not said who speaks learns a number and no more.
    const isOwn = record.profile === null || isTheirs(talk, record)
    if (isOwn && work.talk) await setAside(parts, work, work.talk)
    await sayHuman(parts, work, 'messaging:human')
    say(work, isOwn ? 'hand-off:still_open' : 'hand-off:not_now', { number: talk.number })
    return isOwn
  }
  const home = homeOf(record)
  if (home) return openAt(parts, work, desk, home.id)
  await sayHuman(parts, work, 'messaging:human')
  setWaiting(parts, work, { kind: 'human' })
  if (work.talk) await setAside(parts, work, work.talk)
  say(work, 'hand-off:which_village')
  return true
}

/** The village that was asked for. @returns false for what is none */
export async function villageSaid(parts: Parts, work: Work, body: ReceivedBody): Promise<boolean> {
  const { handOff: desk } = parts
  const text = body.kind === 'text' ? body.text : body.kind === 'voice' ? (body.transcript ?? '') : ''
  if (!desk || text === '') return false
  const said = normalise(text)
  const level = 'village'
  const lookup = { key: lookupKey('territory', level, said), type: 'territory', level, text: said } as const
  const [found, ...others] = await parts.find(lookup, work.account.speaker)
  const place = found && others.length === 0 ? await parts.reads.territoryByPath(found.value) : null
  if (!place) {
    if (found) setWaiting(parts, work, { kind: 'human' })
    say(work, found ? 'hand-off:several_villages' : 'hand-off:no_village')
    return true
  }
  await openAt(parts, work, desk, place.id)
  return true
}

async function openAt(parts: Parts, work: Work, desk: HandOffDesk, territoryId: string): Promise<boolean> {
  const { speaker, record } = work.account
  const on = dateAt(work.at, parts.zone)
  const { duty, lineage } = await onDuty(desk.registry, territoryId, null, on)
  const isEnough = work.account.stored && (await beganEnough(desk, speaker.identityId, work.at))
  if (duty && !isEnough && work.talk) await setAside(parts, work, work.talk)
  const phone = lineage.find(({ publicPhone }) => publicPhone !== null)
  if (phone) say(work, 'messaging:human.phone', { village: phone.name, phone: phone.publicPhone ?? '' })
  else say(work, 'messaging:human.no_phone')
  if (!duty) {
    say(work, 'hand-off:nobody')
    return false
  }
  if (isEnough) {
    say(work, 'hand-off:enough')
    return false
  }
  const number = matterNumber(on, await desk.sequence.take(on))
  const row = {
    number,
    identityId: speaker.identityId,
    profileId: record.profile?.id ?? null,
    territoryId,
    staffId: duty.staffId,
  }
  work.changes.push(opened(row, work.at, parts.people.handOff.silenceMs, parts.ids))
  work.noTicket = false
  say(work, 'hand-off:opened', { number, place: duty.place, name: duty.name })
  return true
}
