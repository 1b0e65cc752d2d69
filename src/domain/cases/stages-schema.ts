/** What may stand in `flows/policy/case-stages.yaml`. */
import { z } from 'zod'

/** What must be there before a matter may come to a stage; the words are `stages:need.<name>`. */
export const NEEDS = [
  // What two staff found at the household, since the matter came to be verified.
  'verification',
  // The other one who came has confirmed it from an own account.
  'second_person',
  // The household has signed that its data may be compared.
  'authorisation',
  // The stage that the matter leaves was signed off as passed.
  'sign_off',
  // Staff say why, or how.
  'reason',
  // After the day by which it should have been decided: why it is late.
  'late_reason',
  // What is done for the household is planned.
  'plan',
  'measure_done',
  // Somebody of the household can work.
  'labour',
  // A house was mended, built anew or left for another.
  'remedy',
  // The other matter that this one is the same as.
  'other_matter',
] as const
export type Need = (typeof NEEDS)[number]

/** By message; by a person first, the message follows; not at all. */
export const TELLS = ['message', 'person_first', 'none'] as const
export type Tell = (typeof TELLS)[number]

const days = z.int().min(0).max(3660)

const STAGE = z.strictObject({
  id: z.string().regex(/^[a-z][a-z_]*$/),
  owner: z.array(z.string()),
  due: days.optional(),
  urgent_due: days.optional(),
  hard_due: days.optional(),
  min_days: days.default(0),
  by: z.array(z.string()).min(1).optional(),
  sign_off: z.strictObject({ by: z.array(z.string()).min(1), then_due: days.optional() }).optional(),
  not_by: z.array(z.string()).default([]),
  needs: z.array(z.enum(NEEDS)).default([]),
  after: z.strictObject({ stage: z.string(), months: z.int().min(1).max(120) }).optional(),
  from_open: z.boolean().default(false),
  tell: z.enum(TELLS).default('message'),
  decides: z.boolean().default(false),
  closes: z.boolean().default(false),
  next: z.array(z.string()),
})

const LEDGER = z.strictObject({
  kinds: z.array(z.string()).min(1),
  total: z.strictObject({
    days: days.min(1),
    hard_days: days.min(1).optional(),
    calendar: z.enum(['natural', 'work']).default('natural'),
  }),
  reopen: z.strictObject({ to: z.string(), days: days.min(1), by: z.array(z.string()).min(1) }).optional(),
  again_within: days.default(0),
  stages: z.array(STAGE).min(1),
})

export type LedgerTable = z.infer<typeof LEDGER>

export const CASE_STAGES_SCHEMA = z.strictObject({
  /** Names for several roles together. */
  people: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  ledgers: z.record(z.string(), LEDGER),
})
