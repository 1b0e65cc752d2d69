import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { begin } from '../../src/flow/begin.ts'
import type { Effect } from '../../src/flow/effects.ts'
import type { Flow } from '../../src/flow/flow.ts'
import { park, revive } from '../../src/flow/park.ts'
import type { Input } from '../../src/flow/input.ts'
import { ask, remaining, reopen } from '../../src/flow/resume.ts'
import type { FlowState, LogEntry } from '../../src/flow/state.ts'
import { step } from '../../src/flow/step.ts'
import type { Turn } from '../../src/flow/turn.ts'
import { storyFlows } from '../stories/story.ts'
import { COUNTED, HARDSHIP, PEOPLE } from './fixtures/flows.ts'
import { inputs } from './fixtures/inputs.ts'
import { flowOf, MONDAY, turnAt } from './fixtures/load.ts'

/** By name, so that a counterexample is short. */
const FLOWS: ReadonlyMap<string, Flow> = new Map(
  [flowOf(HARDSHIP), flowOf(PEOPLE), flowOf(COUNTED), ...storyFlows].map((flow) => [flow.id, flow]),
)

const flowNamed = (name: string): Flow => FLOWS.get(name) as Flow

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
  name: fc.constantFrom(...FLOWS.keys()),
  known: fc.constantFrom(...KNOWN),
  said: inputs,
})

/** Runs a scene and hands over every state with the log so far. */
function play(
  { name, known, said }: { name: string; known: Turn['known']; said: readonly Parameters<typeof step>[2][] },
  look: (at: { state: FlowState; log: readonly LogEntry[]; effects: readonly Effect[]; asked: boolean }) => void,
): FlowState {
  const flow = flowNamed(name)
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
          expect(revive(flowNamed(played.name), park(state), log)).toEqual(state)
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
        const flow = flowNamed(played.name)
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
          const { done, of } = remaining(flowNamed(played.name), state)
          expect(done).toBeGreaterThanOrEqual(0)
          expect(done).toBeLessThanOrEqual(of)
          const isOpen = state.parked.phase === 'asking' || state.parked.phase === 'review'
          expect(ask(flowNamed(played.name), state, turnAt()).length > 0).toBe(isOpen)
        })
      }),
      { numRuns: 150 },
    )
  })
})

/** An answer that the open question takes: a tap on one of its choices, or something of its type. */
function sensible(flow: Flow, state: FlowState, effects: readonly Effect[], dice: number): Input {
  const path = state.parked.cursor
  if (path === null) return { kind: 'choice', id: 'submit' }
  const says = effects.filter((effect) => effect.kind === 'say')
  const own = (says.findLast(({ question }) => question !== undefined)?.choices ?? []).map(({ id }) => id)
  const choices = own.filter((id) => !['submit', 'skip', 'help', 'human', 'stop', 'no'].includes(id))
  const question = flow.questions.find((one) => one.path === path.replace(/\[\d+\]/g, ''))
  // Repeats end: another instance is refused more often than not.
  if (question?.type === 'repeat') return { kind: 'choice', id: dice % 3 === 0 && !path.includes('[3]') ? 'yes' : 'no' }
  if (question?.type === 'rank') return { kind: 'choice', id: question.choices.join(' ') }
  if (choices.length > 0) return { kind: 'choice', id: choices[dice % choices.length] as string }
  const text = path === 'earners' ? '1' : (SENSIBLE[question?.type ?? 'text'] ?? '好')
  return { kind: 'text', text: text === '#' ? String((dice % 3) + 1) : text }
}

const SENSIBLE: Readonly<Record<string, string>> = {
  integer: '#',
  decimal: '#',
  range: '4',
  date: '2026-11-23',
  phone: '13812345678',
  image: '跳过',
  text: '石二妹',
}

const VALID: readonly string[] = ['hardship', 'people', 'counted']

describe('going back', () => {
  const walked = fc.record({
    name: fc.constantFrom(...VALID),
    dice: fc.array(fc.nat(20), { minLength: 60, maxLength: 60 }),
    // After which answers somebody goes back, and how far.
    returns: fc.uniqueArray(fc.record({ after: fc.nat(12), steps: fc.integer({ min: 1, max: 4 }) }), {
      selector: ({ after }) => after,
    }),
  })

  /** Answers by path, so that a question that comes again gets the same answer. */
  function finish({
    name,
    dice,
    returns,
  }: {
    name: string
    dice: readonly number[]
    returns: readonly { after: number; steps: number }[]
  }) {
    const flow = flowNamed(name)
    const turnOf = turns(KNOWN[2] as Turn['known'])
    let turned = begin(flow, turnOf(0))
    const given = new Map<string, Input>()
    for (let answered = 0; answered < 200 && turned.state.parked.phase !== 'submitted'; answered++) {
      const path = turned.state.parked.cursor ?? 'review'
      const answer = given.get(path) ?? sensible(flow, turned.state, turned.effects, dice[given.size] ?? 0)
      given.set(path, answer)
      turned = step(flow, turned.state, answer, turnOf(0))
      const back = returns.find(({ after }) => after === answered)
      if (back && turned.state.parked.phase === 'asking')
        for (let steps = 0; steps < back.steps; steps++)
          turned = step(flow, turned.state, { kind: 'text', text: '上一步' }, turnOf(0))
    }
    return turned.effects.find((effect) => effect.kind === 'submit')?.submission
  }

  test('and forward with the same answers gives the same submission', () => {
    fc.assert(
      fc.property(walked, (walk) => {
        const straight = finish({ ...walk, returns: [] })
        expect(straight).toBeDefined()
        expect(finish(walk)).toEqual(straight)
      }),
      { numRuns: 300 },
    )
  })
})
