/** What a villager says while a person is being talked to goes to whoever is on duty, and not to the house. */
import { dateAt, timeAt, type Instant } from '../../base/time.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import { readYesNo } from '../../flow/answers/yes-no.ts'
import type { ReceivedBody, ReceivedFile } from '../channel.ts'
import type { Notice, Say } from '../handlers.ts'
import { linkOf } from '../media/link-files.ts'
import type { Parts } from '../parts.ts'
import { say, type Work } from '../work.ts'
import type { HandOffDesk } from './desk.ts'
import { onDuty, type DutyFound } from './on-duty.ts'
import { isTheirs } from './own.ts'
import type { HandOffRecord } from './ports.ts'
import { said as saidRows } from './rows.ts'
import { talksCrowd, wordsCrowd, type Crowd } from './too-much.ts'
import { oweAnswer, waitingTask } from './waiting-task.ts'

/** The open talk of whoever speaks. Asked once for each chat in memory, as long as there is none. */
export async function ownTalk(parts: Parts, work: Work): Promise<HandOffRecord | null> {
  const { handOff: desk } = parts
  const { speaker, record, stored } = work.account
  if (!desk || work.noTicket || work.group || speaker.staff || !stored) return null
  const talk = await desk.reads.openHandOff(speaker.identityId)
  work.noTicket = talk === null
  return talk && isTheirs(talk, record) ? talk : null
}

/** Somebody was answered last, and what is said now may answer that. */
export const isAnswered = async (parts: Parts, work: Work): Promise<boolean> =>
  (await ownTalk(parts, work))?.state === 'answered'

/** @returns false when nobody is being talked to, or there is nothing to pass on */
export async function passOn(parts: Parts, work: Work, body: ReceivedBody): Promise<boolean> {
  const { handOff: desk } = parts
  const talk = await ownTalk(parts, work)
  const words = wordsOf(body).slice(0, parts.people.handOff.longest)
  const file = fileOf(body)
  if (!desk || !talk || (words === '' && file === null)) return false
  work.passedOn = true
  work.sealed = true
  const patience = parts.manners.idle(work.account.record.id, work.at)
  if (patience === 'go') await passOnTo(parts, work, desk, talk, { words, body, file })
  else if (patience === 'warn') say(work, 'messaging:flood')
  else parts.manners.drop('flood')
  return true
}

interface Told {
  readonly words: string
  readonly body: ReceivedBody
  readonly file: ReceivedFile | null
}

async function passOnTo(parts: Parts, work: Work, desk: HandOffDesk, talk: HandOffRecord, told: Told): Promise<void> {
  const { at } = work
  const { record, speaker } = work.account
  const found = await onDuty(desk.registry, talk.territoryId, talk.staffId, dateAt(at, parts.zone))
  const { duty } = found
  const isOwed = (await waitingTask(desk, talk)) !== null
  const isFirst = talk.state === 'waiting' && !isOwed
  const leave = desk.watching.mayLeave('urgent_case', at)
  const isThanks = talk.state === 'answered' && isPolite(parts, told.words)
  const set = {
    state: isThanks ? talk.state : 'waiting',
    ...(duty && { staffId: duty.staffId }),
    ...(talk.profileId === null && record.profile && { profileId: record.profile.id }),
  }
  const line = {
    side: 'villager',
    actorId: speaker.identityId,
    text: told.words,
    mediaId: told.file?.id ?? null,
  } as const
  work.changes.push(...saidRows(talk, line, set, at, parts.people.handOff.silenceMs, parts.ids))
  if (told.file) {
    const file = { mediaId: told.file.id, kind: told.body.kind, question: null }
    const to = { submissionId: null, caseId: null, identityId: work.account.speaker.identityId }
    work.changes.push(linkOf(file, to, work.at, parts.ids))
  }
  if (!duty) return say(work, 'hand-off:nobody_now')
  if (!isOwed && !isThanks) {
    work.changes.push(...(await oweAnswer(desk, talk, duty.staffId, leave, at, parts.zone, parts.ids)))
  }
  const who = { place: duty.place, name: duty.name, number: talk.number }
  const crowd = await crowdIn(parts, desk, talk, duty.staffId, isFirst, told.words)
  const notBefore = leave > at ? leave : null
  if (crowd !== 'go') {
    if (isFirst) say(work, 'hand-off:kept_first', who)
    else if (crowd === 'last') say(work, 'hand-off:kept', who)
    if (crowd === 'last') work.notices.push(ofMany(talk, duty.staffId, isFirst, notBefore))
    return
  }
  work.notices.push(toStaff(work, talk, duty.staffId, told, found, isFirst, notBefore))
  if (!isFirst) return
  work.notices.push(...(await toGroups(desk, talk, found, notBefore)))
  if (notBefore === null) say(work, 'hand-off:passed_on', who)
  else say(work, 'hand-off:passed_on_later', { ...who, time: timeAt(notBefore, parts.zone) })
}

/** Danger goes through, however much there is. */
async function crowdIn(
  { intent }: Parts,
  desk: HandOffDesk,
  talk: HandOffRecord,
  staffId: string,
  isFirst: boolean,
  words: string,
): Promise<Crowd> {
  if (intent.danger(words) !== null) return 'go'
  return isFirst ? talksCrowd(desk, talk, staffId) : wordsCrowd(desk, talk)
}

/** That more was said than is sent on. */
const ofMany = ({ number }: HandOffRecord, staffId: string, isFirst: boolean, notBefore: Instant | null): Notice => ({
  to: { kind: 'staff', staffId },
  say: [{ text: { key: `hand-off:staff.${isFirst ? 'many_talks' : 'many_words'}`, params: { number } } }],
  matter: null,
  reminder: null,
  notBefore,
})

/** 要得, 谢谢: nobody has to answer that. */
function isPolite(parts: Parts, words: string): boolean {
  const kind = parts.houseWords.find(words)?.kind
  return kind === 'thanks' || kind === 'hello' || readYesNo(normalise(words)) === 'yes'
}

function toStaff(
  work: Work,
  { number }: HandOffRecord,
  staffId: string,
  { words, body, file }: Told,
  { lineage }: DutyFound,
  isFirst: boolean,
  notBefore: Instant | null,
): Notice {
  const name = work.account.record.profile?.name
  const who = name ? { literal: name } : { key: 'hand-off:somebody' }
  const params = { number, who, village: lineage[0]?.name ?? '' }
  const lines: Say[] = [{ text: { key: `hand-off:staff.${isFirst ? 'first' : 'more'}`, params } }]
  if (file) lines.push({ text: { key: `hand-off:staff.${body.kind === 'voice' ? 'voice' : 'file'}` } })
  if (words !== '') lines.push({ text: { key: 'hand-off:words', params: { words } } })
  if (isFirst) lines.push({ text: { key: 'hand-off:staff.how', params: { number } } })
  return {
    to: { kind: 'staff', staffId },
    say: lines,
    matter: null,
    reminder: null,
    notBefore,
    ...(file && { attachment: { id: file.id, name: file.name, type: file.type } }),
  }
}

/** A line that anybody in the group may read. */
async function toGroups(
  { registry }: HandOffDesk,
  { number }: HandOffRecord,
  { lineage }: DutyFound,
  notBefore: Instant | null,
): Promise<readonly Notice[]> {
  const village = lineage.find(({ level }) => level === 'village') ?? lineage[0]
  const groups = village ? await registry.groupsIn([village.id]) : []
  return groups
    .filter(({ audience, purposes }) => audience === 'staff' && purposes.includes('village'))
    .map(({ channel, chat }) => ({
      to: { kind: 'group', channel: channel as never, chat },
      say: [{ text: { key: 'hand-off:group', params: { number } } }],
      matter: null,
      reminder: null,
      notBefore,
    }))
}

function wordsOf(body: ReceivedBody): string {
  if (body.kind === 'text') return body.text.trim()
  if (body.kind === 'voice') return body.transcript?.trim() ?? ''
  return body.kind === 'location' ? `${body.latitude}, ${body.longitude}` : ''
}

const fileOf = (body: ReceivedBody): ReceivedFile | null => ('file' in body ? body.file : null)
