/** Several reports of one kind from one village (`flows/policy/clusters.yaml`): one alert to those above it. */
import { z } from 'zod'
import { readPolicy, type PolicySource } from '../policy.ts'
import type { CaseRecord } from './ports.ts'

export interface ClusterRule {
  readonly kind: string
  /** Different reporters. */
  readonly reports: number
  readonly withinDays: number
  /** Levels whose lead is told; the first one has the task. */
  readonly tell: readonly ('township' | 'county')[]
  /** A department whose officer is told too; null = none. */
  readonly department: string | null
}

export interface AlertPolicy {
  clusterOf(kind: string): ClusterRule | null
  readonly rules: readonly ClusterRule[]
  /** Days within which the same name, village and kind is perhaps one matter. */
  readonly sameNameDays: number
}

const days = z.int().min(1).max(366)
const SCHEMA = z.strictObject({
  clusters: z.array(
    z.strictObject({
      kind: z.string().regex(/^[a-z][a-z0-9_]*$/),
      reports: z.int().min(2).max(1000),
      within_days: days,
      tell: z.array(z.enum(['township', 'county'])).min(1),
      department: z.string().optional(),
    }),
  ),
  duplicates: z.strictObject({ same_name_days: days }),
})

/** @param departments names that a rule may tell; null = whatever is said @throws AppError POLICY_INVALID with file and line */
export function readAlertPolicy(source: PolicySource, departments: readonly string[] | null): AlertPolicy {
  const { value, refuse } = readPolicy(source, SCHEMA)
  const rules = value.clusters.map(({ within_days, department, ...rule }): ClusterRule => ({
    ...rule,
    withinDays: within_days,
    department: department ?? null,
  }))
  for (const [place, { kind, department }] of rules.entries()) {
    if (rules.findIndex((each) => each.kind === kind) !== place)
      refuse(['clusters', place, 'kind'], `kind ${kind} stands twice`)
    if (department !== null && departments !== null && !departments.includes(department))
      refuse(['clusters', place, 'department'], `no department ${department}`)
  }
  return {
    rules,
    clusterOf: (kind) => rules.find((rule) => rule.kind === kind) ?? null,
    sameNameDays: value.duplicates.same_name_days,
  }
}

/** Reports of different people, for the alert; what only those above may know of is not counted below. */
export function reportersOf(matters: readonly CaseRecord[]): readonly CaseRecord[] {
  const seen = new Set<string>()
  return matters.filter((matter) => {
    const who = matter.profileId ?? matter.identityId ?? matter.householdId ?? matter.id
    const key = `${who} ${matter.personName ?? ''}`
    if (matter.seenFrom !== null || matter.stage === 'withdrawn' || seen.has(key)) return false
    seen.add(key)
    return true
  })
}
