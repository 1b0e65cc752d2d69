/**
 * What two staff found at a household: kept with the income per person and who came, and put on the timeline of its case.
 * Nothing is refused or decided by a figure. The matter is then being verified; it goes on when the other one has confirmed.
 */
import { insert, seal, type Change } from '../../base/change.ts'
import { dateAt, parsePlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import { event } from '../../domain/cases/report.ts'
import type { HouseholdRecord } from '../../domain/registry/ports.ts'
import type { Submission } from '../../flow/effects.ts'
import { deathsAtVerification } from '../cases/death-at-visit.ts'
import { afterVerification } from '../cases/after-verification.ts'
import type { Casework } from '../casework.ts'
import type { HandlerResult, Notice, Say, StaffSpeaker, SubmitContext, SubmitHandler } from '../handlers.ts'
import type { Opening } from '../parts.ts'
import { reportCase } from '../report-case.ts'
import { assessRisk, withColumns } from '../risk.ts'
import type { StageHook } from '../stage-hooks.ts'
import { covers } from '../scope.ts'
import { numberOf, textOf } from './answer-text.ts'

/** Whoever fills it in is one of the two who came. */
export const verificationOpening: Opening = ({ staff }) => Promise.resolve({ given: { self: staff?.id ?? '' } })

interface Subject {
  readonly matter: CaseRecord | null
  readonly household: HouseholdRecord | null
  readonly territoryId: string
  readonly person: string
}

export const submitVerification =
  (casework: Casework, hooks: readonly StageHook[]): SubmitHandler =>
  async (context) => {
    const { submission, speaker } = context
    const { answers } = submission
    const { staff } = speaker
    if (!staff) return says('visits:staff_only')
    const subject = await subjectOf(casework, answers)
    if (!subject || !(await mayCheck(casework, staff, subject))) return says('visits:outside')
    const opened = subject.matter === null ? await openWhereNeeded(casework, subject, staff, context) : null
    const matter = subject.matter ?? opened?.matter ?? null
    const { id, changes: rows, figures } = record(context, subject, matter, staff)
    const noted = matter && notedOf(id, matter, subject, figures, staff, answers)
    const after = noted && (await afterVerification(casework, hooks, noted, staff, context))
    const mark = after && { number: after.matter.number, kind: after.matter.kind, stage: after.matter.stage }
    const changes = [...rows, ...(after?.changes ?? [])]
    const { household } = subject
    const deaths = await deathsAtVerification(casework, staff, household, answers['changes'], context)
    const looked = matter && (await lookAtRisk(casework, matter, subject, context))
    return {
      changes: [
        ...(looked
          ? [...withColumns([...(opened?.changes ?? []), ...changes], matter, looked.set), ...looked.changes]
          : [...(opened?.changes ?? []), ...changes]),
        ...deaths.changes,
      ],
      say: [
        ...answerTo(subject, figures, matter, textOf(answers, 'authorisation'), textOf(answers, 'result')),
        ...(after?.say ?? []).map((text) => ({ text })),
        ...deaths.say,
      ],
      notices: [
        ...(opened?.notices ?? []),
        ...deaths.notices,
        ...(after ? after.notices : toldPartner(context, subject, figures, staff, casework)),
      ],
      matter: mark,
      territoryId: subject.territoryId,
    }
  }

/** The household that was visited counts, also where the matter does not name it. */
const lookAtRisk = (
  casework: Casework,
  matter: CaseRecord,
  { household }: Subject,
  { submission: { answers }, submissionId, at, zone, ids }: SubmitContext,
) => {
  const looked = { ...matter, householdId: matter.householdId ?? household?.id ?? null }
  return assessRisk(casework, { matter: looked, answers, form: 'verification', submissionId }, at, zone, ids)
}

const says = (key: string): HandlerResult => ({ changes: [], say: [{ text: { key } }], notices: [], matter: null })

/** A matter by its number, else a household, with its open matter where there is one. */
async function subjectOf({ cases, registry }: Casework, answers: Submission['answers']): Promise<Subject | null> {
  const picked = textOf(answers, 'matter')
  const householdId = textOf(answers, 'household')
  const [household = null] = householdId === '' ? [] : await registry.households([householdId])
  if (isMatterNumber(picked)) {
    const matter = await cases.caseByNumber(picked)
    if (!matter) return null
    const person = matter.personName ?? household?.head ?? textOf(answers, 'person')
    return { matter, household, territoryId: household?.territoryId ?? matter.territoryId, person }
  }
  if (!household) return null
  const matter = await cases.caseByOpenKey(`household ${household.id} hardship`)
  return { matter, household, territoryId: household.territoryId, person: household.head }
}

async function mayCheck({ registry }: Casework, staff: StaffSpeaker, subject: Subject): Promise<boolean> {
  if (subject.matter?.assigneeId === staff.id || subject.household?.helperId === staff.id) return true
  const [place] = await registry.territories([subject.territoryId])
  return place !== undefined && covers(staff, place.path)
}

/** A household that may have to be taken in, and has no matter yet: found by staff. */
async function openWhereNeeded(
  casework: Casework,
  { household, territoryId, person }: Subject,
  staff: StaffSpeaker,
  { submission, submissionId, at, zone, ids }: SubmitContext,
) {
  if (textOf(submission.answers, 'result') === 'not') return null
  const { decision, notices } = await reportCase(
    casework,
    {
      kind: 'hardship',
      urgency: 'normal',
      source: 'cadre',
      territoryId,
      identityId: null,
      profileId: null,
      householdId: household?.id ?? null,
      personName: person,
      submissionId,
      alarm: null,
      actor: { kind: 'staff', id: staff.id },
    },
    { name: person, phone: household?.phone ?? null, causes: null, what: { key: 'cases:staff.what_urgent' } },
    at,
    zone,
    ids,
  )
  const others = notices.filter((notice) => notice.to.kind !== 'staff' || notice.to.staffId !== staff.id)
  return { matter: decision.matter, changes: decision.changes, notices: others }
}

const notedOf = (
  id: string,
  matter: CaseRecord,
  { household, person }: Subject,
  { perCapita, staffIds }: Figures,
  staff: StaffSpeaker,
  answers: Submission['answers'],
) => ({
  id,
  matter,
  partnerId: staffIds.find((other) => other !== staff.id) ?? null,
  person,
  perCapita,
  result: textOf(answers, 'result'),
  householdId: household?.id ?? null,
  monitoredType: textOf(answers, 'type') || null,
})

interface Figures {
  readonly persons: number
  readonly income: number
  readonly cost: number
  readonly perCapita: number
  readonly staffIds: readonly string[]
}

function figuresOf(answers: Submission['answers'], staff: StaffSpeaker): Figures {
  const sum = (...names: readonly string[]) => names.reduce((total, name) => total + (numberOf(answers, name) ?? 0), 0)
  const income = sum('wage', 'business', 'property', 'transfer')
  const cost = sum('cost')
  const persons = Math.max(1, sum('persons'))
  const staffIds = [...new Set([staff.id, textOf(answers, 'partner')].filter((id) => id !== ''))]
  const perCapita = Math.round((income - cost) / persons)
  return { persons, income: Math.round(income), cost: Math.round(cost), perCapita, staffIds }
}

function record(
  { submission: { answers }, submissionId, at, zone, ids }: SubmitContext,
  { household, territoryId }: Subject,
  matter: CaseRecord | null,
  staff: StaffSpeaker,
): { readonly id: string; readonly changes: readonly Change[]; readonly figures: Figures } {
  const figures = figuresOf(answers, staff)
  const { persons, income, cost, perCapita, staffIds } = figures
  const id = ids.next()
  const result = textOf(answers, 'result')
  const row = insert('Verification', {
    id,
    caseId: matter?.id ?? null,
    householdId: household?.id ?? null,
    territoryId,
    submissionId,
    staffIds: staffIds.join(' '),
    visitedOn: parsePlainDate(textOf(answers, 'date')) ?? dateAt(at, zone),
    authorisation: textOf(answers, 'authorisation'),
    persons,
    income,
    cost,
    rigid: Math.round(numberOf(answers, 'rigid') ?? 0),
    perCapita,
    gaps: textOf(answers, 'gaps') === 'none' ? '' : textOf(answers, 'gaps'),
    dibao: textOf(answers, 'dibao'),
    selfCope: textOf(answers, 'self_cope'),
    causes: textOf(answers, 'causes'),
    monitoredType: textOf(answers, 'type') || null,
    result,
    reason: textOf(answers, 'reason'),
    at,
  })
  if (!matter) return { id, changes: [row], figures }
  const detail = seal(JSON.stringify({ verification: id, result, per_capita: perCapita, staff: staffIds }))
  const actor = { kind: 'staff', id: staff.id } as const
  return { id, changes: [row, event(ids, matter.id, at, actor, 'verified', detail)], figures }
}

function answerTo(
  { person }: Subject,
  { perCapita, persons, income, cost }: Figures,
  matter: CaseRecord | null,
  authorisation: string,
  result: string,
): readonly Say[] {
  const params = { person, perCapita, persons, income, cost, number: matter?.number ?? '' }
  const say = (key: string): Say => ({ text: { key: `visits:verified.${key}`, params } })
  return [
    say('noted'),
    ...(matter ? [say('matter')] : []),
    ...(authorisation === 'not_yet' ? [say('unsigned')] : []),
    ...(result === 'not' ? [say('tell')] : []),
  ]
}

/** Where there is no matter: the other one who came hears that it was noted, and can say so if it is not right. */
function toldPartner(
  { submission: { answers }, at }: SubmitContext,
  { person }: Subject,
  { perCapita, staffIds }: Figures,
  staff: StaffSpeaker,
  { watching }: Casework,
): readonly Notice[] {
  const result = { key: `flows/verification:choices.result.${textOf(answers, 'result')}.label` }
  return staffIds
    .filter((id) => id !== staff.id)
    .map((staffId) => ({
      to: { kind: 'staff', staffId },
      say: [{ text: { key: 'visits:verified.partner', params: { staff: staff.name, person, perCapita, result } } }],
      matter: null,
      reminder: null,
      notBefore: watching.mayLeave('case_new', at),
    }))
}
