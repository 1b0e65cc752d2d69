/** A visit that was made: it is kept, and clears what was owed to the household. */
import { insert, seal, update, type Change, type Row } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { daysBetween, type Instant, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { Watching } from '../watching.ts'
import { muteUntil } from './mute.ts'
import { isLate, isMissed, mayStart, nextDueOn } from './occurrence.ts'
import { planOn, type VisitPlans } from './plans.ts'
import type { VisitedHousehold, VisitPlanRecord } from './ports.ts'
import { VISIT_LOGGED, type VisitUndo } from './undo-visit.ts'

export interface LoggedVisit {
  readonly staffId: string
  readonly visitedOn: PlainDate
  readonly mode: 'in_person' | 'phone'
  readonly met: 'self' | 'family' | 'none'
  readonly changes: readonly string[]
  readonly gaps: readonly string[]
  readonly measures: string | null
  readonly wish: string | null
  /** Day that was agreed for the next visit. */
  readonly nextOn: PlainDate | null
  readonly submissionId: string | null
}

export interface VisitFacts {
  readonly plans: VisitPlans
  readonly watching: Watching
  readonly calendar: WorkingCalendar
  /** Plan id → day on which its matter entered the stage that it counts from. */
  readonly entered?: ReadonlyMap<string, PlainDate>
  /** Numbers of matters that this very visit opened: they stay when it is taken back. */
  readonly opened?: readonly string[]
}

export interface VisitDecision {
  readonly visitId: string
  readonly changes: readonly Change[]
  /** Nobody was met. */
  readonly attempt: boolean
  /** Met, but a visit in person is owed. */
  readonly callOnly: boolean
  /** Days after the day of the plan that was waiting longest; 0 when in time. */
  readonly lateDays: number
  /** The window of a plan was over: the occurrences that were missed are not made up for. */
  readonly missed: boolean
  /** How often in a row nobody has been met, with this time; 0 when somebody was. */
  readonly attempts: number
  readonly cleared: readonly VisitPlanRecord[]
  /** In the place of what was cleared, soonest first. */
  readonly next: readonly VisitPlanRecord[]
  /** No visit is owed before that day from now on; null when that is not so. */
  readonly mutedUntil: PlainDate | null
}

/**
 * An attempt, a call where a visit in person is owed, and a visit from before the last known one leave a plan standing; so does
 * a visit that is too early for it.
 * @param plans the household's open plans, those of its members too
 */
export async function decideVisit(
  visit: LoggedVisit,
  household: VisitedHousehold,
  plans: readonly VisitPlanRecord[],
  facts: VisitFacts,
  at: Instant,
  ids: IdSource,
): Promise<VisitDecision> {
  const { visitedOn } = visit
  const owed = plans.filter((plan) => facts.plans.rule(plan.plan).resolvedBy === 'visit_log')
  const suits = (plan: VisitPlanRecord) => plan.mode === 'either' || plan.mode === visit.mode
  const suiting = owed.filter(suits)
  const attempt = visit.met === 'none'
  const callOnly = !attempt && visit.mode === 'phone' && owed.some((plan) => !suits(plan))
  const isNews = household.lastVisitOn === null || visitedOn > household.lastVisitOn
  const cleared =
    attempt || !isNews ? [] : suiting.filter((plan) => mayStart(facts.plans.rule(plan.plan), plan.dueOn, visitedOn))
  const late = cleared.filter((plan) => isLate(facts.plans.rule(plan.plan), plan.dueOn, visitedOn))
  const lateDays = Math.max(0, ...late.map((plan) => daysBetween(plan.dueOn, visitedOn)))
  const muted = mutedBy(visit, household, facts.plans)
  const { next, changes: nextChanges } = following(visit, household, cleared, muted, facts, at, ids)
  const attempted = attempt ? suiting : []
  const standing = await stillOwed(
    owed.filter((plan) => !cleared.includes(plan)),
    attempted,
    muted?.until ?? null,
    facts.calendar.forPlace(household.territoryId),
    facts.watching,
    at,
  )
  const marked = cleared[0] ?? suiting[0] ?? owed[0] ?? null
  const visitId = ids.next()
  const undo: VisitUndo = {
    household: {
      lastVisitOn: household.lastVisitOn,
      mutedUntil: household.mutedUntil,
      mutedFor: household.mutedFor,
    },
    plans: [...cleared, ...standing.touched].map(({ id, attempts, openKey, dueOn }) => ({
      id,
      attempts,
      openKey,
      dueOn,
    })),
    next: next.map(({ id }) => id),
    opened: facts.opened ?? [],
  }
  const set: Record<string, Row[string]> = { ...muted?.set }
  if (!attempt && !callOnly && isNews) set['lastVisitOn'] = visitedOn

  return {
    visitId,
    attempt,
    callOnly,
    lateDays,
    missed: cleared.some((plan) => isMissed(facts.plans.rule(plan.plan), plan.dueOn, visitedOn)),
    attempts: Math.max(0, ...attempted.map(({ attempts }) => attempts + 1)),
    cleared,
    next,
    mutedUntil: muted?.until ?? null,
    changes: [
      insert('Visit', {
        id: visitId,
        householdId: household.id,
        territoryId: household.territoryId,
        planId: marked?.id ?? null,
        number: marked?.number ?? null,
        memberId: marked?.memberId ?? null,
        staffId: visit.staffId,
        visitedOn,
        mode: visit.mode,
        met: visit.met,
        changes: visit.changes.join(' '),
        gaps: visit.gaps.join(' '),
        measures: visit.measures,
        wish: visit.wish === null ? null : seal(visit.wish),
        nextOn: visit.nextOn,
        attempt,
        late: lateDays > 0,
        submissionId: visit.submissionId,
        loggedAt: at,
      }),
      insert('AuditEntry', {
        at,
        actor: `staff:${visit.staffId}`,
        action: VISIT_LOGGED,
        subject: visitId,
        detail: { ...undo },
      }),
      ...(Object.keys(set).length > 0 ? [update('Household', household.id, household.revision, set)] : []),
      ...standing.changes,
      ...cleared.map((plan) => update('VisitPlan', plan.id, plan.revision, { closedOn: visitedOn, openKey: null })),
      ...(await Promise.all(cleared.map((plan) => facts.watching.end(plan.id, at)))).flat(),
      ...nextChanges,
    ],
  }
}

/** The next occurrence of each plan that was cleared; a day that was agreed is that of the soonest. */
function following(
  visit: LoggedVisit,
  household: VisitedHousehold,
  cleared: readonly VisitPlanRecord[],
  muted: Muted | null,
  { plans, watching, calendar, entered }: VisitFacts,
  at: Instant,
  ids: IdSource,
): { readonly next: readonly VisitPlanRecord[]; readonly changes: readonly Change[] } {
  const days = calendar.forPlace(household.territoryId)
  const until = muted ? muted.until : household.mutedUntil
  const regular = cleared
    // One of a plan, whatever came before.
    .filter((plan, place) => cleared.findIndex((one) => isSame(one, plan)) === place)
    .map((plan) => {
      const rule = plans.rule(plan.plan)
      const counted = { last: visit.visitedOn, entered: entered?.get(plan.id) ?? null }
      return { plan, rule, due: nextDueOn(rule, counted, days) }
    })
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const made = regular.map(({ plan, rule, due }, place) => {
    const agreed = place === 0 && visit.nextOn !== null ? visit.nextOn : due
    const dueOn = until !== null && until > agreed ? days.onOrAfter(until) : agreed
    return planOn(rule, plan, dueOn, { watching, assigneeId: plan.assigneeId, at, ids })
  })
  return {
    next: made.map(({ plan }) => plan).sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)),
    changes: made.flatMap(({ changes }) => changes),
  }
}

const isSame = (a: VisitPlanRecord, b: VisitPlanRecord): boolean => a.plan === b.plan && a.memberId === b.memberId

/** What the visit leaves open: an attempt more, and no day before they are back. */
async function stillOwed(
  plans: readonly VisitPlanRecord[],
  attempted: readonly VisitPlanRecord[],
  until: PlainDate | null,
  days: WorkingCalendar,
  watching: Watching,
  at: Instant,
): Promise<{ readonly touched: readonly VisitPlanRecord[]; readonly changes: readonly Change[] }> {
  const touched: VisitPlanRecord[] = []
  const changes: Change[] = []
  for (const plan of plans) {
    const set: Record<string, Row[string]> = {}
    if (attempted.includes(plan)) set['attempts'] = plan.attempts + 1
    if (until !== null && plan.dueOn < until) {
      set['dueOn'] = days.onOrAfter(until)
      changes.push(...(await watching.restart('visit', plan.id, at)))
    }
    if (Object.keys(set).length === 0) continue
    touched.push(plan)
    changes.push(update('VisitPlan', plan.id, plan.revision, set))
  }
  return { touched, changes }
}

interface Muted {
  /** Null = it has come to an end. */
  readonly until: PlainDate | null
  readonly set: Readonly<Record<string, Row[string]>>
}

/** Somebody who has left is not looked for until then; whoever is met at home in person is back. */
function mutedBy(visit: LoggedVisit, household: VisitedHousehold, plans: VisitPlans): Muted | null {
  if (visit.changes.includes('left')) {
    const until = muteUntil(visit.nextOn, visit.visitedOn, plans)
    return { until, set: { mutedUntil: until, mutedFor: 'away' } }
  }
  const isBack = visit.met === 'self' && visit.mode === 'in_person'
  const isMuted = household.mutedUntil !== null && household.mutedUntil > visit.visitedOn
  return isBack && isMuted ? { until: null, set: { mutedUntil: null, mutedFor: null } } : null
}
