/** What a word of staff does to a matter: a move, a sign-off, or an entry. One matter at a time; what is refused changes nothing. */
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { stageOf } from '../../domain/cases/stages.ts'
import type { StageWord } from '../commands/stage-said.ts'
import { markHard, moveCase, reopenCase, signOffCase, type Moved, type MoveRequest } from './move-case.ts'
import { actorEvent, noteCompared, noteLate, noteSigned } from './stage-notes.ts'
import type { StepPlace, StepResult, StepSaid } from './step-terms.ts'
import { movedOn, stepParams } from './step-words.ts'
import { tellAfterSignOff } from './whose-turn.ts'

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
