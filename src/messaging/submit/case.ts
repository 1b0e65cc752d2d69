/** A finished report opens a case, joins the open one, or completes the one that danger opened. */
import type { Urgency } from '../../domain/cases/ports.ts'
import type { Submission, TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { Say, Speaker, SubmitHandler } from '../handlers.ts'
import { listed, reportCase, type ReportedCase, type Told } from '../report-case.ts'
import { assessRisk, withColumns } from '../risk.ts'

/**
 * What a flow's `case:` may say: `kind`, `source`, `person` (whose matter it is, when somebody else speaks), `urgent`,
 * `danger`, `needs` (risk causes, blank-separated, that departments are found by), `tells` (questions whose answers staff
 * are told), `notes` (names under `cases:note`).
 */
export const submitCase =
  (casework: Casework): SubmitHandler =>
  async ({ submission, submissionId, speaker, territoryId, at, zone, ids }) => {
    // The submission itself is kept in any case; without a place there is nobody to hand it to.
    if (territoryId === null) return { changes: [], say: [], notices: [], matter: null }
    const { answers } = submission
    const source = textOf(answers['case.source']) ?? (speaker.staff ? 'cadre' : 'self')
    const { personName, name, phone } = reporterOf(answers, textOf(answers['case.person']), speaker)
    const reported = await reportCase(
      casework,
      {
        kind: textOf(answers['case.kind']) ?? 'hardship',
        urgency: urgencyOf(submission),
        source,
        territoryId,
        identityId: speaker.identityId,
        profileId: speaker.profile?.id ?? null,
        householdId: null,
        personName,
        submissionId,
        alarm: null,
        departments: casework.routing.departmentsOf(namesIn(answers['case.needs'])),
        notes: namesIn(answers['case.notes']),
        actor: actorOf(speaker),
      },
      {
        name,
        phone,
        phoneOf: speaker.profile?.phone === phone ? speaker.profile?.phoneOf : null,
        causes: toldIn(submission),
        what: dangerSaid(answers),
      },
      at,
      zone,
      ids,
    )
    const { matter } = reported.decision
    const looked = await assessRisk(casework, { matter, answers, form: 'report', submissionId }, at, zone, ids)
    return {
      changes: [...withColumns(reported.decision.changes, matter, looked.set), ...looked.changes],
      say: answerTo(reported, reported.leave > at),
      notices: reported.notices,
      matter: { number: matter.number, kind: matter.kind, stage: matter.stage },
    }
  }

export const actorOf = (speaker: Speaker) =>
  speaker.staff
    ? ({ kind: 'staff', id: speaker.staff.id } as const)
    : ({ kind: 'villager', id: speaker.profile?.id ?? speaker.identityId } as const)

/**
 * Whose matter it is, and whom staff call.
 * @param person whom a proxy speaks for, null where people speak for themselves
 */
export function reporterOf(
  answers: Readonly<Record<string, unknown>>,
  person: string | null,
  { profile }: Speaker,
): { readonly personName: string | null } & Pick<Told, 'name' | 'phone'> {
  const own = nameIn(answers['name']) ?? nameIn(answers['proxy_name']) ?? profile?.name ?? null
  const phone = textOf(answers['phone']) ?? textOf(answers['proxy_phone']) ?? profile?.phone ?? null
  if (person === null) return { personName: own, name: own, phone }
  const personName = nameIn(person)
  const whose = personName ?? { key: 'cases:staff.no_name' }
  const name = { key: 'cases:staff.by_proxy', params: { name: whose, proxy: own ?? '' } }
  return { personName, name: own === null ? personName : name, phone }
}

const textOf = (answer: unknown): string | null => (typeof answer === 'string' && answer !== '' ? answer : null)

/** A recording that nobody has written down is no name. */
const nameIn = (answer: unknown): string | null => {
  const said = textOf(answer)
  return said?.startsWith('voice:') ? null : said
}

const namesIn = (answer: unknown): readonly string[] =>
  textOf(answer)
    ?.split(' ')
    .filter((name) => name !== '') ?? []

function urgencyOf({ answers }: Submission): Urgency {
  if (answers['case.danger'] === 'true') return 'danger'
  return answers['case.urgent'] === 'true' ? 'urgent' : 'normal'
}

const UNANSWERED = 'flow:review.unanswered'

/** What staff are told of the answers: those that the flow names, in its order, as they are shown; several with their names. */
function toldIn({ answers, lines }: Submission): TextRef | null {
  const told = namesIn(answers['case.tells'] ?? 'causes').flatMap((question) => {
    const line = lines.find((each) => each.question === question)
    return line && !('key' in line.shown && line.shown.key === UNANSWERED) ? [line] : []
  })
  const [first] = told
  if (!first) return null
  if (told.length === 1) return first.shown
  const named = told.map(({ label, shown }): TextRef => ({
    key: 'cases:staff.told_one',
    params: { what: label, value: shown },
  }))
  return listed(named, 'cases:staff.told_and')
}

export function dangerSaid(answers: Readonly<Record<string, unknown>>): TextRef & { readonly key: string } {
  if (answers['danger'] === 'yes' || answers['danger'] === 'dk') return { key: 'cases:staff.what_housing' }
  if (answers['ill'] === 'yes') return { key: 'cases:staff.what_water' }
  return { key: answers['urgent_kind'] === 'now' ? 'cases:staff.what_now' : 'cases:staff.what_urgent' }
}

/** Number, what happens next, by which day; and the village's phone where it has one. */
function answerTo({ decision, chain }: ReportedCase, waitsForMorning: boolean): readonly Say[] {
  const { matter } = decision
  const params = { number: matter.number, by: matter.stageDueOn ?? '', decide: matter.decideBy ?? '' }
  const phone = chain.lineage.find((place) => place.publicPhone !== null)?.publicPhone
  const key = answerKey(decision, waitsForMorning)
  return [
    { text: { key: `cases:${matter.source === 'proxy' ? 'proxy.' : ''}${key}`, params } },
    ...(phone && matter.urgency !== 'normal' ? [{ text: { key: 'cases:village_phone', params: { phone } } }] : []),
  ]
}

function answerKey({ kind, matter, raised }: ReportedCase['decision'], waitsForMorning: boolean): string {
  if (kind === 'joined') return raised ? 'joined_urgent' : 'joined'
  if (matter.urgency === 'danger') return 'opened_danger'
  if (matter.urgency === 'urgent') return waitsForMorning ? 'opened_urgent_night' : 'opened_urgent'
  return matter.assigneeId === null ? 'opened_nobody' : 'opened'
}
