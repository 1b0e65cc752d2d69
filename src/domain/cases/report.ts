/** A report becomes a case, or joins the one that is open. */
import { insert, seal, update, type Change, type Row, type Sealed } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, daysBetween, type Instant, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { Watching } from '../watching.ts'
import type { CaseRecord, Urgency } from './ports.ts'
import { decideBy, stageDueOn, type CaseStages } from './stages.ts'

export interface Report {
  readonly kind: string
  readonly urgency: Urgency
  /** self, proxy, cadre, data, petition, inspection. */
  readonly source: string
  readonly territoryId: string
  readonly identityId: string | null
  readonly profileId: string | null
  readonly householdId: string | null
  readonly personName: string | null
  /** Null while the conversation is still under way (danger said in the middle of it). */
  readonly submissionId: string | null
  /** What is known of the speaker before the report is finished; kept on the timeline, sealed. */
  readonly alarm: AlarmSaid | null
  /** Departments that what was told is for: one matter, which staff refer in parts. */
  readonly departments?: readonly string[]
  /** What staff must heed before they come: names under `cases:note`. */
  readonly notes?: readonly string[]
  readonly actor: { readonly kind: 'villager' | 'staff' | 'system'; readonly id: string | null }
}

/** `what` is a key of the locales. */
export interface AlarmSaid {
  readonly phone: string | null
  readonly what: string
}

/** The stage of what somebody took back. */
const WITHDRAWN = 'withdrawn'

/** Name of timeline entries whose detail is an AlarmSaid as JSON. */
export const ALARM_SAID = 'alarm_said'

/** Name of timeline entries whose detail is a department that has a part in the matter. */
export const FOR_DEPARTMENT = 'for_department'
/** Name of timeline entries whose detail is a note for staff. */
export const NOTED = 'noted'

export interface ReportFacts {
  /** The open case of the same speaker and kind. */
  readonly open: CaseRecord | null
  /** Departments that the open case names already. */
  readonly named?: readonly string[]
  /** The same matter, which was withdrawn not long before. */
  readonly withdrawn?: Pick<CaseRecord, 'leadOn' | 'firstLeadOn'> | null
  readonly number: string
  readonly assigneeId: string | null
  readonly stages: CaseStages
  readonly calendar: WorkingCalendar
  readonly watching: Watching
}

export interface ReportDecision {
  /** `completed`: the case that danger opened in the middle of this conversation. */
  readonly kind: 'opened' | 'joined' | 'completed'
  readonly matter: CaseRecord
  /** It is more pressing now than it was: whoever answers for it must hear of it at once. */
  readonly raised: boolean
  readonly changes: readonly Change[]
}

const RANK: Readonly<Record<Urgency, number>> = { normal: 0, urgent: 1, danger: 2 }

/**
 * One open matter per speaker and kind, and per name that was given.
 * @param speakerId the profile, which stays the same on another phone; the account where nobody is known
 */
export const openKeyOf = (speakerId: string, kind: string, personName: string | null): string =>
  `${speakerId} ${kind} ${(personName ?? '').replace(/\s+/gu, '')}`

/** The open key of a matter as it stands. */
export const openKeyFor = (
  matter: Pick<CaseRecord, 'identityId' | 'profileId' | 'householdId' | 'territoryId' | 'kind' | 'personName'>,
): string =>
  matter.identityId === null
    ? `household ${matter.householdId ?? matter.territoryId} ${matter.kind}`
    : openKeyOf(matter.profileId ?? matter.identityId, matter.kind, matter.personName)

/** Whether a report is of what was withdrawn at most so many days before, as the table has it. */
export const isAgain = (
  report: Pick<Report, 'kind' | 'profileId' | 'personName'>,
  before: CaseRecord,
  stages: CaseStages,
  on: PlainDate,
  zone: string,
): boolean =>
  before.stage === WITHDRAWN &&
  before.closedAt !== null &&
  before.kind === report.kind &&
  before.profileId === report.profileId &&
  (report.personName === null || before.personName === null || before.personName === report.personName) &&
  daysBetween(dateAt(before.closedAt, zone), on) <= stages.ledgerOf(report.kind).againWithin

/** @param told when the responsible person hears of it: now, or after quiet hours; null when the clock will tell it */
export function decideReport(
  report: Report,
  facts: ReportFacts,
  told: Instant | null,
  at: Instant,
  zone: string,
  ids: IdSource,
): ReportDecision {
  return facts.open ? join(report, facts.open, facts, at, ids) : open(report, facts, told, at, zone, ids)
}

function open(
  report: Report,
  facts: ReportFacts,
  told: Instant | null,
  at: Instant,
  zone: string,
  ids: IdSource,
): ReportDecision {
  const { stages, calendar, watching } = facts
  const on = dateAt(at, zone)
  const ledger = stages.ledgerOf(report.kind)
  const stage = ledger.stages[0]
  if (!stage) throw new AppError('INTERNAL', { ledger: ledger.id })
  const matter: CaseRecord = {
    id: ids.next(),
    number: facts.number,
    kind: report.kind,
    stage: stage.id,
    source: report.source,
    territoryId: report.territoryId,
    identityId: report.identityId,
    profileId: report.profileId,
    householdId: report.householdId,
    personName: report.personName,
    submissionId: report.submissionId,
    assigneeId: facts.assigneeId,
    urgency: report.urgency,
    leadOn: on,
    stageEnteredOn: on,
    stageDueOn: stageDueOn(ledger, stage, on, report.urgency, calendar),
    decideBy: decideBy(ledger, on, calendar),
    decidedOn: null,
    lateReason: null,
    firstLeadOn: facts.withdrawn ? (facts.withdrawn.firstLeadOn ?? facts.withdrawn.leadOn) : null,
    hard: false,
    risk: null,
    riskRules: null,
    monitoredType: null,
    mergedIntoId: null,
    seenFrom: null,
    listedAt: null,
    acknowledgedAt: null,
    openedAt: at,
    closedAt: null,
    openKey: openKeyFor(report),
    revision: 0,
  }
  const subject = { kind: 'case', id: matter.id, territoryId: matter.territoryId } as const
  return {
    kind: 'opened',
    matter,
    raised: report.urgency !== 'normal',
    changes: [
      insert('Case', { ...matter }),
      event(ids, matter.id, at, report.actor, 'opened', report.urgency),
      event(ids, matter.id, at, { kind: 'system', id: null }, 'assigned', facts.assigneeId),
      ...alarmSaid(report, matter.id, at, ids),
      ...particulars(report, [], matter.id, at, ids),
      ...watching.begin('case_stage', subject, at),
      ...watching.begin('case_total', subject, at),
      ...(report.urgency === 'normal' && told === null ? watching.begin('case_new', subject, at) : []),
      ...alarm(watching, report.urgency, subject, at, told),
    ],
  }
}

function join(report: Report, before: CaseRecord, facts: ReportFacts, at: Instant, ids: IdSource): ReportDecision {
  const raised = RANK[report.urgency] > RANK[before.urgency]
  const completed = before.submissionId === null && report.submissionId !== null
  const set: Record<string, Row[string]> = {}
  if (before.personName === null && report.personName !== null) set['personName'] = report.personName
  if (before.profileId === null && report.profileId !== null) set['profileId'] = report.profileId
  if (completed) set['submissionId'] = report.submissionId
  if (raised) {
    const ledger = facts.stages.ledgerOf(before.kind)
    const stage = ledger.stages.find((each) => each.id === before.stage)
    set['urgency'] = report.urgency
    // What was acknowledged was less than what is said now.
    set['acknowledgedAt'] = null
    if (stage && before.stageDueOn !== null) {
      set['stageDueOn'] = stageDueOn(ledger, stage, before.leadOn, report.urgency, facts.calendar, before.hard)
    }
  }
  const subject = { kind: 'case', id: before.id, territoryId: before.territoryId } as const
  const what = completed ? 'reported' : report.submissionId === null ? 'alarmed' : 'added'
  return {
    kind: completed ? 'completed' : 'joined',
    matter: { ...before, ...set } as CaseRecord,
    raised,
    changes: [
      update('Case', before.id, before.revision, set),
      event(ids, before.id, at, report.actor, what, report.submissionId ?? report.urgency),
      ...alarmSaid(report, before.id, at, ids),
      ...particulars(report, facts.named ?? [], before.id, at, ids),
      ...(raised
        ? alarm(facts.watching, report.urgency, subject, at, facts.watching.mayLeave(watchOf(report), at))
        : []),
    ],
  }
}

const alarmSaid = ({ alarm: said, actor }: Report, caseId: string, at: Instant, ids: IdSource): readonly Change[] =>
  said ? [event(ids, caseId, at, actor, ALARM_SAID, seal(JSON.stringify(said)))] : []

/** @param named departments that the timeline has already */
const particulars = (
  { departments = [], notes = [], actor }: Report,
  named: readonly string[],
  caseId: string,
  at: Instant,
  ids: IdSource,
): readonly Change[] => [
  ...departments
    .filter((department) => !named.includes(department))
    .map((department) => event(ids, caseId, at, actor, FOR_DEPARTMENT, department)),
  ...notes.map((note) => event(ids, caseId, at, actor, NOTED, note)),
]

const watchOf = (report: Report) => (report.urgency === 'danger' ? 'danger_case' : 'urgent_case')

function alarm(
  watching: Watching,
  urgency: Urgency,
  subject: Parameters<Watching['begin']>[1],
  at: Instant,
  told: Instant | null,
): readonly Change[] {
  if (urgency === 'normal') return []
  return watching.begin(urgency === 'danger' ? 'danger_case' : 'urgent_case', subject, at, told ?? at)
}

/** An entry of the timeline; `detail` may name a stage, a person or a submission by id. */
export const event = (
  ids: IdSource,
  caseId: string,
  at: Instant,
  actor: Report['actor'],
  what: string,
  detail: string | Sealed | null,
): Change => insert('CaseEvent', { id: ids.next(), caseId, at, actor: actor.kind, actorId: actor.id, what, detail })
