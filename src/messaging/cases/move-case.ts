/**
 * Moves a matter to another stage: reads what the decision needs, decides, and lets everything follow that must (stage hooks).
 * The only way in which a stage changes. What is refused changes nothing.
 */
import { update, type Change, type Row } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { decideHard } from '../../domain/cases/hard.ts'
import type { MoveDecision, MoveRefusal } from '../../domain/cases/move-terms.ts'
import { decideMove } from '../../domain/cases/move.ts'
import { decideReopen } from '../../domain/cases/reopen.ts'
import { openKeyFor } from '../../domain/cases/report.ts'
import { decideSignOff } from '../../domain/cases/sign-off.ts'
import type { Need } from '../../domain/cases/stages-schema.ts'
import type { Casework } from '../casework.ts'
import type { Notice } from '../handlers.ts'
import type { StageHook } from '../stage-hooks.ts'
import { moveFacts, moverOf } from './move-facts.ts'

export interface StepRequest {
  readonly matter: CaseRecord
  readonly by: { readonly kind: 'villager' | 'staff' | 'system'; readonly id: string | null }
  readonly reason?: string | null
  /** The villager was there when it happened: nobody needs to be told. */
  readonly isPresent?: boolean
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

export interface MoveRequest extends StepRequest {
  /** A stage of the matter's ledger. */
  readonly to: string
  /** Why it is decided after the day for it. */
  readonly lateReason?: string | null
  /** The day on which it happened; default today. */
  readonly on?: PlainDate | null
  /** The matter that this one is the same as. */
  readonly otherId?: string | null
  /** What other changes of the same commit fulfil (a measure that is planned with it). */
  readonly fulfilled?: readonly Need[]
  /** More columns of the Case row for the one update. */
  readonly set?: Readonly<Record<string, Row[string]>>
}

export type Moved =
  | {
      readonly kind: 'moved'
      /** As it is after the commit, but for its revision. */
      readonly matter: CaseRecord
      readonly changes: readonly Change[]
      readonly notices: readonly Notice[]
    }
  | {
      readonly kind: 'refused'
      /** The sentence is `stages:refused.<reason>`. */
      readonly reason: MoveRefusal
      readonly params: Readonly<Record<string, string | number>>
    }

export async function moveCase(casework: Casework, hooks: readonly StageHook[], request: MoveRequest): Promise<Moved> {
  const { matter, to, at, zone, ids } = request
  const [facts, by] = await Promise.all([moveFacts(casework, matter), moverOf(casework, matter, request.by, at, zone)])
  const move = {
    to,
    by,
    reason: request.reason ?? null,
    lateReason: request.lateReason ?? null,
    on: request.on ?? null,
    otherId: request.otherId ?? null,
    fulfilled: request.fulfilled ?? [],
  }
  return followed(hooks, request, await decideMove(matter, move, facts, at, zone, ids), request.set)
}

/** Opens a closed matter again, at the first stage of work. */
export async function reopenCase(
  casework: Casework,
  hooks: readonly StageHook[],
  request: StepRequest,
): Promise<Moved> {
  const { matter, at, zone, ids, reason = null } = request
  const [by, twin] = await Promise.all([
    moverOf(casework, matter, request.by, at, zone),
    casework.cases.caseByOpenKey(openKeyFor(matter)),
  ])
  return followed(hooks, request, await decideReopen(matter, { by, reason }, twin, casework, at, zone, ids))
}

/** The stage is passed, or not; the matter stays in it. No hook runs. */
export async function signOffCase(
  casework: Casework,
  request: StepRequest & { readonly isPassed: boolean },
): Promise<Moved> {
  const { matter, at, zone, ids, isPassed, reason = null } = request
  const [facts, by] = await Promise.all([moveFacts(casework, matter), moverOf(casework, matter, request.by, at, zone)])
  return written(matter, await decideSignOff(matter, { by, isPassed, reason }, facts, at, zone, ids))
}

/** Takes longer than the ordinary deadline. No hook runs. */
export async function markHard(casework: Casework, request: StepRequest): Promise<Moved> {
  const { matter, at, zone, ids, reason = null } = request
  const [facts, by] = await Promise.all([moveFacts(casework, matter), moverOf(casework, matter, request.by, at, zone)])
  return written(matter, await decideHard(matter, { by, reason }, facts, at, zone, ids))
}

function written(matter: CaseRecord, decision: MoveDecision): Moved {
  if (decision.kind === 'refused') return decision
  const row = update('Case', matter.id, matter.revision, decision.set)
  return { kind: 'moved', matter: decision.matter, changes: [row, ...decision.changes], notices: [] }
}

async function followed(
  hooks: readonly StageHook[],
  { matter, by, reason = null, isPresent = false, at, zone, ids }: StepRequest,
  decision: MoveDecision,
  more: MoveRequest['set'] = {},
): Promise<Moved> {
  if (decision.kind === 'refused') return decision
  const set = { ...decision.set, ...more }
  const changes = [...decision.changes]
  const notices: Notice[] = []
  let after = { ...decision.matter, ...more } as CaseRecord
  for (const hook of hooks) {
    const follows = await hook({ before: matter, after, by, reason, isPresent, at, zone, ids })
    Object.assign(set, follows.set)
    after = { ...after, ...follows.set } as CaseRecord
    changes.push(...follows.changes)
    notices.push(...follows.notices)
  }
  return {
    kind: 'moved',
    matter: after,
    changes: [update('Case', matter.id, matter.revision, set), ...changes],
    notices,
  }
}
