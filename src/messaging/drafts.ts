/**
 * A draft is offered back by making it the open conversation again while it stays a draft: the next message answers the offer,
 * whichever process gets it. Anything that is no answer puts it aside again.
 */
import type { Change } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import { understand } from '../flow/answers/understand.ts'
import type { WordForms } from '../flow/words.ts'
import { beginFlow, reopenFlow } from './begin-flow.ts'
import type { ReceivedBody } from './channel.ts'
import { reviveTalk } from './load.ts'
import type { ConversationRecord } from './ports.ts'
import type { Parts } from './parts.ts'
import { close, writeTalk, wroteTalk } from './talk.ts'
import type { Talk } from './talk.ts'
import { touch } from './work.ts'
import type { Work } from './work.ts'

const RESUME = 'resume'
const RESTART = 'restart'

/** The newest draft of whoever speaks, in this chat, of one flow or of any; null when there is none to take up. */
export async function draftOf(parts: Parts, work: Work, flow: string | null): Promise<Talk | null> {
  if (!work.account.stored || work.draftless) return null
  const drafts = await parts.reads.drafts(work.account.speaker.identityId)
  work.draftless = drafts.length === 0
  for (const record of drafts) {
    if (record.openKey !== null || !isHere(work, record)) continue
    if ((flow !== null && record.flow !== flow) || !isOwn(work, record)) continue
    if (work.touched.some((talk) => talk.id === record.id)) continue
    const talk = await reviveTalk(parts, record)
    if (talk) return talk
  }
  return null
}

/** Begun in this chat, or on another account of the same person. */
const isHere = ({ place }: Work, { channel, chat, user }: ConversationRecord): boolean =>
  channel !== place.channel || user !== place.user || chat === place.chat

/** What belongs to nobody known is shown only while nobody is known. */
export function isOwn({ account: { record } }: Work, { profileId }: { readonly profileId: string | null }): boolean {
  if (profileId === null) return record.speakers.length === 0
  return profileId === record.profile?.id
}

export async function offer(parts: Parts, work: Work, talk: Talk): Promise<void> {
  await freeOpenKey(parts, work)
  talk.open = true
  talk.dirty = true
  touch(work, talk)
  work.talk = talk
  const { done, of } = parts.engine.remaining(talk.flow, talk.state)
  work.said.push({
    kind: 'say',
    text: { key: 'flow:draft.offer', params: { n: Math.max(of - done, 1) } },
    choices: [
      { id: RESUME, label: { key: 'flow:draft.resume' } },
      { id: RESTART, label: { key: 'flow:draft.restart' } },
    ],
    numbered: false,
  })
}

/**
 * Two rows can't swap a unique key in one statement: the conversation that was open gives its key up in a commit of its own.
 * A message that was handled before changes nothing; the turn's commit finds that out.
 * @throws AppError WRITE_CONFLICT
 */
async function freeOpenKey(parts: Parts, work: Work): Promise<void> {
  const holder = work.touched.find((talk) => talk.storedOpen && !talk.open)
  if (!holder) return
  if (work.cause !== null && (await parts.reads.inbox(work.cause))?.state === 'done') return
  const changes: Change[] = []
  writeTalk(changes, holder, work.place, work.account.speaker.identityId)
  const outcome = await parts.writer.commit(changes)
  if (outcome.kind !== 'committed') throw new AppError('WRITE_CONFLICT', { table: outcome.table })
  wroteTalk(holder, work.place)
}

/** @returns false when the message was no answer to the offer; the draft is put aside again then. */
export async function answerOffer(parts: Parts, work: Work, talk: Talk, body: ReceivedBody): Promise<boolean> {
  const answer = answerOf(parts, work, body)
  if (answer === RESUME) {
    await reopenFlow(parts, work, talk)
    return true
  }
  close(talk, answer === RESTART ? 'ended' : 'draft', work.at)
  touch(work, talk)
  work.talk = null
  if (answer !== RESTART) return false
  await beginFlow(parts, work, parts.flows.byId(talk.flow.id) ?? talk.flow, {})
  return true
}

function answerOf(parts: Parts, work: Work, body: ReceivedBody): typeof RESUME | typeof RESTART | null {
  if (body.kind === 'choice') return body.id === RESUME || body.id === RESTART ? body.id : null
  const said = body.kind === 'text' ? body.text : body.kind === 'voice' ? (body.transcript ?? '') : ''
  const { language } = work.account.speaker
  const choices = ([RESUME, RESTART] as const).map((name) => ({
    name,
    label: parts.text.say({ key: `flow:draft.${name}` }, language),
    also: parts.forms.get(language)?.[name] ?? [],
  }))
  const meant = understand({ type: 'select_one', choices }, said, { at: work.at, zone: parts.zone, language }, NO_WORDS)
  if (meant.result !== 'understood') return null
  return meant.value === RESUME ? RESUME : RESTART
}

/** The offer answers them itself. */
const NO_WORDS: WordForms = new Map()
