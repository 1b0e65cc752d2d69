/** Which department answers by when (`flows/policy/routing.yaml`), and a part of a matter on its way there and back. */
import { z } from 'zod'
import { insert, seal, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../cases/ports.ts'
import { event } from '../cases/report.ts'
import { readPolicy, type PolicySource } from '../policy.ts'
import type { TaskRecord } from '../tasks/ports.ts'
import { openTask, settleTask } from '../tasks/tasks.ts'
import type { Watching } from '../watching.ts'
import type { ReferralRecord } from './ports.ts'

export interface Route {
  readonly department: string
  /** Who is asked: the holder of `department_officer:<officer>`, else of any department, else the county's office. */
  readonly officer: string
  readonly days: number
  readonly calendar: 'natural' | 'work'
  /** Names of `risk_cause` that are its business. */
  readonly causes: readonly string[]
}

export interface RoutingPolicy {
  readonly routes: readonly Route[]
  route(department: string): Route | null
  /** Whose business these causes are, in the order of the file; none for what no department names. */
  departmentsOf(causes: readonly string[]): readonly string[]
}

const name = z.string().regex(/^[a-z][a-z0-9_]*$/)
const SCHEMA = z.strictObject({
  departments: z.record(
    name,
    z.strictObject({
      officer: name.optional(),
      answer: z.strictObject({
        days: z.int().min(1).max(366),
        calendar: z.enum(['natural', 'work']).default('work'),
      }),
      causes: z.array(name),
    }),
  ),
})

/** @throws AppError POLICY_INVALID with file and line */
export function readRouting(source: PolicySource): RoutingPolicy {
  const { value, refuse } = readPolicy(source, SCHEMA)
  const routes = Object.entries(value.departments).map(([department, { officer, answer, causes }]): Route => ({
    department,
    officer: officer ?? department,
    causes,
    ...answer,
  }))
  if (routes.length === 0) refuse(['departments'], 'no department')
  return {
    routes,
    route: (department) => routes.find((route) => route.department === department) ?? null,
    departmentsOf: (causes) =>
      routes.filter((route) => route.causes.some((cause) => causes.includes(cause))).map((route) => route.department),
  }
}

export const referralKey = (caseId: string, department: string | null): string => `${caseId} ${department ?? 'person'}`

export interface NewReferral {
  readonly department: string
  readonly fromId: string
  readonly toId: string
  readonly dueOn: PlainDate
  /** From the matter sequence. */
  readonly number: string
  readonly words: string | null
  /** When the officer hears of it. */
  readonly told: Instant
}

/** The matter stays one, and where it is; its part gets a task of the department's officer. */
export function refer(
  matter: CaseRecord,
  { department, fromId, toId, dueOn, number, words, told }: NewReferral,
  watching: Watching,
  at: Instant,
  ids: IdSource,
): { readonly referral: ReferralRecord; readonly changes: readonly Change[] } {
  const referral: ReferralRecord = {
    id: ids.next(),
    caseId: matter.id,
    department,
    fromId,
    toId,
    territoryId: matter.territoryId,
    state: 'offered',
    dueOn,
    note: words,
    at,
    answeredAt: null,
    openKey: referralKey(matter.id, department),
    revision: 0,
  }
  const task = {
    kind: 'referral',
    number,
    caseId: matter.id,
    householdId: matter.householdId,
    territoryId: matter.territoryId,
    assigneeId: toId,
    refId: referral.id,
    detail: words,
    dueOn,
    seenFrom: matter.seenFrom,
    about: referral.id,
  } as const
  return {
    referral,
    changes: [
      insert('Referral', { ...referral, note: words === null ? null : seal(words) }),
      event(ids, matter.id, at, { kind: 'staff', id: fromId }, 'referred_part', department),
      ...openTask(task, watching, at, ids, told).changes,
    ],
  }
}

/** @param tasks open ones of the case: the one about this referral ends with it */
export async function closeReferral(
  matter: CaseRecord,
  referral: ReferralRecord,
  { state, words, staffId }: { state: 'answered' | 'returned' | 'taken'; words: string | null; staffId: string },
  facts: { readonly watching: Watching; readonly tasks: readonly TaskRecord[] },
  at: Instant,
  ids: IdSource,
): Promise<readonly Change[]> {
  const mine = facts.tasks.filter((task) => task.refId === referral.id)
  const outcome = state === 'returned' ? 'dropped' : 'done'
  const ended = await Promise.all(mine.map((task) => settleTask(task, outcome, staffId, facts.watching, at)))
  const detail = words === null ? null : seal(words)
  return [
    update('Referral', referral.id, referral.revision, { state, answeredAt: at, openKey: null }),
    event(ids, matter.id, at, { kind: 'staff', id: staffId }, `referral_${state}`, detail),
    ...ended.flat(),
  ]
}
