/** What somebody can do next with a matter, as buttons; and what the next stage still waits for. */
import type { Change } from '../../base/change.ts'
import { dateAt, type Instant } from '../../base/time.ts'
import { mayMove } from '../../domain/cases/move.ts'
import type { Move, MoveFacts, Mover, Refused } from '../../domain/cases/move-terms.ts'
import { actedIn, signedOff } from '../../domain/cases/past.ts'
import type { CaseRecord, TimelineEntry } from '../../domain/cases/ports.ts'
import { stageOf, type Ledger, type Stage } from '../../domain/cases/stages.ts'
import type { Choice } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import { moveFacts, moverOf } from './move-facts.ts'

/** Stages that somebody must say a word about; no button leads there. */
const BY_WORD = new Set(['referred', 'duplicate', 'merged', 'withdrawn'])

export interface NextSteps {
  readonly choices: readonly Choice[]
  /** What stands against the stage that comes next in the table, where no button leads on. */
  readonly blocked: Refused | null
  readonly isSignedOff: boolean
}

/**
 * @param matter as it is, or as it will be after `done`
 * @param done changes of the same commit
 */
export async function nextSteps(
  casework: Casework,
  matter: CaseRecord,
  staffId: string,
  at: Instant,
  zone: string,
  done: readonly Change[] = [],
): Promise<NextSteps> {
  const [before, by] = await Promise.all([
    moveFacts(casework, matter),
    moverOf(casework, matter, { kind: 'staff', id: staffId }, at, zone),
  ])
  const facts = { ...before, timeline: [...before.timeline, ...entriesIn(done)] }
  const ledger = casework.stages.ledgerOf(matter.kind)
  const present = stageOf(ledger, matter.stage)
  const state = present?.signOff ? signedOff(facts.timeline, present.id) : null
  if (matter.closedAt !== null || !present) return { choices: [], blocked: null, isSignedOff: false }
  const tried = onward(ledger, present).map((stage) => ({
    stage,
    no: tryTo(matter, stage, by, ledger, facts, at, zone),
  }))
  const choices = tried.filter(({ no }) => no === null).map(({ stage }) => choice(stage.id, matter.number))
  const passing = state === null && maySign(present, by, facts) ? [choice('passed', matter.number)] : []
  const all = [...passing, ...choices]
  return {
    choices: all,
    blocked: all.length > 0 ? null : (tried[0]?.no ?? null),
    isSignedOff: state === 'passed',
  }
}

/** Stages further down the table. */
const onward = (ledger: Ledger, present: Stage): readonly Stage[] =>
  present.next
    .flatMap((id) => stageOf(ledger, id) ?? [])
    .filter((stage) => !BY_WORD.has(stage.id) && ledger.stages.indexOf(stage) > ledger.stages.indexOf(present))

function tryTo(
  matter: CaseRecord,
  stage: Stage,
  by: Mover,
  ledger: Ledger,
  facts: MoveFacts,
  at: Instant,
  zone: string,
): Refused | null {
  const on = dateAt(at, zone)
  const move: Move = { to: stage.id, by, reason: null, lateReason: null, on: null, otherId: null, fulfilled: [] }
  return mayMove(matter, move, ledger, facts, on, on, zone)
}

const maySign = ({ signOff, notBy }: Stage, by: Mover, facts: MoveFacts): boolean =>
  signOff !== null &&
  by.roles.some((role) => signOff.by.includes(role)) &&
  !notBy.some((stage) => actedIn(facts, stage).has(by.id ?? ''))

const choice = (to: string, number: string): Choice => ({
  id: `stage:${to}:${number}`,
  label: { key: `stages:button.${to}` },
})

/** Entries that are about to be written; what they keep sealed decides nothing. */
const entriesIn = (changes: readonly Change[]): readonly TimelineEntry[] =>
  changes.flatMap((change) => {
    if (change.op !== 'insert' || change.table !== 'CaseEvent') return []
    const { detail } = change.row
    return [{ ...change.row, detail: typeof detail === 'string' ? detail : null } as unknown as TimelineEntry]
  })
