/** Somebody would rather speak: a matter to listen to, told to whoever answers for the village. */
import { seal } from '../../base/change.ts'
import { event } from '../../domain/cases/report.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { SubmitHandler } from '../handlers.ts'
import { reportCase, type ReportedCase } from '../report-case.ts'
import { textOf } from './answer-text.ts'
import { actorOf } from './case.ts'

export const MESSAGE = 'message'

/** Characters of what was said that staff see in the first message. */
const SHOWN = 200

/** @param danger whether what was said tells of danger to life: then it can't wait until somebody listens */
export const submitVoiceMessage =
  (casework: Casework, danger: (said: string) => boolean): SubmitHandler =>
  async (context) => {
    const { submission, submissionId, speaker, territoryId, at, zone, ids } = context
    // The submission itself is kept in any case; without a place there is nobody to hand it to.
    if (territoryId === null) return { changes: [], say: [], notices: [], matter: null }
    const said = textOf(submission.answers, 'voice')
    const isDanger = danger(said)
    const recordings = submission.media.filter(({ question }) => question === 'voice').map(({ id }) => id)
    const name = speaker.profile?.name ?? null
    const phone = textOf(submission.answers, 'phone') || (speaker.profile?.phone ?? null)
    const actor = actorOf(speaker)
    const reported = await reportCase(
      casework,
      {
        kind: MESSAGE,
        urgency: isDanger ? 'danger' : 'normal',
        source: 'self',
        territoryId,
        identityId: speaker.identityId,
        profileId: speaker.profile?.id ?? null,
        householdId: null,
        personName: name,
        submissionId,
        alarm: null,
        actor,
        notes: recordings.length > 0 ? ['listen'] : [],
      },
      {
        name,
        phone,
        causes: shown(said),
        what: { key: isDanger ? 'cases:staff.what_now' : 'cases:staff.what_urgent' },
      },
      at,
      zone,
      ids,
    )
    const { matter, changes } = reported.decision
    const heard = recordings.map((id) => event(ids, matter.id, at, actor, 'listen', seal(id)))
    return {
      changes: [...changes, ...heard],
      say: [{ text: answerTo(reported) }],
      notices: reported.notices,
      matter: { number: matter.number, kind: matter.kind, stage: matter.stage },
    }
  }

function shown(said: string): TextRef {
  if (said.startsWith('voice:')) return { key: 'flow:review.voice' }
  const characters = [...said]
  return { literal: characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : said }
}

function answerTo({ decision: { kind, matter } }: ReportedCase): TextRef {
  const key = kind === 'opened' ? (matter.assigneeId === null ? 'opened_nobody' : 'opened') : 'joined'
  return { key: `cases:message.${key}`, params: { number: matter.number, by: matter.stageDueOn ?? '' } }
}
