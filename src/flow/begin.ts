import { deriveFrame } from './derive.ts'
import type { Flow } from './flow.ts'
import { initialise } from './initial.ts'
import { OUTSIDE } from './place.ts'
import type { Program } from './program.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import { sentence } from './spoken.ts'
import { STATE_FORMAT, type FlowState } from './state.ts'
import { takeTold } from './told.ts'
import { faultOf, run, type StepResult } from './step.ts'
import { countAnswers } from './survey.ts'
import type { Turn } from './turn.ts'
import { blankFrame, type Values } from './values.ts'
import { walkAll } from './walk.ts'

/**
 * Opens a conversation and puts the first question.
 * @param given values by question name that whoever starts the flow knows already (hidden questions, a matter's number);
 * names that the flow does not have are left aside.
 */
export function begin(flow: Flow, turn: Turn, given: Readonly<Record<string, string>> = {}): StepResult {
  const state = blankState(flow, turn)
  const result = run(flow, state, turn, (opened) => open(opened, given))
  if (result.state !== state) return result
  const ended: FlowState = { ...state, parked: { ...state.parked, phase: 'ended' } }
  const effects = result.effects.length > 0 ? result.effects : faultOf(null, null)
  return { state: ended, log: [], effects: [...effects, { kind: 'end', reason: 'failed' }] }
}

function blankState(flow: Flow, turn: Turn): FlowState {
  const program = flow.program as Program
  const values: Values = { top: blankFrame(program.slots), done: 0, of: 0, said: 0 }
  return {
    parked: {
      format: STATE_FORMAT,
      flow: flow.digest,
      revision: 0,
      phase: 'asking',
      cursor: null,
      attempts: 0,
      logged: 0,
      startedAt: turn.at,
      more: { seed: turn.seed, zone: turn.zone },
    },
    values,
  }
}

function open(opened: Run, given: Readonly<Record<string, string>>): void {
  const { program } = opened
  initialise(opened, null, OUTSIDE)
  deriveFrame(opened, null, OUTSIDE, 'now')
  for (const row of program.rows)
    if (row.scope.length === 0 && (row.kind === 'ask' || row.kind === 'silent') && Object.hasOwn(given, row.name))
      record(opened, { row: row.at, position: OUTSIDE }, 'answered', { raw: '', value: given[row.name] as string })
  if (opened.turn.told) opened.more = { ...opened.more, told: opened.turn.told.ref }
  countAnswers(opened)
  if (program.intro) opened.effects.push({ kind: 'say', text: sentence(opened, program.intro, OUTSIDE) })
  takeTold(opened, -1)
  walkAll(opened)
}
