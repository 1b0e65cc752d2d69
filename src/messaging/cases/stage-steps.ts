/** What a word of staff does to a matter: a move, a sign-off, or an entry. One matter at a time; what is refused changes nothing. */
import { insert, seal, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import type { MoveRefusal } from '../../domain/cases/move-terms.ts'
import { latestFinding } from '../../domain/cases/past.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { event } from '../../domain/cases/report.ts'
import { signedOff } from '../../domain/cases/past.ts'
import { stageOf } from '../../domain/cases/stages.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { Outcome, StageWord } from '../commands/stage-said.ts'
import type { Notice } from '../handlers.ts'
import type { StageHook } from '../stage-hooks.ts'
import { markHard, moveCase, reopenCase, signOffCase, type Moved, type MoveRequest } from './move-case.ts'
import { moverOf } from './move-facts.ts'
import { movedOn, stepParams } from './step-words.ts'
import { goOnAfterFinding } from './second-person.ts'
import { tellAfterSignOff } from './whose-turn.ts'

/** What the word was given. */
export interface StepSaid {
  readonly word: StageWord
  readonly outcome: Outcome | null
  readonly reason: string | null
  readonly lateReason: string | null
  /** The day on which it happened, for what is noted later. */
  readonly on: PlainDate | null
  readonly other: CaseRecord | null
  /** How a house was mended, as the reason says. */
  readonly remedy: string | null
}

export interface StepPlace {
  readonly casework: Casework
  readonly hooks: readonly StageHook[]
  readonly staffId: string
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

export type StepResult =
  | {
      readonly kind: 'done'
      readonly matter: CaseRecord
      readonly changes: readonly Change[]
      readonly notices: readonly Notice[]
      readonly say: TextRef
    }
  | {
      readonly kind: 'refused'
      readonly reason: MoveRefusal | 'outcome_missing' | 'nothing_noted'
      readonly params: Readonly<Record<string, string | number>>
    }

/** The words that this table has nothing for are commands of their own (核查, 确认核查, 经过). */
export type SteppingWord = Exclude<StageWord, 'verify' | 'finding_right' | 'finding_wrong' | 'timeline'>

export async function runStep(
  place: StepPlace,
  matter: CaseRecord,
  said: StepSaid & { word: SteppingWord },
): Promise<StepResult> {
  const ledger = place.casework.stages.ledgerOf(matter.kind)
  const isRemoval = matter.stage === 'removal_proposed' || matter.stage === 'removal_review'
  const to = (stage: string, more: Partial<MoveRequest> = {}) => moveTo(place, matter, said, stage, more)
  switch (said.word) {
    case 'accept':
      return to('accepted')
    case 'compare':
      return matter.stage === 'comparing' ? noteCompared(place, matter, said) : to('comparing')
    case 'review':
      return review(place, matter, said)
    case 'notice':
      return to(isRemoval ? 'removal_review' : 'public_notice', { on: said.on })
    case 'no_objection':
      return to('township_review')
    case 'objection':
      return back(place, matter, said)
    case 'township':
      if (said.outcome === null) return { kind: 'refused', reason: 'outcome_missing', params: {} }
      return said.outcome === 'back'
        ? back(place, matter, said)
        : signOff(place, matter, said, said.outcome === 'passed')
    case 'confirm':
      return to(stageOf(ledger, 'county_confirmed') ? 'county_confirmed' : 'confirmed_by_villager')
    case 'refuse':
      return to('not_included')
    case 'assist':
      return to('assisting')
    case 'propose_removal':
      return to('removal_proposed')
    case 'remove':
      return to('risk_removed')
    case 'follow_up':
      return to('follow_up')
    case 'working':
      return to('fixing')
    case 'done':
      return done(place, matter, said)
    case 'withdraw':
      return to('withdrawn')
    case 'merge':
      return to('merged', { otherId: said.other?.id ?? null })
    case 'duplicate':
      return to('duplicate', { otherId: said.other?.id ?? null })
    case 'reopen':
      return result(await reopenCase(place.casework, place.hooks, request(place, matter, said)), 'stages:done.reopened')
    case 'hard':
      return result(await markHard(place.casework, request(place, matter, said)), 'stages:done.hard')
    case 'late':
      return noteLate(place, matter, said)
    case 'signed':
      return noteSigned(place, matter)
  }
}

const request = ({ staffId, at, zone, ids }: StepPlace, matter: CaseRecord, { reason, lateReason }: StepSaid) => ({
  matter,
  by: { kind: 'staff', id: staffId } as const,
  reason,
  lateReason,
  at,
  zone,
  ids,
})

async function moveTo(
  place: StepPlace,
  matter: CaseRecord,
  said: StepSaid,
  to: string,
  more: Partial<MoveRequest>,
): Promise<StepResult> {
  const moved = await moveCase(place.casework, place.hooks, { ...request(place, matter, said), to, ...more })
  if (moved.kind === 'refused') return moved
  const { otherId } = more
  const other = otherId === undefined || otherId === null ? '' : (said.other?.number ?? '')
  return { ...moved, kind: 'done', say: movedOn(moved.matter, place.casework, { other }) }
}

function result(moved: Moved, key: string): StepResult {
  if (moved.kind === 'refused') return moved
  return { ...moved, kind: 'done', say: { key, params: stepParams(moved.matter) } }
}

/** From the visit or the comparison straight to how the meeting went, in one message. */
async function review(place: StepPlace, matter: CaseRecord, said: StepSaid): Promise<StepResult> {
  const isThere = matter.stage === 'village_review'
  if (said.outcome === 'back') return back(place, matter, said)
  if (isThere) {
    if (said.outcome === null) return { kind: 'refused', reason: 'outcome_missing', params: {} }
    return signOff(place, matter, said, said.outcome === 'passed')
  }
  const moved = await moveTo(place, matter, { ...said, reason: null }, 'village_review', {})
  if (moved.kind === 'refused' || said.outcome === null) return moved
  const signed = await signOff(place, moved.matter, said, said.outcome === 'passed')
  if (signed.kind === 'refused') return signed
  return { ...signed, changes: [...moved.changes, ...signed.changes], notices: [...moved.notices, ...signed.notices] }
}

async function signOff(place: StepPlace, matter: CaseRecord, said: StepSaid, isPassed: boolean): Promise<StepResult> {
  const signed = await signOffCase(place.casework, { ...request(place, matter, said), isPassed })
  if (signed.kind === 'refused') return signed
  const notices = await tellAfterSignOff(place.casework, signed.matter, isPassed, said.reason, place)
  return {
    ...signed,
    kind: 'done',
    notices,
    say: { key: `stages:done.${isPassed ? 'passed' : 'not_passed'}`, params: stepParams(signed.matter) },
  }
}

/** Objections, and what the township sends back, lead to the visit again; on the way out of the list, to the help again. */
async function back(place: StepPlace, matter: CaseRecord, said: StepSaid): Promise<StepResult> {
  const to = matter.stage.startsWith('removal') ? 'assisting' : 'verifying'
  if (said.reason === null) return { kind: 'refused', reason: 'reason_missing', params: { stage: to } }
  return moveTo(place, matter, said, to, { fulfilled: ['plan'] })
}

async function done(place: StepPlace, matter: CaseRecord, said: StepSaid): Promise<StepResult> {
  const remedied = said.remedy === null ? [] : [actorEvent(place, matter, 'remedied', said.remedy)]
  const moved = await moveTo(place, matter, said, 'done', { fulfilled: said.remedy === null ? [] : ['remedy'] })
  return moved.kind === 'refused' ? moved : { ...moved, changes: [...moved.changes, ...remedied] }
}

const actorEvent = (
  { staffId, at, ids }: StepPlace,
  matter: CaseRecord,
  what: string,
  detail: Parameters<typeof event>[5],
) => event(ids, matter.id, at, { kind: 'staff', id: staffId }, what, detail)

async function noteCompared(place: StepPlace, matter: CaseRecord, said: StepSaid): Promise<StepResult> {
  if (said.reason === null) return { kind: 'refused', reason: 'nothing_noted', params: {} }
  return noted(place, matter, 'stages:done.compared', [actorEvent(place, matter, 'compared', seal(said.reason))])
}

async function noteLate(place: StepPlace, matter: CaseRecord, said: StepSaid): Promise<StepResult> {
  const reason = said.reason ?? said.lateReason
  if (matter.closedAt !== null) return { kind: 'refused', reason: 'closed', params: {} }
  if (reason === null) return { kind: 'refused', reason: 'reason_missing', params: { stage: matter.stage } }
  return noted(place, matter, 'stages:done.late_reason', [
    update('Case', matter.id, matter.revision, { lateReason: reason }),
    actorEvent(place, matter, 'late_reason', seal(reason)),
  ])
}

/** Signed on paper after the visit: what waited for it goes on. */
async function noteSigned(place: StepPlace, matter: CaseRecord): Promise<StepResult> {
  const { casework } = place
  const [timeline, verifications] = await Promise.all([
    casework.progress.timeline(matter.id),
    casework.progress.verificationsOf(matter.id),
  ])
  const finding = latestFinding({ timeline, verifications })
  if (!finding) return { kind: 'refused', reason: 'verification_missing', params: {} }
  const signed = await noted(place, matter, 'stages:done.signed', [
    update('Verification', finding.id, null, { authorisation: 'paper' }),
    actorEvent(place, matter, 'signed', 'paper'),
    insert('AuditEntry', {
      at: place.at,
      actor: `staff:${place.staffId}`,
      action: 'authorisation_signed',
      subject: matter.id,
      detail: { number: matter.number },
    }),
  ])
  if (signed.kind === 'refused') return signed
  const on = await goOnAfterFinding(place, matter, ['authorisation'])
  return on
    ? { ...signed, matter: on.matter, changes: [...signed.changes, ...on.changes], notices: on.notices }
    : signed
}

/** An entry by whoever works for the place; the matter stays where it is. */
async function noted(
  place: StepPlace,
  matter: CaseRecord,
  key: string,
  changes: readonly Change[],
): Promise<StepResult> {
  const { casework, staffId, at, zone } = place
  const by = await moverOf(casework, matter, { kind: 'staff', id: staffId }, at, zone)
  if (by.roles.length === 0) return { kind: 'refused', reason: 'no_scope', params: {} }
  return { kind: 'done', matter, changes, notices: [], say: { key, params: stepParams(matter) } }
}

/** Whether the stage that a matter is in waits for others, having been passed. */
export const isPassed = async ({ progress }: Casework, matter: CaseRecord): Promise<boolean> =>
  signedOff(await progress.timeline(matter.id), matter.stage) === 'passed'
