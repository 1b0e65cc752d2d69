/** What a household, or one of its members, that came in or changed means for the visits that are owed. */
import { update, type Change } from '../../base/change.ts'
import type { PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import { fits, type PlanSubject } from './conditions.ts'
import { nextDueOn } from './occurrence.ts'
import { planOn, type PlanContext, type VisitPlanRule, type VisitPlans } from './plans.ts'

export interface PlannedHousehold {
  readonly id: string
  readonly territoryId: string
  /** Blank-separated or a list. */
  readonly status: string | readonly string[]
  readonly monitoredType: string | null
  readonly labourCapacity?: string | null
  readonly housingGrade?: string | null
  readonly lastVisitOn: string | null
  /** No visit is owed before that day. */
  readonly mutedUntil?: string | null
  readonly closedOn?: string | null
}

export interface PlannedMember {
  readonly id: string
  readonly householdId: string
  /** Blank-separated or a list. */
  readonly careFlag: string | readonly string[] | null
  readonly health: string | readonly string[] | null
  readonly diedOn?: string | null
}

export interface OpenPlan {
  readonly id: string
  readonly plan: string
  readonly memberId: string | null
  readonly caseId: string | null
  readonly territoryId: string
  readonly dueOn: string
  readonly assigneeId: string | null
  readonly revision: number
}

export interface FollowContext extends PlanContext {
  readonly plans: VisitPlans
  readonly calendar: WorkingCalendar
  /** Day from which a household without a last visit is counted. */
  readonly today: PlainDate
  /** Another last visit was entered: what is open counts from it now. */
  readonly visited: boolean
  /** What ends the watching of a plan that is closed. */
  ended(planId: string): readonly Change[]
}

/**
 * The plans of the household itself. What fits and has no plan gets one; what fits no longer is closed; a later last visit
 * settles the open one and plans the next; another helper or place takes it over. The same again changes nothing.
 * @param open every open plan of the household, those of its members too
 */
export function visitsFollowing(
  household: PlannedHousehold,
  open: readonly OpenPlan[],
  context: FollowContext,
): readonly Change[] {
  const { plans } = context
  const own = open.filter((plan) => plan.memberId === null)
  const wanted = wantedPlans(household, own, plans)
  const kept = own.filter((plan) => plan.caseId !== null || wanted.includes(plans.rule(plan.plan)))
  const names = [...wanted.map(({ plan }) => plan), ...kept.map(({ plan }) => plan)]
  const covered = (plan: OpenPlan) => plans.rule(plan.plan).coveredBy.some((one) => names.includes(one))
  const ofMembers = open.filter((plan) => plan.memberId !== null)
  const isOver = typeof household.closedOn === 'string'
  const leaving = [
    ...own.filter((plan) => !kept.includes(plan)),
    ...ofMembers.filter((plan) => isOver || covered(plan)),
  ]
  const staying = [...kept, ...ofMembers].filter((plan) => !leaving.includes(plan))
  const fresh = wanted.filter(({ plan }) => !kept.some((one) => one.plan === plan))
  return [
    ...leaving.flatMap((plan) => closing(plan, context.today, context)),
    ...staying.flatMap((plan) => carriedOn(household, plan, context)),
    ...fresh.flatMap((rule) => begun(rule, household, null, context)),
  ]
}

/**
 * The plans of one member, beside those that the household has.
 * @param open every open plan of the household
 */
export function memberVisitsFollowing(
  member: PlannedMember,
  household: PlannedHousehold,
  open: readonly OpenPlan[],
  context: FollowContext,
): readonly Change[] {
  const { plans } = context
  const own = open.filter((plan) => plan.memberId === member.id)
  const others = open.filter((plan) => plan.memberId === null).map(({ plan }) => plan)
  const isOver = typeof member.diedOn === 'string' || typeof household.closedOn === 'string'
  const fitting = isOver
    ? []
    : plans.rules.filter((rule) => rule.appliesTo === 'member' && isFor(rule, memberSubject(member)))
  const names = [...others, ...fitting.map(({ plan }) => plan)]
  const wanted = fitting.filter(({ coveredBy }) => !coveredBy.some((one) => names.includes(one)))
  return [
    ...own
      .filter((plan) => !wanted.some((rule) => rule.plan === plan.plan))
      .flatMap((plan) => closing(plan, context.today, context)),
    ...wanted
      .filter((rule) => !own.some((plan) => plan.plan === rule.plan))
      .flatMap((rule) => begun(rule, household, member.id, context)),
  ]
}

/** Of each round the first that fits; an open plan of the round stays as long as it fits, unless an earlier one does for more than the last visit. */
function wantedPlans(
  household: PlannedHousehold,
  open: readonly OpenPlan[],
  plans: VisitPlans,
): readonly VisitPlanRule[] {
  if (typeof household.closedOn === 'string') return []
  const whole = householdSubject(household)
  const lasting = householdSubject({ ...household, lastVisitOn: null })
  const rules = plans.rules.filter((rule) => rule.appliesTo === 'household' && rule.if.length > 0)
  const rounds = new Set(rules.map(({ plan, round }) => round ?? plan))
  return [...rounds].flatMap((round) => {
    const fitting = rules.filter((rule) => (rule.round ?? rule.plan) === round && isFor(rule, whole))
    const standing = fitting.find((rule) => open.some((plan) => plan.plan === rule.plan))
    const stronger = standing && fitting.slice(0, fitting.indexOf(standing)).find((rule) => isFor(rule, lasting))
    const chosen = standing ? (stronger ?? standing) : fitting[0]
    return chosen ? [chosen] : []
  })
}

const isFor = (rule: VisitPlanRule, subject: PlanSubject): boolean =>
  rule.if.some((condition) => fits(condition, subject))

const wordsIn = (words: string | readonly string[] | null): readonly string[] =>
  words === null ? [] : typeof words === 'string' ? words.split(' ').filter((word) => word !== '') : words

const householdSubject = (household: PlannedHousehold): PlanSubject => ({
  words: {
    status: wordsIn(household.status),
    monitored_type: wordsIn(household.monitoredType),
    labour: wordsIn(household.labourCapacity ?? null),
    housing_grade: wordsIn(household.housingGrade ?? null),
    last_visit: [household.lastVisitOn === null ? 'unknown' : 'known'],
  },
  numbers: {},
})

const memberSubject = ({ careFlag, health }: PlannedMember): PlanSubject => ({
  words: { care_flag: wordsIn(careFlag), health: wordsIn(health) },
  numbers: {},
})

/** A later last visit, or another place, is another occurrence: what was said about the old one is settled. */
function carriedOn(household: PlannedHousehold, plan: OpenPlan, context: FollowContext): readonly Change[] {
  const rule = context.plans.rule(plan.plan)
  const last = household.lastVisitOn as PlainDate | null
  const counts = context.visited && last !== null && rule.anchor === 'last_visit'
  const due = counts ? nextDueOn(rule, { last, entered: null }, context.calendar) : (plan.dueOn as PlainDate)
  if (due !== plan.dueOn || household.territoryId !== plan.territoryId) {
    const { memberId, caseId } = plan
    const about = { territoryId: household.territoryId, householdId: household.id, memberId, caseId }
    const next = planOn(rule, about, laterOf(due, household), context)
    return [...closing(plan, last ?? context.today, context), ...next.changes]
  }
  if (context.assigneeId === null || context.assigneeId === plan.assigneeId) return []
  return [update('VisitPlan', plan.id, plan.revision, { assigneeId: context.assigneeId })]
}

function begun(
  rule: VisitPlanRule,
  household: PlannedHousehold,
  memberId: string | null,
  context: FollowContext,
): readonly Change[] {
  const last = (household.lastVisitOn ?? context.today) as PlainDate
  const due = nextDueOn(rule, { last, entered: null }, context.calendar)
  const about = { territoryId: household.territoryId, householdId: household.id, memberId }
  return planOn(rule, about, laterOf(due, household), context).changes
}

const laterOf = (due: PlainDate, { mutedUntil }: Pick<PlannedHousehold, 'mutedUntil'>): PlainDate =>
  typeof mutedUntil === 'string' && mutedUntil > due ? (mutedUntil as PlainDate) : due

const closing = (plan: OpenPlan, on: PlainDate, context: FollowContext): readonly Change[] => [
  update('VisitPlan', plan.id, plan.revision, { closedOn: on, openKey: null }),
  ...context.ended(plan.id),
]
