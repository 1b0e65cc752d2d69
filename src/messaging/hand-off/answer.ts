/** What one of the staff answers goes to the villager as the bot's message, on whatever channel that one was heard last. */
import type { Change } from '../../base/change.ts'
import type { Instant } from '../../base/time.ts'
import type { CommandContext, HandlerResult, Notice, Say, StaffSpeaker } from '../handlers.ts'
import type { IdentityRecord } from '../ports.ts'
import type { HandOffDesk } from './desk.ts'
import type { HandOffRecord } from './ports.ts'
import { said } from './rows.ts'
import { answerGiven } from './waiting-task.ts'

export interface AnswerParts {
  readonly desk: HandOffDesk
  /** The account that the person is written to on. */
  readonly identityOf: (id: string, at: Instant) => Promise<IdentityRecord | null>
  /** Silence after which somebody else may hold the phone. */
  readonly pauseMs: number
  readonly silenceMs: number
}

/** @param place of the villager, in the words of the staff's own scope: `矮寨镇` */
export async function answerVillager(
  parts: AnswerParts,
  talk: HandOffRecord,
  staff: StaffSpeaker,
  place: string,
  words: string,
  { at, ids }: Pick<CommandContext, 'at' | 'ids'>,
): Promise<HandlerResult> {
  const { desk } = parts
  const line = { side: 'staff', actorId: staff.id, text: words, mediaId: null } as const
  const isFirst = talk.state === 'waiting'
  const again = talk.openKey === null ? await reopened(desk, talk) : {}
  const isOpen = talk.openKey !== null || 'openKey' in again
  const set = { ...again, ...(isOpen && { state: 'answered' }), staffId: staff.id }
  const changes: Change[] = [
    ...said(talk, line, set, at, parts.silenceMs, ids),
    ...(await answerGiven(desk, talk, staff.id, at)),
  ]
  const identity = await parts.identityOf(talk.identityId, at)
  const isShared = identity !== null && mayBeAnother(identity, talk, at, parts.pauseMs)
  const params = { number: talk.number, place, name: staff.name }
  const say: Say[] = isShared
    ? [{ text: { key: 'hand-off:villager.answer_waits', params } }]
    : [
        { text: { key: 'hand-off:villager.answer', params } },
        { text: { key: 'hand-off:words', params: { words } } },
        ...(isFirst ? [{ text: { key: 'hand-off:villager.go_on' } }] : []),
      ]
  const to: Notice['to'] = { kind: 'identity', identityId: talk.identityId }
  return {
    changes,
    say: [{ text: { key: 'hand-off:staff.sent', params } }],
    notices: [{ to, say, matter: null, reminder: null, notBefore: null, isAnswer: true }],
    matter: null,
    sealed: true,
  }
}

/** Closed by silence before anybody had answered: the answer takes it up again, unless another has begun meanwhile. */
async function reopened({ reads }: HandOffDesk, talk: HandOffRecord) {
  if (talk.closedBy !== 'silence' || (await reads.openHandOff(talk.identityId))) return {}
  return { openKey: talk.identityId, closedAt: null, closedBy: null }
}

/** Several people speak from the account, and the one who asked was not heard just now. */
function mayBeAnother(
  { speakers, profile, speakerAt }: IdentityRecord,
  talk: HandOffRecord,
  at: number,
  pauseMs: number,
) {
  const known = speakers.filter(({ name, phone }) => name !== null || phone !== null)
  if (known.length < 2) return false
  const isHere = speakerAt !== null && at - speakerAt <= pauseMs && profile?.id === talk.profileId
  return !isHere
}
