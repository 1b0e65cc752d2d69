import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { begin } from '../../src/flow/begin.ts'
import type { Effect } from '../../src/flow/effects.ts'
import type { Flow } from '../../src/flow/flow.ts'
import { park, revive } from '../../src/flow/park.ts'
import { ask, remaining, reopen } from '../../src/flow/resume.ts'
import type { FlowState, LogEntry } from '../../src/flow/state.ts'
import { step } from '../../src/flow/step.ts'
import type { Turn } from '../../src/flow/turn.ts'
import { COUNTED, HARDSHIP, PEOPLE } from './fixtures/flows.ts'
import { inputs } from './fixtures/inputs.ts'
import { flowOf, MONDAY, turnAt } from './fixtures/load.ts'

/** By name, so that a counterexample is short. */
const FLOWS = { hardship: flowOf(HARDSHIP), people: flowOf(PEOPLE), counted: flowOf(COUNTED) } as const

type FlowName = keyof typeof FLOWS

const KNOWN: Turn['known'][] = [
  new Map(),
  new Map([
    ['consent', { value: 'OK', label: 'OK', confirmed: true }],
    ['village', { value: '吉首市/矮寨镇/阳孟村', label: '阳孟村', confirmed: false }],
  ]),
  new Map([
    ['consent', { value: 'OK', label: 'OK', confirmed: true }],
    ['village', { value: '吉首市/矮寨镇/阳孟村', label: '阳孟村', confirmed: true }],
  ]),
]

const turns = (known: Turn['known']) => (minute: number) =>
  turnAt({ at: instant(MONDAY + minute * 60_000), seed: minute, known, language: minute % 7 === 3 ? 'en' : 'zh-CN' })

const speaks = (effects: readonly Effect[]) => effects.some(({ kind }) => kind !== 'learn')

const scene = fc.record({
  name: fc.constantFrom(...(Object.keys(FLOWS) as FlowName[])),
  known: fc.constantFrom(...KNOWN),
  said: inputs,
})

/** Runs a scene and hands over every state with the log so far. */
function play(
  { name, known, said }: { name: FlowName; known: Turn['known']; said: readonly Parameters<typeof step>[2][] },
  look: (at: { state: FlowState; log: readonly LogEntry[]; effects: readonly Effect[]; asked: boolean }) => void,
): FlowState {
  const flow: Flow = FLOWS[name]
  const turnOf = turns(known)
  const opened = begin(flow, turnOf(0))
  let state = opened.state
  const log: LogEntry[] = [...opened.log]
  look({ state, log, effects: opened.effects, asked: true })
  said.forEach((input, index) => {
    const asked = (state.parked.phase === 'asking' || state.parked.phase === 'review') && input.kind !== 'nudge'
    const turned =
      state.parked.phase === 'draft' && index % 2 === 0
        ? reopen(flow, state, turnOf(index + 1))
        : step(flow, state, input, turnOf(index + 1))
    state = turned.state
    log.push(...turned.log)
    look({ state, log, effects: turned.effects, asked })
  })
  return state
}

describe('whatever is said', () => {
  test('nothing is thrown, nothing goes wrong inside, and an open question always gets a reply', () => {
    fc.assert(
      fc.property(scene, (played) => {
        play(played, ({ effects, asked, state }) => {
          expect(effects.filter(({ kind }) => kind === 'fault')).toEqual([])
          if (asked) expect(speaks(effects)).toBe(true)
          if (state.parked.phase === 'asking') expect(state.parked.cursor).not.toBeNull()
        })
      }),
      { numRuns: 400 },
    )
  })

  test('a state is its JSON round trip, and is rebuilt from what is parked and the log', () => {
    fc.assert(
      fc.property(scene, (played) => {
        play(played, ({ state, log }) => {
          expect(JSON.parse(JSON.stringify(state))).toEqual(state)
          expect(revive(FLOWS[played.name], park(state), log)).toEqual(state)
        })
      }),
      { numRuns: 300 },
    )
  })

  test('the log is numbered without gaps and its count is parked', () => {
    fc.assert(
      fc.property(scene, (played) => {
        play(played, ({ state, log }) => {
          expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
          expect(state.parked.logged).toBe(log.length)
        })
      }),
      { numRuns: 100 },
    )
  })

  test('the same inputs give the same outputs, whether or not the state was parked between them', () => {
    fc.assert(
      fc.property(scene, (played) => {
        const flow = FLOWS[played.name]
        const once: string[] = []
        const twice: string[] = []
        play(played, (at) => once.push(JSON.stringify(at)))
        play(played, (at) => twice.push(JSON.stringify(at)))
        expect(twice).toEqual(once)
        const parked: string[] = []
        const turnOf = turns(played.known)
        const opened = begin(flow, turnOf(0))
        let { state } = opened
        const log = [...opened.log]
        played.said.forEach((input, index) => {
          const cold = revive(flow, JSON.parse(JSON.stringify(park(state))) as FlowState['parked'], log)
          const live = step(flow, state, input, turnOf(index + 1))
          const woken = step(flow, cold, input, turnOf(index + 1))
          parked.push(JSON.stringify(woken.effects) === JSON.stringify(live.effects) ? 'same' : 'other')
          state = live.state
          log.push(...live.log)
        })
        expect(parked).not.toContain('other')
      }),
      { numRuns: 150 },
    )
  })

  test('progress never claims more than there is, and asking again says the open question', () => {
    fc.assert(
      fc.property(scene, (played) => {
        play(played, ({ state }) => {
          const { done, of } = remaining(FLOWS[played.name], state)
          expect(done).toBeGreaterThanOrEqual(0)
          expect(done).toBeLessThanOrEqual(of)
          const isOpen = state.parked.phase === 'asking' || state.parked.phase === 'review'
          expect(ask(FLOWS[played.name], state, turnAt()).length > 0).toBe(isOpen)
        })
      }),
      { numRuns: 150 },
    )
  })
})
