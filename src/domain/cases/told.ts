/** The table of `flows/policy/told.yaml`: what a villager hears of a matter, and who calls where no message reaches. */
import { z } from 'zod'
import { DAY, HOUR, MINUTE } from '../../base/time.ts'
import { parseQuietSpan, type QuietSpan } from '../calendar/quiet-hours.ts'
import { readPolicy, type PolicySource } from '../policy.ts'

export interface ToldPolicy {
  readonly quiet: readonly QuietSpan[]
  readonly phone: {
    /** Milliseconds since somebody was last heard on a chat page, after which it is taken to be shut. */
    readonly pageShutAfterMs: number
    /** Working days. */
    readonly dueDays: number
    readonly attempts: number
    /** Stages of which a household without an account is called. */
    readonly withoutAccount: readonly string[]
  }
  readonly satisfaction: { readonly afterDays: number; readonly stages: readonly string[] }
  readonly urge: { readonly upWithinDays: number }
  readonly spotCheck: { readonly others: number; readonly dueDays: number }
  readonly complaint: { readonly dueDays: number }
}

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY }
const days = z.int().min(0).max(365)
const duration = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/, '30m, 48h, 14d …')
  .transform((text) => Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] as number))
const stages = z.array(z.string())

const SCHEMA = z.strictObject({
  quiet: z.array(
    z.string().transform((text, context): QuietSpan => {
      const span = parseQuietSpan(text)
      if (span) return span
      context.issues.push({ code: 'custom', message: 'HH:MM-HH:MM', input: text })
      return z.NEVER
    }),
  ),
  phone: z.strictObject({
    page_shut_after: duration,
    due_days: days,
    attempts: z.int().min(1).max(20),
    without_account: stages,
  }),
  satisfaction: z.strictObject({ after_days: days, stages }),
  urge: z.strictObject({ up_within_days: days }),
  spot_check: z.strictObject({ others: z.int().min(2).max(20), due_days: days }),
  complaint: z.strictObject({ due_days: days }),
})

/**
 * @param source undefined where a county's own folder has no such file: the values that ship
 * @param stageIds null where the names of stages are not looked at
 * @throws AppError POLICY_INVALID {file, line, reason}
 */
export function readToldPolicy(
  source: PolicySource | undefined,
  stageIds: ReadonlySet<string> | null = null,
): ToldPolicy {
  if (!source) return DEFAULT_TOLD
  const { value, refuse } = readPolicy(source, SCHEMA)
  const { quiet, phone, satisfaction, urge, spot_check, complaint } = value
  const named = [
    ['phone', 'without_account', phone.without_account],
    ['satisfaction', 'stages', satisfaction.stages],
  ] as const
  for (const [part, list, stages] of named) {
    const lost = stageIds === null ? -1 : stages.findIndex((id) => !stageIds.has(id))
    if (lost >= 0) refuse([part, list, lost], `no stage ${stages[lost]}`)
  }
  return {
    quiet,
    phone: {
      pageShutAfterMs: phone.page_shut_after,
      dueDays: phone.due_days,
      attempts: phone.attempts,
      withoutAccount: phone.without_account,
    },
    satisfaction: { afterDays: satisfaction.after_days, stages: satisfaction.stages },
    urge: { upWithinDays: urge.up_within_days },
    spotCheck: { others: spot_check.others, dueDays: spot_check.due_days },
    complaint: { dueDays: complaint.due_days },
  }
}

const night = parseQuietSpan('21:00-07:00')

export const DEFAULT_TOLD: ToldPolicy = {
  quiet: night ? [night] : [],
  phone: {
    pageShutAfterMs: 14 * DAY,
    dueDays: 2,
    attempts: 3,
    withoutAccount: ['public_notice', 'county_confirmed', 'not_included', 'referred', 'done', 'risk_removed'],
  },
  satisfaction: { afterDays: 3, stages: ['confirmed_by_villager', 'done', 'follow_up'] },
  urge: { upWithinDays: 7 },
  spotCheck: { others: 2, dueDays: 5 },
  complaint: { dueDays: 2 },
}
