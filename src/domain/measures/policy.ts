/** The table of measures (`flows/policy/measures.yaml`): kinds, what is suggested for whom, and by when there is a plan. */
import { z } from 'zod'
import { addDays, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import { readPolicy, type PolicySource } from '../policy.ts'

export interface MeasurePolicy {
  /** In the order in which they are listed. */
  readonly kinds: readonly string[]
  /** Stages in which a matter without a measure asks for a plan, and by when. */
  readonly plan: { readonly stages: readonly string[]; readonly days: number; readonly calendar: 'natural' | 'work' }
  /** Days before the day of a measure on which its owner is reminded. */
  readonly remindDaysBefore: number
  /** Days within which somebody looks at what was open when a person died. */
  readonly deathFollowUpDays: number
  /** able | weak | none → kinds. */
  readonly byLabour: ReadonlyMap<string, readonly string[]>
  /** risk_cause → kinds. */
  readonly byCause: ReadonlyMap<string, readonly string[]>
}

const name = z.string().regex(/^[a-z][a-z0-9_]*$/)
const table = z.record(name, z.array(name).min(1))
const SCHEMA = z.strictObject({
  plan: z.strictObject({
    stages: z.array(name).min(1),
    days: z.int().min(1).max(366),
    calendar: z.enum(['natural', 'work']).default('natural'),
  }),
  kinds: z.array(name).min(1),
  remind: z.strictObject({ days_before: z.int().min(0).max(60) }),
  death: z.strictObject({ follow_up_days: z.int().min(0).max(60) }),
  suggest: z.strictObject({ labour: table, cause: table }),
})
const LABOUR = ['able', 'weak', 'none']

/** @throws AppError POLICY_INVALID with file and line */
export function readMeasurePolicy(source: PolicySource): MeasurePolicy {
  const { value, refuse } = readPolicy(source, SCHEMA)
  const twice = value.kinds.findIndex((kind, place) => value.kinds.indexOf(kind) !== place)
  if (twice >= 0) refuse(['kinds', twice], `measure ${value.kinds[twice]} stands twice`)
  for (const by of ['labour', 'cause'] as const) {
    for (const [id, kinds] of Object.entries(value.suggest[by])) {
      if (by === 'labour' && !LABOUR.includes(id)) refuse(['suggest', by, id], `no such labour capacity: ${id}`)
      const lost = kinds.findIndex((kind) => !value.kinds.includes(kind))
      if (lost >= 0) refuse(['suggest', by, id, lost], `no measure ${kinds[lost]}`)
    }
  }
  return {
    kinds: value.kinds,
    plan: value.plan,
    remindDaysBefore: value.remind.days_before,
    deathFollowUpDays: value.death.follow_up_days,
    byLabour: new Map(Object.entries(value.suggest.labour)),
    byCause: new Map(Object.entries(value.suggest.cause)),
  }
}

/** The day that many days later; `work` counts working days only. */
export function daysLater(
  from: PlainDate,
  { days, calendar }: { readonly days: number; readonly calendar: 'natural' | 'work' },
  working: WorkingCalendar,
): PlainDate {
  if (calendar === 'natural') return addDays(from, days)
  let day = from
  for (let left = days; left > 0; left -= 1) day = working.onOrAfter(addDays(day, 1))
  return day
}
