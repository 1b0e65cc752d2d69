/** How far a matter is, in the words of whoever reported it. Numbers, days and who comes: never what is wrong with anybody. */
import { addDays, type PlainDate } from '../../base/time.ts'
import { COMPLAINT } from '../../domain/cases/complaints.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Stage } from '../../domain/cases/stages.ts'
import type { TextRef } from '../../flow/effects.ts'
import { listed } from '../report-case.ts'

export interface ToldFacts {
  /** Name of whoever has the matter; null = nobody. */
  readonly who: string | null
  /** Kinds of the measures that are planned. */
  readonly measures: readonly string[]
  readonly on: PlainDate
  /** It was closed, and is open again. */
  readonly isReopened: boolean
}

/** Stages with words of their own; any other is told by its name. */
const WORDED: ReadonlySet<string> = new Set([
  'accepted',
  'verifying',
  'comparing',
  'village_review',
  'public_notice',
  'township_review',
  'county_confirmed',
  'not_included',
  'assisting',
  'removal_proposed',
  'removal_review',
  'risk_removed',
  'follow_up',
  'referred',
  'duplicate',
  'merged',
  'fixing',
  'done',
  'confirmed_by_villager',
  'withdrawn',
])

/** Days of public notice that the rules ask for everywhere, where the table of a county names none. */
const NOTICE_DAYS = 5

/** @param stages of the matter's ledger */
export function stageSentence(matter: CaseRecord, stages: readonly Stage[], facts: ToldFacts): TextRef {
  const { who, measures, on } = facts
  const days = (id: string) => stages.find((stage) => stage.id === id)?.minDays || NOTICE_DAYS
  const until = addDays(matter.stageEnteredOn, days(matter.stage))
  return {
    key: `told:stage.${keyOf(matter, facts)}`,
    params: {
      number: matter.number,
      who: who === null ? { key: 'told:who.nobody' } : { key: 'told:who.named', params: { name: who } },
      when: whenOf(matter, on),
      days: days('public_notice'),
      until,
      help: listed(measures.map((kind) => ({ key: `measures:kind.${kind}` }))),
      stage: { key: `cases:stage_plain.${matter.stage}` },
    },
  }
}

/** By which day something is heard; without one, or where it has passed: soon. */
export const whenOf = ({ stageDueOn }: Pick<CaseRecord, 'stageDueOn'>, on: PlainDate): TextRef =>
  stageDueOn !== null && stageDueOn >= on
    ? { key: 'told:when.by', params: { by: stageDueOn } }
    : { key: 'told:when.soon' }

function keyOf({ stage, kind }: CaseRecord, { isReopened, measures }: ToldFacts): string {
  if (isReopened) return 'reopened'
  if (stage === 'accepted' && kind === COMPLAINT) return 'accepted_above'
  if (stage === 'accepted' && kind === 'hardship') return 'accepted_visit'
  if (stage === 'assisting' && measures.length === 0) return 'assisting_unnamed'
  return WORDED.has(stage) ? stage : 'other'
}
