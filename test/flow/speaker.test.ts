import { describe, expect, test } from 'vitest'
import { lookups, openingLookups } from '../../src/flow/find-lookups.ts'
import { lookupKey } from '../../src/flow/lookups.ts'
import type { KnownFact } from '../../src/flow/turn.ts'
import { HARDSHIP } from './fixtures/flows.ts'
import { flowOf, turnAt } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const VILLAGE = { value: '吉首市/矮寨镇/阳孟村', label: '阳孟村' }
const facts = (given: Record<string, KnownFact>) => turnAt({ known: new Map(Object.entries(given)) })
const agreed = { consent: { value: 'OK', label: 'OK', confirmed: true } }
const hardship = (known: Record<string, KnownFact> = {}) => new Talk(flowOf(HARDSHIP), facts(known))

describe('consent', () => {
  test('has two choices; agreeing goes on', () => {
    const talk = hardship()
    expect(talk.choices).toEqual(['OK', 'no'])
    expect(talk.say('1').open).toBe('village')
    expect(hardship().tap('OK').open).toBe('village')
  })

  test.each(['2', '不同意', '不要'])('%s ends the flow with a kind word, and nothing is kept', (said) => {
    const talk = hardship().say(said)
    expect(talk.said).toEqual(['flow:refused'])
    expect(talk.effects.at(-1)).toEqual({ kind: 'end', reason: 'refused' })
    expect(talk.phase).toBe('ended')
    expect(talk.log).toEqual([])
  })

  test('a tap on “no” does the same, and it cannot be skipped', () => {
    expect(hardship().tap('no').phase).toBe('ended')
    const talk = hardship().say('跳过')
    expect(talk.said[0]).toBe('flow:cannot_skip')
    expect(talk.open).toBe('consent')
  })

  const separate = (refusal: string) =>
    flowOf(`
flow: f
submit: s
review: false
questions:
  - { name: ok, type: acknowledge, required: true, on_refusal: "${refusal}", consent_for: health, separate_consent: true, label: 可以吗, refused: 好的 }
  - { name: ill, type: text, required: true, consent_for: health, label: 病 }
  - { name: since, type: text, consent_for: health, relevant: "\${ill} != 'x'", label: 多久 }
  - { name: after, type: text, label: 后 }
`)

  test.each(['skip', 'skip:after'])('on_refusal: %s passes over what the consent is for', (refusal) => {
    const talk = new Talk(separate(refusal)).say('不同意')
    expect(talk.said).toEqual(['好的', '后'])
    expect(talk.say('完').submission?.answers).toEqual({ after: '完' })
    const agrees = new Talk(separate(refusal)).say('同意')
    expect(agrees.open).toBe('ill')
  })
})

describe('facts', () => {
  test('that are confirmed are not asked, and are part of the answers', () => {
    const talk = hardship({ ...agreed, village: { ...VILLAGE, confirmed: true } })
    expect(talk.open).toBe('members')
    expect(talk.log).toMatchObject([
      { question: 'consent', kind: 'answered', raw: '', value: 'OK' },
      { question: 'village', kind: 'answered', raw: '', value: VILLAGE.value },
    ])
  })

  const believed = () => hardship({ ...agreed, village: { ...VILLAGE, confirmed: false } })

  test('that are only believed are put as a yes-no question', () => {
    const talk = believed()
    expect(talk.said).toEqual(['您是阳孟村的吗？'])
    expect(talk.choices).toEqual(['yes', 'no'])
    talk.say('是的')
    expect(talk.log.at(-1)).toMatchObject({ question: 'village', raw: '是的', value: VILLAGE.value })
    expect(believed().tap('yes').open).toBe('members')
  })

  test('“no” asks openly; another answer is taken as the answer', () => {
    const talk = believed().say('不是')
    expect(talk.open).toBe('village')
    expect(talk.said).toEqual(['哪个村'])
    const other = { value: '吉首市/矮寨镇/坪朗村', label: '坪朗村', exact: true }
    const direct = believed()
    direct.turn = turnAt({
      known: direct.turn.known,
      found: new Map([[lookupKey('territory', 'village', '坪朗村'), [other]]]),
    })
    expect(direct.say('坪朗村').log.at(-1)?.value).toBe(other.value)
    expect(believed().tap('no').say('帮助').said.at(-1)).toBe('哪个村')
  })

  test('what makes no sense leaves the yes-no question open', () => {
    const talk = believed().say('今天赶场')
    expect(talk.choices).toEqual(['yes', 'no'])
    expect(talk.say('是').open).toBe('members')
  })

  test('that were learned are handed over with the submission, known ones are not learned again', () => {
    const talk = hardship({ ...agreed, village: { ...VILLAGE, confirmed: false } })
    talk.say('是', '3', '生病', '1', '1', '苦', '跳过', '1')
    expect(talk.effects.find(({ kind }) => kind === 'learn')).toEqual({
      kind: 'learn',
      facts: { village: VILLAGE.value },
    })
  })
})

describe('pickers', () => {
  const found = (text: string, ...candidates: readonly (readonly [string, string, boolean])[]) =>
    new Map([
      [lookupKey('territory', 'village', text), candidates.map(([value, label, exact]) => ({ value, label, exact }))],
    ])

  const asked = (text: string, ...candidates: Parameters<typeof found>[1][]) => {
    const talk = hardship(agreed)
    talk.turn = turnAt({ known: talk.turn.known, found: found(text, ...candidates) })
    return talk.say(text)
  }

  test('the registry is asked for what was typed, in text or in a recording', () => {
    const talk = hardship(agreed)
    const wanted = { key: 'territory/village/阳孟村', type: 'territory', level: 'village', text: '阳孟村' }
    expect(lookups(talk.flow, talk.state, { kind: 'text', text: ' 阳孟村\u0000' })).toEqual([wanted])
    const media = { id: 'm', name: 'm', type: 'audio/amr', bytes: 1 }
    expect(lookups(talk.flow, talk.state, { kind: 'voice', media, transcript: '阳孟村' })).toEqual([wanted])
    expect(lookups(talk.flow, talk.state, { kind: 'choice', id: 'x' })).toEqual([])
    expect(openingLookups(talk.flow)).toEqual([])
  })

  test('the one of that name is taken, several are offered, and none is said so', () => {
    expect(asked('阳孟村', [VILLAGE.value, '阳孟村', true]).open).toBe('members')
    const several = asked('坪', ['a/坪朗村', '坪朗村', false], ['a/坪年村', '坪年村', false])
    expect(several.choices).toEqual(['a/坪朗村', 'a/坪年村'])
    expect(several.say('2').log.at(-1)).toMatchObject({ question: 'village', value: 'a/坪年村' })
    expect(asked('火星').said[0]).toBe('flow:not_understood.territory')
  })

  test('the label of what was picked is shown, the value is stored', () => {
    const talk = asked('阳孟村', [VILLAGE.value, '阳孟村', true]).say('3', '生病', '1', '1', '苦', '跳过')
    expect(talk.effects).toContainEqual({
      kind: 'say',
      text: { key: 'flow:review.line', params: { n: 1, short: { literal: '哪个村' }, value: { literal: '阳孟村' } } },
    })
  })

  test('a short list is offered when its question is put', () => {
    const flow = flowOf(
      'flow: f\nsubmit: s\nreview: false\nquestions:\n  - { name: a, type: text, label: 甲 }\n  - { name: c, type: course, required: true, label: 班 }\n',
    )
    const courses = new Map([
      [
        lookupKey('course', null, ''),
        [
          { value: 'c1', label: '苗绣班', exact: false },
          { value: 'c2', label: '家政班', exact: false },
        ],
      ],
    ])
    const talk = new Talk(flow, turnAt({ found: courses })).say('好')
    expect(openingLookups(flow)).toHaveLength(1)
    expect(talk.choices).toEqual(['c1', 'c2'])
    expect(talk.say('2').submission?.answers['c']).toBe('c2')
  })
})

describe('danger', () => {
  test('is told once, with its words before the next question', () => {
    const flow = flowOf(
      HARDSHIP.replace(
        'alert: { level: danger, when: "${danger} = \'yes\'" }',
        'alert: { level: danger, when: "${danger} = \'yes\'" }, required_message: 有没有',
      ),
    )
    const talk = new Talk(flow, facts({ ...agreed, village: { ...VILLAGE, confirmed: true } })).say('3', '房子', '是')
    expect(talk.effects.filter(({ kind }) => kind === 'alert')).toEqual([
      { kind: 'alert', level: 'danger', question: 'danger' },
    ])
    talk.say('改 4', '是')
    expect(talk.kinds).not.toContain('alert')
  })
})
