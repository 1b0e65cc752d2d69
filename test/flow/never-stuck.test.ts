/** Whatever somebody sends at any question of any shipped flow, four messages lead on. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { begin } from '../../src/flow/begin.ts'
import type { Effect } from '../../src/flow/effects.ts'
import { lookups, openingLookups } from '../../src/flow/find-lookups.ts'
import type { Flow } from '../../src/flow/flow.ts'
import type { Input } from '../../src/flow/input.ts'
import type { FlowState } from '../../src/flow/state.ts'
import { step, type StepResult } from '../../src/flow/step.ts'
import type { Turn } from '../../src/flow/turn.ts'
import { storyFlows } from '../stories/story.ts'
import { MONDAY, turnAt } from './fixtures/load.ts'

const FLOWS: ReadonlyMap<string, Flow> = new Map(storyFlows.map((flow) => [flow.id, flow]))

/** A registry that has one row for a name, and two for the rest. */
function turnFor(asked: readonly { key: string; text: string }[], minute: number): Turn {
  const rows = (text: string) =>
    text === '' || text === '石二妹'
      ? [{ value: 'r1', label: '石二妹', exact: text !== '' }]
      : text.length < 4
        ? [{ value: 'r1', label: '石二妹', exact: false }, { value: 'r2', label: '石二狗', exact: false }] // prettier-ignore
        : []
  return turnAt({
    at: instant(MONDAY + minute * 60_000),
    found: new Map(asked.map(({ key, text }) => [key, rows(text)])),
  })
}

const send = (flow: Flow, state: FlowState, input: Input, minute = 1): StepResult =>
  step(flow, state, input, turnFor(lookups(flow, state, input), minute))

const BY_TYPE: Readonly<Record<string, string>> = {
  integer: '18', decimal: '3', range: '4', date: '2026-11-23', time: '15:00', dateTime: '明天上午9点', phone: '13812345678', id_number: '11010519491231002X', text: '石二妹', image: '没有', audio: '好', video: '没有', file: '没有',
} // prettier-ignore

/** An answer that the open question takes. */
function sensible(flow: Flow, { state, effects }: StepResult, dice: number): Input {
  const path = state.parked.cursor?.replace(/\[\d+\]/g, '') ?? ''
  const put = effects.findLast((effect) => effect.kind === 'say' && effect.question !== undefined)
  const own = put?.kind === 'say' ? (put.choices ?? []).map(({ id }) => id) : []
  const choices = own.filter((id) => !['submit', 'skip', 'help', 'human', 'stop', 'more', 'full', 'no'].includes(id))
  const chosen = choices[dice % Math.max(choices.length, 1)]
  if (chosen !== undefined) return { kind: 'choice', id: chosen }
  const type = flow.questions.find((one) => one.path === path)?.type ?? 'text'
  return { kind: 'text', text: BY_TYPE[type] ?? '石二妹' }
}

/** The state at some question on the way through a flow. */
function reach(flow: Flow, dice: readonly number[]): StepResult {
  let at = begin(flow, turnFor(openingLookups(flow), 0))
  dice.forEach((die, minute) => {
    if (at.state.parked.phase !== 'asking') return
    const next = send(flow, at.state, sensible(flow, at, die), minute + 1)
    if (next.state.parked.phase === 'asking' || next.state.parked.phase === 'review') at = next
  })
  return at
}

const media = { id: 'f00d', name: 'a.jpg', type: 'image/jpeg', bytes: 3 }
const TEXTS = [
  '', ' ', '。', '???', '😀😀', '👍', 'مرحبا', '\u202eabc', '\u0000', '\ud800', 'x'.repeat(4_000), '房'.repeat(4_500), 'zzzz', '你们是骗子', '啥', '什么意思', '嗯', '那个', '不会打字', '老伴病了', '没活干', '有没有', '不是没有', '三四千', '999999', '-5', '1.2.3', '石二', '13812', '2月30日', '不知道', '不对', '帮助', '看看', '改', '改 99', '上一步', '细看', '更多', '跳过', '人工', '菜单', '2', '不同意', '<script>', "'; drop", '__proto__', '${members}',
] // prettier-ignore
const anything: fc.Arbitrary<Input> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS).map((text): Input => ({ kind: 'text', text })) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((text): Input => ({ kind: 'text', text })) },
  { weight: 2, arbitrary: fc.constantFrom('nothing', 'edit:nothing', 'ack:1', '', 'illness zzz').map((id): Input => ({ kind: 'choice', id })) },
  { weight: 2, arbitrary: fc.constantFrom(null, '嗯，那个', '啥子').map((transcript): Input => ({ kind: 'voice', media, transcript })) },
  { weight: 1, arbitrary: fc.constantFrom('image', 'video', 'file').map((what): Input => ({ kind: 'media', what, media })) },
  { weight: 1, arbitrary: fc.constant<Input>({ kind: 'location', latitude: 28.3, longitude: 109.7 }) },
  { weight: 1, arbitrary: fc.constant<Input>({ kind: 'other' }) },
) // prettier-ignore

const leadsOn = (before: FlowState, { state, log, effects }: StepResult): boolean =>
  state.parked.cursor !== before.parked.cursor ||
  state.parked.phase !== before.parked.phase ||
  log.some(({ kind }) => kind === 'answered' || kind === 'skipped') ||
  effects.some(({ kind }) => kind === 'word' || kind === 'end')

const scene = fc.record({
  name: fc.constantFrom(...FLOWS.keys()),
  dice: fc.array(fc.nat(11), { maxLength: 22 }),
  four: fc.oneof(
    fc.tuple(anything, anything, anything, anything),
    anything.map((same) => [same, same, same, same] as [Input, Input, Input, Input]),
  ),
})

test('four messages lead to an answer, a skip, a person or a kept draft', () => {
  fc.assert(
    fc.property(scene, ({ name, dice, four }) => {
      const flow = FLOWS.get(name) as Flow
      const start = reach(flow, dice).state
      fc.pre(start.parked.phase === 'asking' || start.parked.phase === 'review')
      let state = start
      for (const [minute, input] of four.entries()) {
        const next = send(flow, state, input, 30 + minute)
        expect(next.effects.filter(({ kind }) => kind === 'fault')).toEqual([])
        expect(next.effects.length).toBeGreaterThan(0)
        if (leadsOn(state, next)) return
        state = next.state
      }
      expect.fail(`${name} ${start.parked.cursor ?? start.parked.phase} stays open`)
    }),
    { numRuns: 400 },
  )
})

const offered = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === 'say' ? (effect.choices ?? []).map(({ id }) => id) : []))

describe('the third message is answered with ways out that work', () => {
  test.each([...FLOWS.keys()])('%s', (name) => {
    const flow = FLOWS.get(name) as Flow
    for (let depth = 0; depth < 14; depth++) {
      let at = reach(
        flow,
        Array.from({ length: depth }, () => 0),
      )
      if (at.state.parked.phase !== 'asking') return
      // An answer on the way that was none has been counted.
      if (at.state.parked.attempts > 0 || at.state.parked.more['strayed'] !== undefined) continue
      const path = at.state.parked.cursor as string
      for (let minute = 0; minute < 3; minute++) at = send(flow, at.state, { kind: 'other' }, 40 + minute)
      expect(offered(at.effects), path).toEqual(expect.arrayContaining(['help', 'human', 'stop']))
      expect(send(flow, at.state, { kind: 'choice', id: 'human' }).effects, path).toEqual([
        { kind: 'word', word: 'human' },
      ])
      expect(['draft', 'ended'], path).toContain(
        send(flow, at.state, { kind: 'choice', id: 'stop' }).state.parked.phase,
      )
      if (offered(at.effects).includes('skip'))
        expect(send(flow, at.state, { kind: 'choice', id: 'skip' }).log.at(-1), path).toMatchObject({ kind: 'skipped' })
    }
  })
})

test('the number of a way out behind the choices of a list takes it', () => {
  const flow = FLOWS.get('hardship_report') as Flow
  let at = begin(flow, turnFor([], 0))
  for (let minute = 0; minute < 3; minute++) at = send(flow, at.state, { kind: 'text', text: '啥' }, minute)
  expect(offered(at.effects)).toEqual(['OK', 'no', 'help', 'human', 'stop'])
  expect(send(flow, at.state, { kind: 'text', text: '4' }).effects).toEqual([{ kind: 'word', word: 'human' }])
  expect(send(flow, at.state, { kind: 'text', text: '5' }).state.parked.phase).toBe('ended')
})
