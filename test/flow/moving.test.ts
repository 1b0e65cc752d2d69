import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { remaining, reopen, ask } from '../../src/flow/resume.ts'
import { step } from '../../src/flow/step.ts'
import { HARDSHIP, PEOPLE } from './fixtures/flows.ts'
import { flowOf, MONDAY, turnAt } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const known = new Map([
  ['consent', { value: 'OK', label: 'OK', confirmed: true }],
  ['village', { value: '吉首市/矮寨镇/阳孟村', label: '阳孟村', confirmed: true }],
])
const hardship = () => new Talk(flowOf(HARDSHIP), turnAt({ known }))
const STRAIGHT = ['3', '生病', '1', '12000', '苦', '跳过'] as const
const reviewed = () => hardship().say(...STRAIGHT)

describe('back', () => {
  test('puts the question before again, keeps the later answers, and goes on where it was', () => {
    const talk = hardship().say('3', '生病', '1', '上一步')
    expect(talk.said[0]).toBe('flow:back')
    expect(talk.open).toBe('earners')
    expect(talk.say('上一步').open).toBe('causes')
    expect(talk.say('房子').open).toBe('danger')
    expect(talk.say('不是').open).toBe('income')
  })

  test('supersedes in the log only when a new answer comes', () => {
    const talk = hardship().say('3', '上一步')
    expect(talk.log.filter(({ kind }) => kind === 'superseded')).toEqual([])
    talk.say('4')
    expect(talk.log.slice(-2)).toMatchObject([
      { question: 'members', kind: 'superseded', value: '' },
      { question: 'members', kind: 'answered', value: '4' },
    ])
  })

  test('at the first question says so', () => {
    expect(hardship().say('上一步').said).toEqual(['flow:nothing_to_go_back', '几口人'])
  })

  test('from the review goes to the last question; skipping there keeps its answer', () => {
    const talk = hardship()
      .say('3', '生病', '1', '12000', '苦')
      .send({
        kind: 'media',
        what: 'image',
        media: { id: 'p1', name: 'p', type: 'image/jpeg', bytes: 1 },
      })
    talk.say('好了', '上一步')
    expect(talk.open).toBe('photo')
    expect(talk.say('跳过').phase).toBe('review')
    expect(talk.say('1').submission?.answers['photo']).toBe('p1')
  })

  test('and forward with the same answers gives the same submission', () => {
    const straight = reviewed().say('1').submission
    const wandering = hardship().say(
      '3',
      '生病',
      '上一步',
      '生病',
      '1',
      '上一步',
      '上一步',
      '生病',
      '12000',
      '苦',
      '跳过',
      '改 2',
      '3',
      '1',
    )
    expect(wandering.submission).toEqual(straight)
  })
})

describe('edit', () => {
  test('by number, by tap, and by the bare number in the review', () => {
    expect(reviewed().say('改 3').open).toBe('causes')
    expect(reviewed().tap('edit:causes').open).toBe('causes')
    expect(reviewed().say('3').open).toBe('causes')
    expect(reviewed().say('改').said).toContain('flow:edit_which')
    expect(reviewed().say('改 77').said[0]).toBe('flow:nothing_to_edit')
  })

  test('an answer that the edit makes impossible is asked again, the others are kept', () => {
    const talk = hardship().say('5', '生病', '4', '12000', '苦', '跳过', '改 2', '3')
    expect(talk.said).toEqual(['flow:check_again', expect.any(String)])
    expect(talk.open).toBe('earners')
    talk.say('3')
    expect(talk.phase).toBe('review')
    expect(talk.say('1').submission?.answers).toMatchObject({
      members: '3',
      earners: '3',
      income: '12000',
      per_head: '4000',
    })
  })

  test('an answer that is out of play is hidden, not lost, and left out of the submission', () => {
    const talk = hardship().say('3', '房子', '是', '1', '12000', '苦', '跳过')
    talk.say('改 3', '生病')
    expect(talk.phase).toBe('review')
    expect(talk.say('改 3', '房子').phase).toBe('review')
    talk.say('改 3', '生病', '1')
    expect(talk.submission?.answers).not.toHaveProperty('danger')
    expect(talk.submission?.answers['case.urgent']).toBe('false')
  })
})

describe('show, help and words for the conversation', () => {
  test('看看 lists the answers, sensitive ones masked', () => {
    const talk = hardship().say('看看')
    expect(talk.said[0]).toBe('flow:show.title')
    talk.say('3', '生病', '1', '12000', '苦啊', '看看')
    const line = talk.effects.find((effect) => effect.kind === 'say' && JSON.stringify(effect).includes('masked_text'))
    expect(line).toMatchObject({ text: { params: { value: { key: 'flow:review.masked_text', params: { n: 2 } } } } })
    expect(talk.open).toBe('photo')
  })

  test('帮助 lists the words and asks again', () => {
    expect(hardship().say('帮助').said).toEqual(['flow:help.title', 'flow:help.words', '几口人'])
  })

  test.each(['菜单', '人工', '语言', '进度'])('%s is an effect and leaves the state', (word) => {
    const talk = hardship()
    const before = talk.state
    talk.say(word)
    expect(talk.kinds).toEqual(['word'])
    expect(talk.state).toEqual(before)
  })

  test('a number of persons is no word: 0 counts', () => {
    expect(hardship().say('3', '生病', '0').open).toBe('income')
  })
})

describe('stop and draft', () => {
  test('停 keeps a draft that is taken up at the first open question', () => {
    const talk = hardship().say('3', '生病', '停')
    expect(talk.said).toEqual(['flow:stopped'])
    expect(talk.kinds).toContain('end')
    expect(talk.phase).toBe('draft')
    expect(remaining(talk.flow, talk.state)).toEqual({ done: 2, of: 6 })
    talk.take(reopen(talk.flow, talk.state, talk.turn))
    expect(talk.open).toBe('earners')
  })

  test('with nothing answered, or in a flow without drafts, nothing is kept', () => {
    expect(hardship().say('停').phase).toBe('ended')
    const talk = new Talk(flowOf(HARDSHIP.replace('expires: 7d', 'draft: false')), turnAt({ known })).say('3', '停')
    expect(talk.said).toEqual(['flow:stopped_dropped'])
    expect(talk.phase).toBe('ended')
  })

  test('what is sent to a conversation that is over gets a sentence and changes nothing', () => {
    const talk = reviewed().say('1')
    const before = talk.state
    expect(talk.say('你好').said).toEqual(['flow:ended'])
    expect(talk.tap('submit').kinds).toEqual(['say'])
    expect(talk.state).toEqual(before)
  })

  test('重来 starts anew; what was answered is gone', () => {
    const talk = hardship().say('3', '房子', '重来')
    expect(talk.said).toEqual(['flow:restarted', '几口人'])
    expect(remaining(talk.flow, talk.state)).toEqual({ done: 0, of: 6 })
    talk.say('2', '生病', '1', '100', '苦', '跳过', '1')
    expect(talk.submission?.answers).toMatchObject({ members: '2', causes: 'illness' })
  })

  test('重来 in a repeat takes the instances back as well', () => {
    const talk = new Talk(flowOf(PEOPLE)).say('张三', '有', '小红', '30', '女', '重来')
    expect(talk.open).toBe('head')
    talk.say('李四', '没有', '是', '1', '跳过', '1')
    expect(talk.submission?.answers).not.toHaveProperty('people')
  })
})

describe('silence', () => {
  const nudge = (talk: Talk) => ({ kind: 'nudge', revision: talk.state.parked.revision }) as const

  test('one nudge, with the question again; a second one says nothing', () => {
    const talk = hardship().say('3')
    talk.send(nudge(talk))
    expect(talk.said).toEqual(['flow:nudge', '难处'])
    expect(talk.open).toBe('causes')
    expect(talk.send(nudge(talk)).effects).toEqual([])
  })

  test('a timer for an earlier revision does nothing', () => {
    const talk = hardship()
    const old = nudge(talk)
    talk.say('3')
    const before = talk.state
    expect(talk.send(old).effects).toEqual([])
    expect(talk.send({ kind: 'expire', revision: old.revision }).effects).toEqual([])
    expect(talk.state).toEqual(before)
  })

  test('expiry makes a draft, then an end', () => {
    const talk = hardship().say('3')
    const expire = () => talk.send({ kind: 'expire', revision: talk.state.parked.revision })
    expect(expire().effects).toEqual([{ kind: 'end', reason: 'expired' }])
    expect(talk.phase).toBe('draft')
    expect(expire().phase).toBe('ended')
  })
})

describe('enough is enough', () => {
  const optional = flowOf(`
flow: f
submit: s
choices: { l: [{ name: a, label: 甲 }, { name: b, label: 乙 }] }
questions:
  - { name: need, type: text, required: true, label: 要 }
  - { name: may, type: select_one l, label: 可 }
  - { name: might, type: text, label: 也可 }
  - { name: must, type: integer, required: "\${may} = 'b'", label: 数 }
`)

  test('when only optional questions are left, each may be the last; it is explained once', () => {
    const talk = new Talk(optional).say('好')
    expect(talk.open).toBe('may')
    expect(talk.said).toEqual(['flow:enough', '可'])
    expect(talk.choices).toEqual(['a', 'b', 'submit'])
    talk.say('甲')
    expect(talk.said).toEqual(['也可'])
    expect(talk.choices).toEqual(['submit'])
    expect(talk.tap('submit').phase).toBe('review')
  })

  test.each(['先交上去', '3'])('%s goes to the review', (said) => {
    const talk = new Talk(optional).say('好', said)
    expect(talk.phase).toBe('review')
    expect(talk.say('1').submission?.answers).toEqual({ need: '好' })
  })

  test('a question that an answer has made required holds it up', () => {
    const talk = new Talk(optional).say('好', '乙')
    expect(talk.choices).toEqual([])
    expect(talk.say('先交上去').said[0]).toBe('flow:not_enough')
  })

  test('after an edit in the review what is optional is not asked again', () => {
    const talk = new Talk(optional).say('好', '先交上去', '改 1', '行')
    expect(talk.phase).toBe('review')
    expect(talk.say('1').submission?.answers).toEqual({ need: '行' })
  })
})

describe('the review', () => {
  test.each(['1', '对', '交', '交上去', '好', '是'])('%s hands it in, once', (said) => {
    const talk = reviewed().say(said)
    expect(talk.kinds).toEqual(['submit', 'end'])
    expect(
      step(talk.flow, talk.state, { kind: 'choice', id: 'submit' }, talk.turn).effects.map(({ kind }) => kind),
    ).toEqual(['say'])
  })

  test('不对 asks which; something else lists again', () => {
    expect(reviewed().say('不对').said).toEqual(['flow:edit_which'])
    expect(reviewed().say('今天天气好').said.slice(0, 2)).toEqual(['flow:not_understood.review', 'flow:review.title'])
  })

  test('a flow without review hands in after the last answer', () => {
    const talk = new Talk(flowOf(HARDSHIP.replace('expires: 7d', 'review: false')), turnAt({ known })).say(...STRAIGHT)
    expect(talk.kinds).toEqual(['submit', 'end'])
  })

  test('the lines carry every answer in full, with its label', () => {
    const lines = reviewed().say('1').submission?.lines ?? []
    expect(lines.map(({ question }) => question)).toEqual([
      'village',
      'members',
      'causes',
      'earners',
      'income',
      'story',
      'photo',
    ])
    expect(lines.find(({ question }) => question === 'story')?.shown).toEqual({ literal: '苦' })
  })
})

describe('coming back', () => {
  test('ask puts the open question in the language of the turn', () => {
    const flow = flowOf('flow: f\nsubmit: s\nquestions:\n  - { name: q, type: text, label: { zh-CN: 问, en: Q } }\n')
    const talk = new Talk(flow)
    expect(ask(flow, talk.state, turnAt({ language: 'en' }))).toMatchObject([{ text: { literal: 'Q' } }])
    expect(ask(flow, talk.state, turnAt())).toMatchObject([{ text: { literal: '问' } }])
    expect(ask(flow, talk.state, turnAt({ language: 'bo' }))).toMatchObject([{ text: { literal: '问' } }])
  })

  test('a draft that is taken up later knows the new day', () => {
    const flow = flowOf(
      'flow: f\nsubmit: s\nreview: false\nquestions:\n  - { name: a, type: text, label: 甲 }\n  - { name: day, type: calculate, calculation: "string(today())" }\n  - { name: b, type: text, label: 乙 }\n',
    )
    const talk = new Talk(flow).say('一', '停')
    talk.turn = turnAt({ at: instant(MONDAY + 3 * 86_400_000) })
    talk.take(reopen(flow, talk.state, talk.turn)).say('二')
    expect(talk.submission?.answers['day']).toBe('2026-11-26')
  })
})
