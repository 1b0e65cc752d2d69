/** The table of visit plans (`flows/policy/visit-plans.yaml`) and the one next visit that a household is owed. */
import { z } from 'zod'
import { insert, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { addDays, addMonths, type Instant, type PlainDate } from '../../base/time.ts'
import { readPolicy, type PolicySource } from '../policy.ts'
import type { Watching } from '../watching.ts'
import type { VisitPlanRecord } from './ports.ts'

const CONDITIONS = ['last_visit', 'status', 'monitored_type'] as const

export interface VisitPlanRule {
  readonly plan: string
  readonly if: readonly (typeof CONDITIONS)[number][]
  readonly every: { readonly months: number } | { readonly weeks: number }
  readonly mode: VisitPlanRecord['mode']
}

export interface VisitPlans {
  /** In the order in which they are tried. */
  readonly rules: readonly VisitPlanRule[]
  /** Also for plans that have left the file: the first rule then. */
  rule(plan: string): VisitPlanRule
}

const count = z.int().min(1).max(60)
const SCHEMA = z.strictObject({
  plans: z
    .array(
      z.strictObject({
        plan: z.string().regex(/^[a-z][a-z0-9_]*$/),
        applies_to: z.literal('household'),
        if: z.array(z.enum(CONDITIONS)).min(1),
        every: z.union([z.strictObject({ months: count }), z.strictObject({ weeks: count })]),
        mode: z.enum(['in_person', 'phone', 'either']),
      }),
    )
    .min(1),
})

/** @throws AppError POLICY_INVALID with file and line */
export function readVisitPlans(source: PolicySource): VisitPlans {
  const { value, refuse } = readPolicy(source, SCHEMA)
  const rules = value.plans
  for (const [place, rule] of rules.entries()) {
    if (rules.findIndex((each) => each.plan === rule.plan) !== place)
      refuse(['plans', place, 'plan'], `plan ${rule.plan} stands twice`)
  }
  const first = rules[0] as VisitPlanRule
  return { rules, rule: (plan) => rules.find((rule) => rule.plan === plan) ?? first }
}

export const nextVisitOn = (rule: VisitPlanRule, last: PlainDate): PlainDate =>
  'months' in rule.every ? addMonths(last, rule.every.months) : addDays(last, rule.every.weeks * 7)

export interface PlannedHousehold {
  readonly id: string
  readonly territoryId: string
  /** Blank-separated or a list. */
  readonly status: string | readonly string[]
  readonly monitoredType: string | null
  readonly lastVisitOn: string | null
}

export interface PlanContext {
  readonly plans: VisitPlans
  readonly watching: Watching
  /** Who owes the visit: the helper, else who answers for the place; null = nobody yet. */
  readonly assigneeId: string | null
  /** Day from which a household without a last visit is counted. */
  readonly today: PlainDate
  readonly at: Instant
  readonly ids: IdSource
}

/**
 * The next visit of a household that has no open plan. Due = last visit (or today) + every.
 * @returns null when no plan fits it
 */
export function planFor(
  household: PlannedHousehold,
  context: PlanContext,
): { readonly plan: VisitPlanRecord; readonly changes: readonly Change[] } | null {
  const rule = context.plans.rules.find((each) => each.if.some((condition) => meets(household, condition)))
  if (!rule) return null
  const last = (household.lastVisitOn ?? context.today) as PlainDate
  return planOn(rule, household, nextVisitOn(rule, last), context)
}

/** A plan with a day of its own. */
export function planOn(
  rule: VisitPlanRule,
  household: { readonly id: string; readonly territoryId: string },
  dueOn: PlainDate,
  context: Pick<PlanContext, 'watching' | 'assigneeId' | 'at' | 'ids'>,
): { readonly plan: VisitPlanRecord; readonly changes: readonly Change[] } {
  const plan: VisitPlanRecord = {
    id: context.ids.next(),
    plan: rule.plan,
    subjectKind: 'household',
    householdId: household.id,
    memberId: null,
    caseId: null,
    territoryId: household.territoryId,
    assigneeId: context.assigneeId,
    mode: rule.mode,
    dueOn,
    number: null,
    openKey: `${rule.plan} ${household.id}`,
    closedOn: null,
    attempts: 0,
    revision: 0,
  }
  const subject = { kind: 'visit', id: plan.id, territoryId: plan.territoryId } as const
  return { plan, changes: [insert('VisitPlan', { ...plan }), ...context.watching.begin('visit', subject, context.at)] }
}

function meets(household: PlannedHousehold, condition: (typeof CONDITIONS)[number]): boolean {
  switch (condition) {
    case 'last_visit':
      return household.lastVisitOn !== null
    case 'status':
      return household.status.length > 0
    case 'monitored_type':
      return household.monitoredType !== null
  }
}
