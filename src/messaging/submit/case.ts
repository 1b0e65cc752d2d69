/** A finished report opens a case, joins the open one, or completes the one that danger opened. */
import type { Urgency } from '../../domain/cases/ports.ts'
import type { Submission, TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { Say, Speaker, SubmitHandler } from '../handlers.ts'
import { reportCase, type ReportedCase, type Told } from '../report-case.ts'

export const submitCase =
  (casework: Casework): SubmitHandler =>
  async ({ submission, submissionId, speaker, territoryId, at, zone, ids }) => {
    // The submission itself is kept in any case; without a place there is nobody to hand it to.
    if (territoryId === null) return { changes: [], say: [], notices: [], matter: null }
    const { answers } = submission
    const personName = textOf(answers['name']) ?? speaker.profile?.name ?? null
    const reported = await reportCase(
      casework,
      {
        kind: textOf(answers['case.kind']) ?? 'hardship',
        urgency: urgencyOf(submission),
        source: textOf(answers['case.source']) ?? (speaker.staff ? 'cadre' : 'self'),
        territoryId,
        identityId: speaker.identityId,
        profileId: speaker.profile?.id ?? null,
        householdId: null,
        personName,
        submissionId,
        alarm: null,
        actor: actorOf(speaker),
      },
      toldOf(submission, personName, speaker),
      at,
      zone,
      ids,
    )
    const { matter } = reported.decision
    return {
      changes: reported.decision.changes,
      say: answerTo(reported, reported.leave > at),
      notices: reported.notices,
      matter: { number: matter.number, kind: matter.kind, stage: matter.stage },
    }
  }

export const actorOf = (speaker: Speaker) =>
  speaker.staff
    ? ({ kind: 'staff', id: speaker.staff.id } as const)
    : ({ kind: 'villager', id: speaker.profile?.id ?? speaker.identityId } as const)

const textOf = (answer: Submission['answers'][string] | undefined): string | null =>
  typeof answer === 'string' && answer !== '' ? answer : null

function urgencyOf({ answers }: Submission): Urgency {
  if (answers['case.danger'] === 'true') return 'danger'
  return answers['case.urgent'] === 'true' ? 'urgent' : 'normal'
}

function toldOf(submission: Submission, name: string | null, speaker: Speaker): Told {
  const { answers } = submission
  return {
    name,
    phone: textOf(answers['phone']) ?? speaker.profile?.phone ?? null,
    causes: submission.lines.find((line) => line.question === 'causes')?.shown ?? null,
    what: dangerSaid(answers),
  }
}

export function dangerSaid(answers: Readonly<Record<string, unknown>>): TextRef & { readonly key: string } {
  if (answers['danger'] === 'yes' || answers['danger'] === 'dk') return { key: 'cases:staff.what_housing' }
  return { key: answers['urgent_kind'] === 'now' ? 'cases:staff.what_now' : 'cases:staff.what_urgent' }
}

/** Number, what happens next, by which day; and the village's phone where it has one. */
function answerTo({ decision, chain }: ReportedCase, waitsForMorning: boolean): readonly Say[] {
  const { matter } = decision
  const params = { number: matter.number, by: matter.stageDueOn ?? '', decide: matter.decideBy ?? '' }
  const phone = chain.lineage.find((place) => place.publicPhone !== null)?.publicPhone
  const key = answerKey(decision, waitsForMorning)
  return [
    { text: { key: `cases:${key}`, params } },
    ...(phone && matter.urgency !== 'normal' ? [{ text: { key: 'cases:village_phone', params: { phone } } }] : []),
  ]
}

function answerKey({ kind, matter, raised }: ReportedCase['decision'], waitsForMorning: boolean): string {
  if (kind === 'joined') return raised ? 'joined_urgent' : 'joined'
  if (matter.urgency === 'danger') return 'opened_danger'
  if (matter.urgency === 'urgent') return waitsForMorning ? 'opened_urgent_night' : 'opened_urgent'
  return matter.assigneeId === null ? 'opened_nobody' : 'opened'
}
