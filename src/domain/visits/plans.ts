/** The table of visit plans (`flows/policy/visit-plans.yaml`), and the one next visit of each that somebody is owed. */
import { z } from 'zod'
import { insert, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import { readPolicy, type PolicySource } from '../policy.ts'
import type { Watching } from '../watching.ts'
import { CONDITIONS, type Condition } from './conditions.ts'
import type { VisitPlanRecord } from './ports.ts'

export type Span = { readonly months: number } | { readonly weeks: number }

export interface VisitPlanRule {
  readonly plan: string
  readonly appliesTo: VisitPlanRecord['subjectKind']
  /** One of these; none = only what a stage begins. */
  readonly if: readonly Condition[]
  /** Stages of a matter that begin it, and that end what a matter began. */
  readonly begins: readonly string[]
  readonly ends: readonly string[]
  readonly round: string | null
  readonly coveredBy: readonly string[]
  readonly every: Span | 'quarter' | { readonly after: readonly Span[]; readonly then: Span }
  readonly anchor: 'last_visit' | 'stage_entered' | 'quarter_end'
  /** Days; `mayStart` null = at any time. `overdue` and `missed` count from the day by which it is owed. */
  readonly window: {
    readonly mayStart: number | null
    readonly due: number
    readonly overdue: number
    readonly missed: number
  }
  readonly calendar: 'work' | 'natural'
  readonly mode: VisitPlanRecord['mode']
  readonly resolvedBy: 'visit_log' | 'site_quarter'
  /** The higher one comes first of what is owed on one day. */
  readonly priority: number
}

/** What a finding opens. */
export interface Finding {
  readonly kind: string
  readonly department: string | null
}

export interface VisitPlans {
  /** In the order in which they are tried. */
  readonly rules: readonly VisitPlanRule[]
  /** Also for plans that have left the file: the first rule then. */
  rule(plan: string): VisitPlanRule
  /** Attempts in a row from which the lead is told. */
  readonly tellLeadAfter: number
  readonly postpone: { readonly days: number; readonly times: number }
  readonly mute: { readonly normally: Span; readonly longest: Span; readonly backWithin: number }
  /** Days back that a visit may be logged for. */
  readonly logBack: number
  /** Change, or `gap_` and a gap → what it opens; null = nothing. */
  finding(what: string): Finding | null
}

const name = z.string().regex(/^[a-z][a-z0-9_]*$/)
const count = z.int().min(1).max(60)
const span = z.union([z.strictObject({ months: count }), z.strictObject({ weeks: count })])
const spelt = z.string().regex(/^[1-9]\d? (?:months?|weeks?)$/, 'not a span such as 3 months')
const days = z.string().regex(/^[+-]?\d{1,3}d$/, 'not a number of days such as -15d')
const stages = z.strictObject({ stages: z.array(name).min(1) })

const shared = {
  plan: name,
  begins: stages.optional(),
  ends: stages.optional(),
  round: name.optional(),
  covered_by: z.array(name).min(1).optional(),
  every: z.union([span, z.literal('quarter'), z.strictObject({ after: z.array(spelt).min(1), then: span })]),
  anchor: z.enum(['last_visit', 'stage_entered', 'quarter_end']),
  window: z
    .strictObject({
      may_start: days.optional(),
      due: days.optional(),
      overdue: days.optional(),
      missed: days,
    })
    .optional(),
  calendar: z.enum(['work', 'natural']),
  mode: z.enum(['in_person', 'phone', 'either']),
  resolved_by: z.enum(['visit_log', 'site_quarter']),
  priority: z.int().min(0).max(9).optional(),
}
const planFor = <Kind extends keyof typeof CONDITIONS>(kind: Kind) =>
  z.strictObject({ ...shared, applies_to: z.literal(kind), if: z.array(CONDITIONS[kind]).min(1).optional() })

const SCHEMA = z.strictObject({
  plans: z.array(z.discriminatedUnion('applies_to', [planFor('household'), planFor('member'), planFor('site')])).min(1),
  attempts: z.strictObject({ tell_lead: z.int().min(1).max(20) }),
  postpone: z.strictObject({ days: z.int().min(0).max(366), times: z.int().min(0).max(20) }),
  mute: z.strictObject({ default: span, longest: span, back_within: days }),
  log_back: days,
  found: z.record(name, z.strictObject({ kind: name, department: name.optional() })),
})

/** @throws AppError POLICY_INVALID with file and line */
export function readVisitPlans(source: PolicySource): VisitPlans {
  const { value, refuse } = readPolicy(source, SCHEMA)
  for (const [place, rule] of value.plans.entries()) {
    const wrong = (field: string, problem: string) => refuse(['plans', place, field], problem)
    const other = (plan: string) => value.plans.find((each) => each.plan === plan)
    if (value.plans.findIndex((each) => each.plan === rule.plan) !== place)
      wrong('plan', `plan ${rule.plan} stands twice`)
    if (!rule.if && !rule.begins) wrong('plan', `plan ${rule.plan} is for nobody: neither if nor begins`)
    if (rule.begins && rule.applies_to !== 'household') wrong('begins', 'only a household has matters')
    const unknown = rule.covered_by?.find((plan) => !other(plan))
    if (unknown !== undefined) wrong('covered_by', `no plan ${unknown}`)
    if (rule.covered_by?.includes(rule.plan)) wrong('covered_by', 'covers itself')
    const anchor = rule.every === 'quarter' ? 'quarter_end' : 'after' in rule.every ? 'stage_entered' : 'last_visit'
    if (rule.anchor !== anchor) wrong('anchor', `does not go with every: ${anchor} does`)
    if (rule.anchor === 'stage_entered' && !rule.begins) wrong('anchor', 'no stage begins it')
    if ((rule.resolved_by === 'site_quarter') !== (rule.applies_to === 'site'))
      wrong('resolved_by', 'site_quarter is the form of a site, visit_log of a household')
  }
  const rules = value.plans.map(ruleOf)
  const first = rules[0] as VisitPlanRule
  const { attempts, postpone, mute, log_back, found } = value
  return {
    rules,
    rule: (plan) => rules.find((rule) => rule.plan === plan) ?? first,
    tellLeadAfter: attempts.tell_lead,
    postpone,
    mute: { normally: mute.default, longest: mute.longest, backWithin: daysIn(mute.back_within) },
    logBack: daysIn(log_back),
    finding: (what) => {
      const finding = found[what]
      return finding ? { kind: finding.kind, department: finding.department ?? null } : null
    },
  }
}

type Written = z.infer<typeof SCHEMA>['plans'][number]

function ruleOf(written: Written): VisitPlanRule {
  const { every, window } = written
  return {
    plan: written.plan,
    appliesTo: written.applies_to,
    if: (written.if ?? []) as readonly Condition[],
    begins: written.begins?.stages ?? [],
    ends: written.ends?.stages ?? [],
    round: written.round ?? null,
    coveredBy: written.covered_by ?? [],
    every: every !== 'quarter' && 'after' in every ? { after: every.after.map(spanIn), then: every.then } : every,
    anchor: written.anchor,
    window: {
      mayStart: window?.may_start === undefined ? null : daysIn(window.may_start),
      due: daysIn(window?.due ?? '0d'),
      overdue: daysIn(window?.overdue ?? '1d'),
      missed: daysIn(window?.missed ?? '30d'),
    },
    calendar: written.calendar,
    mode: written.mode,
    resolvedBy: written.resolved_by,
    priority: written.priority ?? 0,
  }
}

const daysIn = (spelt: string): number => Number(spelt.slice(0, -1))

function spanIn(spelt: string): Span {
  const [number, unit = ''] = spelt.split(' ')
  return unit.startsWith('month') ? { months: Number(number) } : { weeks: Number(number) }
}

export interface PlanContext {
  readonly watching: Watching
  /** Who owes the visit: the helper, else who answers for the place; null = nobody yet. */
  readonly assigneeId: string | null
  readonly at: Instant
  readonly ids: IdSource
}

export interface NewPlan {
  readonly territoryId: string
  /** Null for a site or a grid. */
  readonly householdId: string | null
  readonly memberId?: string | null
  readonly caseId?: string | null
}

/** An open plan, watched from now on. */
export function planOn(
  rule: VisitPlanRule,
  about: NewPlan,
  dueOn: PlainDate,
  context: PlanContext,
): { readonly plan: VisitPlanRecord; readonly changes: readonly Change[] } {
  const { territoryId, householdId, memberId = null, caseId = null } = about
  const plan: VisitPlanRecord = {
    id: context.ids.next(),
    plan: rule.plan,
    subjectKind: rule.appliesTo,
    householdId,
    memberId,
    caseId,
    territoryId,
    assigneeId: context.assigneeId,
    mode: rule.mode,
    dueOn,
    number: null,
    openKey: openKeyOf(rule.plan, memberId ?? householdId ?? territoryId),
    closedOn: null,
    attempts: 0,
    revision: 0,
  }
  const subject = { kind: 'visit', id: plan.id, territoryId } as const
  return { plan, changes: [insert('VisitPlan', { ...plan }), ...context.watching.begin('visit', subject, context.at)] }
}

/** @param subjectId of a household, member, site or grid */
export const openKeyOf = (plan: string, subjectId: string): string => `${plan} ${subjectId}`
