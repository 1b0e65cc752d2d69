/** What is said of a step that was done, or refused. */
import type { MatterMark } from '../channel.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { addDays } from '../../base/time.ts'
import { stageOf } from '../../domain/cases/stages.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'

export const stageWords = (stage: string): TextRef => ({ key: `cases:stage.${stage}` })

export const stepParams = (matter: CaseRecord) => ({
  number: matter.number,
  stage: stageWords(matter.stage),
  decide: matter.decideBy ?? '',
  by: matter.stageDueOn ?? '',
})

/** 好，… 已受理, and by which day the step is due. */
export function movedOn(
  matter: CaseRecord,
  { stages }: Pick<Casework, 'stages'>,
  more: Readonly<Record<string, string>> = {},
): TextRef {
  const stage = stageOf(stages.ledgerOf(matter.kind), matter.stage)
  const until = stage && stage.minDays > 0 ? addDays(matter.stageEnteredOn, stage.minDays) : ''
  return { key: `stages:moved.${matter.stage}`, params: { ...stepParams(matter), until, ...more } }
}

/** @param example what was typed, without a reason */
export function refusedWords(
  number: string,
  { reason, params }: { readonly reason: string; readonly params: Readonly<Record<string, string | number>> },
  example = '',
): TextRef {
  const { stage, from, ...rest } = params
  return {
    key: `stages:refused.${reason}`,
    params: {
      ...rest,
      number,
      example,
      ...(stage !== undefined && { stage: stageWords(String(stage)) }),
      ...(from !== undefined && { from: stageWords(String(from)) }),
    },
  }
}

export const markOf = ({ number, kind, stage }: CaseRecord): MatterMark => ({ number, kind, stage })
