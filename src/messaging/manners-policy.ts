/** The table of `flows/policy/manners.yaml`: how much talk that leads nowhere is answered. */
import { z } from 'zod'
import { HOUR, MINUTE, SECOND } from '../base/time.ts'
import { readPolicy, type PolicySource } from '../domain/policy.ts'
import { secondsOf } from '../flow/definition/duration.ts'

export interface MannersPolicy {
  /** Messages of one account within `withinMs` that lead nowhere, before the bot asks for a pause and falls silent. */
  readonly messages: number
  readonly withinMs: number
  /** After an insult or an advertisement was answered, others are left without an answer for so long. */
  readonly hushMs: number
  /** Accounts remembered, the least recently heard go first. */
  readonly accounts: number
}

export const DEFAULT_MANNERS: MannersPolicy = { messages: 30, withinMs: MINUTE, hushMs: HOUR, accounts: 10_000 }

const duration = z
  .string()
  .refine((text) => secondsOf(text) !== null, '1m, 1h …')
  .transform((text) => (secondsOf(text) as number) * SECOND)

const SCHEMA = z.strictObject({
  flood: z.strictObject({ messages: z.int().min(5).max(1000), within: duration }),
  hush: duration,
  accounts: z.int().min(100).max(1_000_000),
})

/**
 * @param source undefined where a county's own folder has no such file: the values that ship
 * @throws AppError POLICY_INVALID {file, line, reason}
 */
export function readMannersPolicy(source: PolicySource | undefined): MannersPolicy {
  if (!source) return DEFAULT_MANNERS
  const { flood, hush, accounts } = readPolicy(source, SCHEMA).value
  return { messages: flood.messages, withinMs: flood.within, hushMs: hush, accounts }
}
