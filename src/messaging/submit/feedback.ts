/**
 * What somebody says of how a matter was handled. It is kept apart from the matter, and whatever is not praise goes to the
 * level above whoever handles it, with the comment; the one who handles it only hears that it should be gone on with.
 */
import { insert } from '../../base/change.ts'
import { dateAt, type PlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { event } from '../../domain/cases/report.ts'
import { readChain, responsibleIn, type Chain } from '../../domain/registry/responsible.ts'
import type { Submission, TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { HandlerResult, Notice, Say, SubmitHandler } from '../handlers.ts'
import { numberOf, textOf } from './answer-text.ts'
import { actorOf } from './case.ts'
import { isOwn } from './own-matter.ts'

/** Scores up to here are heard above. */
const POOR = 2

/** Levels whose accounts see nothing of it. */
const LOCAL: ReadonlySet<string> = new Set([
  'village',
  'hamlet',
  'grid',
  'ten_household_unit',
  'building',
  'resettlement_site',
])

export const submitFeedback =
  (casework: Casework): SubmitHandler =>
  async (context) => {
    const { submission, submissionId, speaker, at, zone, ids } = context
    const { answers } = submission
    const number = textOf(answers, 'case_no')
    const named = number === '' ? null : await casework.cases.caseByNumber(number)
    const matter = named && isOwn(named, speaker) ? named : null
    const territoryId = matter?.territoryId ?? context.territoryId
    const chain = territoryId === null ? null : await readChain(casework.registry, territoryId)
    const reopens = textOf(answers, 'reopen') === 'yes'
    const on = dateAt(at, zone)
    const changes = [
      insert('Feedback', {
        id: ids.next(),
        caseId: matter?.id ?? null,
        territoryId,
        submissionId,
        solved: textOf(answers, 'solved'),
        score: numberOf(answers, 'score') ?? 0,
        came: textOf(answers, 'came'),
        comment: textOf(answers, 'comment') || null,
        reopenAsked: matter !== null && reopens,
        spotCheck: await isContradicted(casework, matter, textOf(answers, 'came')),
        at,
      }),
      ...(matter && reopens ? [event(ids, matter.id, at, actorOf(speaker), 'reopen_asked', submissionId)] : []),
    ]
    const above = chain && isHeardAbove(answers) ? whoIsAbove(chain, matter?.assigneeId ?? null, on) : null
    const leave = casework.watching.mayLeave('case_new', at)
    return {
      changes,
      say: answerTo(answers, matter, reopens),
      notices: [
        ...(above === null ? [] : [noticeTo(above, heard(answers, matter, chain), matter, leave)]),
        ...(matter && reopens ? goOn(matter, chain, on, leave) : []),
      ],
      matter: matter && { number: matter.number, kind: matter.kind, stage: matter.stage },
      ...(territoryId !== null && { territoryId }),
    }
  }

/** Nobody came, says the household; a visit since the lead is logged. */
async function isContradicted({ registry }: Casework, matter: CaseRecord | null, came: string): Promise<boolean> {
  if (came !== 'no' || !matter?.householdId) return false
  const [household] = await registry.households([matter.householdId])
  return household?.lastVisitOn != null && household.lastVisitOn >= matter.leadOn
}

const isHeardAbove = (answers: Submission['answers']): boolean =>
  textOf(answers, 'solved') === 'no' || (numberOf(answers, 'score') ?? 0) <= POOR || textOf(answers, 'comment') !== ''

/** Whoever answers for the place at the first level above the village and above the one who handles it; never further down. */
function whoIsAbove(chain: Chain, handlerId: string | null, on: PlainDate): string | null {
  const held = new Set(
    chain.holders.filter(({ staffId }) => staffId === handlerId).map(({ territoryId }) => territoryId),
  )
  const handledAt = chain.lineage.findLastIndex(({ id }) => held.has(id))
  const lineage = chain.lineage.filter(({ level }, at) => at > handledAt && !LOCAL.has(level))
  return responsibleIn({ ...chain, lineage }, on)
}

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

/** The one who has the matter hears that it should be gone on with, and nothing else of what was said. */
function goOn(matter: CaseRecord, chain: Chain | null, on: PlainDate, leave: Notice['notBefore']): readonly Notice[] {
  const staffId = matter.assigneeId ?? (chain && responsibleIn(chain, on))
  if (staffId === null) return []
  return [noticeTo(staffId, { key: 'cases:staff.reopen_asked', params: { number: matter.number } }, matter, leave)]
}

const noticeTo = (
  staffId: string,
  text: TextRef,
  matter: CaseRecord | null,
  notBefore: Notice['notBefore'],
): Notice => ({
  to: { kind: 'staff', staffId },
  say: [{ text }],
  matter: matter && { number: matter.number, kind: matter.kind, stage: matter.stage },
  reminder: null,
  notBefore,
})

function answerTo(answers: Submission['answers'], matter: CaseRecord | null, reopens: boolean): HandlerResult['say'] {
  const say = (key: string): Say => ({
    text: { key: `cases:feedback.${key}`, params: { number: matter?.number ?? '' } },
  })
  return [
    say(!reopens ? 'thanks' : matter ? 'goes_on' : 'not_yours'),
    ...(textOf(answers, 'comment') === '' ? [] : [say('comment')]),
  ]
}
