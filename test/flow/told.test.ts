import { describe, expect, test } from 'vitest'
import type { Told } from '../../src/flow/turn.ts'
import { flowOf, turnAt } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const FLOW = flowOf(`
flow: report
version: 1
audience: villager
submit: keep
nudge: 20h
expires: 7d
choices:
  cause:
    - { name: illness, label: 有人生病 }
    - { name: housing, label: 房子漏雨 }
    - { name: other, label: 别的 }
questions:
  - { name: consent, type: acknowledge, label: 同意吗？, required: true, fact: consent, on_refusal: end }
  - { name: name, type: text, label: 怎么称呼？, required: true }
  - { name: members, type: integer, unit: person, label: 几口人？, required: true, prefill: true, constraint: '. <= 20' }
  - { name: causes, type: select_multiple cause, label: 什么难处？, required: true, prefill: true }
  - { name: story, type: text, label: 说说家里的事。, required: true }
  - { name: photo, type: image, label: 照片 }
`)

const told = (text: string): Told => ({ ref: 'pipe m1', text, clear: text })
const talkTold = (text: string, known: boolean) =>
  new Talk(
    FLOW,
    turnAt({
      told: told(text),
      ...(known && { known: new Map([['consent', { value: 'OK', label: 'OK', confirmed: true }]]) }),
    }),
  )
const keys = (talk: Talk) =>
  talk.effects.map((effect) => (effect.kind === 'say' && 'key' in effect.text ? effect.text.key : effect.kind))
const valueOf = (talk: Talk, question: string) =>
  talk.log.filter((entry) => entry.question === question && entry.kind === 'answered').at(-1)?.value

describe('what was told before the first question', () => {
  test('answers what it clearly names once consent is given, says so, and is the beginning of the story', () => {
    const talk = talkTold('家里三口人，有人生病，房子漏雨', false)
    expect(talk.log).toEqual([])
    talk.say('同意')
    expect(keys(talk)).toContain('flow:told.heard')
    expect(talk.open).toBe('name')
    expect([valueOf(talk, 'members'), valueOf(talk, 'causes')]).toEqual(['3', 'illness housing'])
    talk.say('石二妹')
    expect(talk.open).toBe('story')
    expect(keys(talk)).toContain('flow:told.more')
    talk.say('老伴上个月住的院')
    expect(valueOf(talk, 'story')).toBe('家里三口人，有人生病，房子漏雨\n老伴上个月住的院')
    expect(talk.open).toBe('photo')
  })

  test('leaves nothing behind where consent is refused', () => {
    const talk = talkTold('房子漏雨', false).say('不同意')
    expect([talk.phase, talk.log]).toEqual(['ended', []])
  })

  test('takes effect at once where consent is known', () => {
    const talk = talkTold('房子漏雨', true)
    expect(valueOf(talk, 'causes')).toBe('housing')
    expect(talk.open).toBe('name')
  })

  test.each(['没有了', '没得了', '跳过', '好了'])('%s adds nothing to the story', (said) => {
    const talk = talkTold('房子漏雨', true).say('石二妹', '3')
    expect(talk.open).toBe('story')
    talk.say(said)
    expect([talk.open, valueOf(talk, 'story')]).toEqual(['photo', '房子漏雨'])
  })

  test('a tap on “nothing more” and a recording leave the words as they are', () => {
    const tapped = talkTold('房子漏雨', true).say('石二妹', '3').tap('skip')
    expect([tapped.open, valueOf(tapped, 'story')]).toEqual(['photo', '房子漏雨'])
    const media = { id: 'f1', name: 'a.amr', type: 'audio/amr', bytes: 1 }
    const spoken = talkTold('房子漏雨', true).say('石二妹', '3').send({ kind: 'voice', media, transcript: null })
    expect([spoken.open, valueOf(spoken, 'story')]).toEqual(['photo', '房子漏雨'])
    expect(spoken.state.parked.more['kept']).toEqual({ story: { media: ['f1'] } })
  })

  test('can be changed like any answer', () => {
    const talk = talkTold('房子漏雨', true).tap('edit:causes').say('1')
    expect(valueOf(talk, 'causes')).toBe('illness')
    expect(talk.open).toBe('name')
  })

  test.each([
    ['三四口人，房子漏雨', undefined],
    ['三口人，不对，四口人', undefined],
    ['九十九口人', undefined],
    ['有三口人', '3'],
    ['五口之家', '5'],
    ['12口人', '12'],
  ])('%s: members %s', (text, members) => {
    expect(valueOf(talkTold(text, true), 'members')).toBe(members)
  })

  test('waits for a consent that only an answer asks for, and for none that no answer asked for', () => {
    const flow = flowOf(`
flow: school
version: 1
audience: villager
submit: keep
nudge: 20h
expires: 7d
choices:
  who: [{ name: parent, label: 父母 }, { name: teacher, label: 老师 }]
questions:
  - { name: relation, type: select_one who, label: 您是孩子什么人？, required: true }
  - { name: guardian, type: acknowledge, label: 同意吗？, required: true, relevant: "\${relation} = 'parent'" }
  - { name: age, type: integer, label: 几岁了？, required: true }
  - { name: story, type: text, label: 说说。 }
`)
    const talk = (relation: string) => new Talk(flow, turnAt({ told: told('娃儿不读书了') })).say(relation)
    const parent = talk('父母')
    expect([parent.open, valueOf(parent, 'story')]).toEqual(['guardian', undefined])
    expect(valueOf(parent.say('同意'), 'story')).toBe('娃儿不读书了')
    const teacher = talk('老师')
    expect([teacher.open, valueOf(teacher, 'story')]).toEqual(['age', undefined])
    expect(valueOf(teacher.say('12'), 'story')).toBe('娃儿不读书了')
    expect(teacher.open).toBe('story')
  })
})
