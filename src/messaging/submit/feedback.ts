/**
 * What somebody says of how a matter was handled. It is kept apart from the matter, and whatever is not praise goes to the
 * level above whoever handles it, with the comment; the one who handles it only hears that it should be gone on with.
 */
import { insert } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import { aboveOf } from '../../domain/cases/complaints.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { HouseholdRecord } from '../../domain/registry/ports.ts'
import { readChain, type Chain } from '../../domain/registry/responsible.ts'
import type { Submission, TextRef } from '../../flow/effects.ts'
import { askSpotCheck, type SpotCheckParts } from '../cases/ask-spot-check.ts'
import { confirmDone, goOnWith, type GoneOn, type GoOnParts } from '../cases/go-on.ts'
import { markOf, noticesTo } from '../cases/matter-notices.ts'
import type { Casework } from '../casework.ts'
import type { HandlerResult, Say, SubmitContext, SubmitHandler } from '../handlers.ts'
import { numberOf, textOf } from './answer-text.ts'
import { isOwnByNumber } from './own-matter.ts'

/** Scores up to here are heard above. */
const POOR = 2

export type FeedbackParts = SpotCheckParts & GoOnParts

export const submitFeedback =
  (parts: FeedbackParts): SubmitHandler =>
  async (context) => {
    const { casework } = parts
    const { submission, submissionId, speaker, at, zone, ids } = context
    const { answers } = submission
    const number = textOf(answers, 'case_no')
    const named = number === '' ? null : await casework.cases.caseByNumber(number)
    const matter = named && isOwnByNumber(named, speaker) ? named : null
    const territoryId = matter?.territoryId ?? context.territoryId
    const chain = territoryId === null ? null : await readChain(casework.registry, territoryId)
    const reopens = textOf(answers, 'reopen') === 'yes'
    const contradicted = await contradictedBy(casework, matter, textOf(answers, 'came'))
    const above = chain && aboveOf(chain, matter?.assigneeId ?? null, 'dk', dateAt(at, zone))
    const leave = casework.watching.mayLeave('case_new', at)
    const gone = matter && (await goneOn(parts, matter, context, reopens))
    const check = contradicted && above && (await askSpotCheck(parts, contradicted, above, submissionId, at, zone, ids))
    const isTold = above !== null && isHeardAbove(answers)
    return {
      changes: [
        insert('Feedback', {
          id: ids.next(),
          caseId: matter?.id ?? null,
          territoryId,
          submissionId,
          solved: textOf(answers, 'solved'),
          score: numberOf(answers, 'score') ?? 0,
          came: textOf(answers, 'came'),
          comment: textOf(answers, 'comment') || null,
          reopenAsked: matter !== null && (reopens || textOf(answers, 'reopened') === 'yes'),
          spotCheck: contradicted !== null,
          at,
        }),
        ...(gone?.changes ?? []),
        ...(check?.changes ?? []),
      ],
      say: answerTo(answers, matter, reopens, gone?.text ?? null),
      notices: [
        ...(isTold ? noticesTo(above.hearerId, matter, heard(answers, matter, chain), leave) : []),
        ...(gone?.notices ?? []),
        ...(check?.notices ?? []),
      ],
      matter: matter && markOf(gone?.matter ?? matter),
      ...(territoryId !== null && { territoryId }),
    }
  }

/** Nobody came, says the household; a visit since the lead is logged. @returns that household */
async function contradictedBy(
  { registry }: Casework,
  matter: CaseRecord | null,
  came: string,
): Promise<HouseholdRecord | null> {
  if (came !== 'no' || !matter?.householdId) return null
  const [household] = await registry.households([matter.householdId])
  return household?.lastVisitOn != null && household.lastVisitOn >= matter.leadOn ? household : null
}

/** It is gone on with, or is over with the villager's word. Either may have been said, and done, before these questions. */
async function goneOn(
  parts: FeedbackParts,
  matter: CaseRecord,
  { submission, submissionId, speaker, at, zone, ids }: SubmitContext,
  reopens: boolean,
): Promise<(Omit<GoneOn, 'text'> & { readonly text?: TextRef }) | null> {
  const said = { speaker, at, zone, ids }
  if (reopens) return goOnWith(parts, matter, said, submissionId)
  return textOf(submission.answers, 'solved') === 'yes' ? confirmDone(parts, matter, said) : null
}

const isHeardAbove = (answers: Submission['answers']): boolean =>
  textOf(answers, 'solved') === 'no' || (numberOf(answers, 'score') ?? 0) <= POOR || textOf(answers, 'comment') !== ''

function heard(answers: Submission['answers'], matter: CaseRecord | null, chain: Chain | null): TextRef {
  const comment = textOf(answers, 'comment')
  const said: TextRef =
    comment === ''
      ? { key: 'cases:staff.feedback_silent' }
      : comment.startsWith('voice:')
        ? { key: 'flow:review.voice' }
        : { literal: comment }
  return {
    key: 'cases:staff.feedback',
    params: {
      number: matter ? { literal: matter.number } : { key: 'cases:staff.feedback_unnamed' },
      village: chain?.lineage[0]?.name ?? '',
      solved: { key: `flows/feedback:choices.solved.${textOf(answers, 'solved')}.label` },
      score: textOf(answers, 'score'),
      came: { key: `flows/feedback:choices.yn_has.${textOf(answers, 'came')}.label` },
      comment: said,
    },
  }
}

function answerTo(
  answers: Submission['answers'],
  matter: CaseRecord | null,
  reopens: boolean,
  gone: TextRef | null,
): HandlerResult['say'] {
  const say = (key: string): Say => ({
    text: { key: `cases:feedback.${key}`, params: { number: matter?.number ?? '' } },
  })
  return [
    gone ? { text: gone } : say(!reopens ? 'thanks' : matter ? 'goes_on' : 'not_yours'),
    ...(textOf(answers, 'comment') === '' ? [] : [say('comment')]),
  ]
}
