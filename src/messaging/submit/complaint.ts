/** 投诉: a matter over the head of whoever handled it, seen and told only from the level above. */
import { dateAt } from '../../base/time.ts'
import { aboveOf, decideComplaint, type Above, type Whom } from '../../domain/cases/complaints.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { readChain } from '../../domain/registry/responsible.ts'
import type { TextRef } from '../../flow/effects.ts'
import { announceTask, workingDaysAfter } from '../cases/announce-task.ts'
import { askSpotCheck, type SpotCheckParts } from '../cases/ask-spot-check.ts'
import type { Say, SubmitContext, SubmitHandler } from '../handlers.ts'
import type { Opening } from '../parts.ts'
import { textOf } from './answer-text.ts'
import { actorOf } from './case.ts'
import { isOwn } from './own-matter.ts'

/** Whoever has matters of the own is asked which one it is about. */
export const complaintOpening =
  ({ casework }: Pick<SpotCheckParts, 'casework'>): Opening =>
  async (speaker) => {
    const own = (await casework.cases.casesOfIdentity(speaker.identityId, false)).some((one) => isOwn(one, speaker))
    return { given: own ? { own: 'yes' } : {} }
  }

export const submitComplaint =
  (parts: SpotCheckParts): SubmitHandler =>
  async (context) => {
    const { casework, told } = parts
    const { submission, submissionId, speaker, at, zone, ids } = context
    const { answers } = submission
    const about = await matterMeant(parts, context)
    const territoryId = about?.territoryId ?? context.territoryId
    // The submission itself is kept in any case; without a place there is nobody to hand it to.
    if (territoryId === null) return { changes: [], say: [], notices: [], matter: null }
    const on = dateAt(at, zone)
    const chain = await readChain(casework.registry, territoryId)
    const whom = (textOf(answers, 'whom') || 'dk') as Whom
    const above = aboveOf(chain, about?.assigneeId ?? null, whom, on)
    const isNamed = textOf(answers, 'reply') !== 'anonymous'
    const { matter, changes } = decideComplaint(
      {
        source: 'self',
        territoryId,
        identityId: speaker.identityId,
        profileId: isNamed ? (speaker.profile?.id ?? null) : null,
        householdId: null,
        personName: isNamed ? (speaker.profile?.name ?? null) : null,
        submissionId,
        alarm: null,
        actor: isNamed ? actorOf(speaker) : { kind: 'villager', id: null },
      },
      above,
      { ...casework, number: matterNumber(on, await casework.sequence.take(on)) },
      at,
      zone,
      ids,
    )
    const task = await announceTask(
      casework,
      {
        kind: 'complaint',
        caseId: matter.id,
        householdId: null,
        territoryId,
        assigneeId: above.assigneeId,
        refId: null,
        detail: null,
        dueOn: workingDaysAfter(casework, on, told.complaint.dueDays),
        seenFrom: above.seenFrom,
        about: matter.id,
      },
      () => noticeOf(context, matter, about, chain.lineage[0]?.name ?? ''),
      at,
      zone,
      ids,
      above.hearerId,
    )
    const household = about?.householdId ?? null
    const check =
      household === null
        ? null
        : await askSpotCheck(parts, { id: household, territoryId }, above, submissionId, at, zone, ids)
    return {
      changes: [...changes, ...task.changes, ...(check?.changes ?? [])],
      say: answerTo(answers, matter, above),
      notices: [...task.notices, ...(check?.notices ?? [])],
      matter: { number: matter.number, kind: matter.kind, stage: matter.stage },
      territoryId,
    }
  }

/** Only an own matter says who handled it: with another's number nobody can point at somebody. */
async function matterMeant({ casework }: SpotCheckParts, { submission, speaker }: SubmitContext) {
  const number = textOf(submission.answers, 'case_no')
  const named = number === '' ? null : await casework.cases.caseByNumber(number)
  return named && isOwn(named, speaker) ? named : null
}

function noticeOf(
  { submission: { answers }, speaker }: SubmitContext,
  matter: CaseRecord,
  about: CaseRecord | null,
  village: string,
): TextRef {
  const what = textOf(answers, 'what')
  const whom = textOf(answers, 'whom')
  const reply = textOf(answers, 'reply')
  return {
    key: 'told:complaint.notice',
    params: {
      number: matter.number,
      village,
      about: about
        ? {
            key: 'told:complaint.about',
            params: { number: about.number, kind: { key: `cases:kind_staff.${about.kind}` } },
          }
        : { key: `flows/complaint:choices.whom.${whom === '' ? 'dk' : whom}.label` },
      what: what.startsWith('voice:') ? { key: 'flow:review.voice' } : { literal: what },
      who:
        reply === 'anonymous'
          ? { key: 'told:complaint.nameless' }
          : {
              key: 'told:complaint.who',
              params: {
                name: matter.personName ?? { key: 'cases:staff.no_name' },
                phone: speaker.profile?.phone ?? { key: 'cases:staff.no_phone' },
              },
            },
      reply: { key: `told:complaint.reply.${reply === 'reply' ? 'wanted' : 'not_wanted'}` },
      by: matter.stageDueOn ?? '',
    },
  }
}

function answerTo(answers: SubmitContext['submission']['answers'], matter: CaseRecord, above: Above): readonly Say[] {
  const params = { number: matter.number, decide: matter.decideBy ?? '' }
  const say = (key: string): Say => ({ text: { key: `told:complaint.${key}`, params } })
  const reply = textOf(answers, 'reply')
  return [
    say(`opened.${above.seenFrom}`),
    say(reply === 'anonymous' ? 'kept_nameless' : reply === 'reply' ? 'answered_by' : 'no_answer'),
  ]
}
