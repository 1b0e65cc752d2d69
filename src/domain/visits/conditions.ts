/** For whom a visit plan is: small conditions over the record, as the policy file spells them. */
import { z } from 'zod'
import { LISTS } from '../registry/import/vocabulary.ts'

/** What is known of whoever is to be visited: field → its words; numbers apart. */
export interface PlanSubject {
  readonly words: Readonly<Record<string, readonly string[]>>
  readonly numbers: Readonly<Record<string, number | null>>
}

/** Any of these words; `any` = whatever word there is. */
const oneOf = (words: readonly string[]) => {
  const word = z.enum(words as [string, ...string[]])
  return z.union([z.literal('any'), word, z.array(word).min(1)]).optional()
}
const bounds = z.strictObject({ at_least: z.int().min(0), below: z.int().min(1).optional() }).optional()

const not_empty = { error: 'names nothing' }
const named = (value: object) => Object.values(value).some((want) => want !== undefined)

export const CONDITIONS = {
  household: z
    .strictObject({
      status: oneOf(LISTS.status),
      monitored_type: oneOf(LISTS.monitored_type),
      labour: oneOf(LISTS.labour_capacity),
      housing_grade: oneOf(LISTS.housing_grade),
      last_visit: z.enum(['known', 'unknown']).optional(),
    })
    .refine(named, not_empty),
  member: z.strictObject({ care_flag: oneOf(LISTS.care_flag), health: oneOf(LISTS.health) }).refine(named, not_empty),
  site: z.strictObject({ households: bounds }).refine(named, not_empty),
} as const

type Want = string | readonly string[] | { readonly at_least: number; readonly below?: number | undefined } | undefined

/** All that it names must fit. */
export type Condition = Readonly<Record<string, Want>>

export const fits = (condition: Condition, subject: PlanSubject): boolean =>
  Object.entries(condition).every(([field, want]) => {
    if (want === undefined) return true
    const has = subject.words[field] ?? []
    if (want === 'any') return has.length > 0
    if (typeof want === 'string') return has.includes(want)
    if ('at_least' in want) return isWithin(subject.numbers[field] ?? null, want)
    return want.some((word) => has.includes(word))
  })

const isWithin = (value: number | null, { at_least, below }: { at_least: number; below?: number | undefined }) =>
  value !== null && value >= at_least && (below === undefined || value < below)
