import { describe, expect, test } from 'vitest'
import { HARDSHIP } from './fixtures/flows.ts'
import { flowOf, turnAt } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const known = new Map([
  ['consent', { value: 'OK', label: 'OK', confirmed: true }],
  ['village', { value: '吉首市/矮寨镇/阳孟村', label: '阳孟村', confirmed: true }],
])
const hardship = () => new Talk(flowOf(HARDSHIP), turnAt({ known }))

const media = { id: 'cafe', name: 'a.amr', type: 'audio/amr', bytes: 9 }
const photo = (id: string) => ({ kind: 'media', what: 'image', media: { ...media, id } }) as const

const one = (question: string, rest = '') =>
  new Talk(
    flowOf(
      `flow: f\nsubmit: s\nreview: false\n${rest}\nquestions:\n  - ${question}\n  - { name: after, type: text, required: true, label: 后 }\n`,
    ),
  )

describe('what is understood', () => {
  test('is said back when it was not said just so, in front of the next question', () => {
    const talk = hardship().say('三口人')
    expect(talk.effects[0]).toEqual({
      kind: 'say',
      text: { key: 'flow:echo_first', params: { value: { key: 'flow:unit.person', params: { value: '3' } } } },
    })
    expect(talk.open).toBe('causes')
    expect(hardship().say('3').said[0]).toBe('难处')
  })

  test('is stored with what was said and how many tries it took', () => {
    const talk = hardship().say('好多', '三口人')
    expect(talk.log.at(-1)).toMatchObject({
      question: 'members',
      kind: 'answered',
      raw: '三口人',
      value: '3',
      attempt: 2,
    })
  })

  test('keeps “about” with the answer and in the submission', () => {
    const talk = hardship().say('3', '生病', '1', '一万二千多')
    expect(talk.log.at(-1)).toMatchObject({ question: 'income', value: '12000', approximate: true })
    talk.say('苦', '跳过', '1')
    expect(talk.submission?.approximate).toEqual(['income'])
    expect(talk.submission?.answers).toMatchObject({ income: '12000', per_head: '4000' })
  })

  test('what may mean two things is asked back, and picked by number, by tap or by words', () => {
    const asked = () => hardship().say('3', '生病', '1', '三四千')
    expect(asked().said).toContain('flow:ambiguous')
    expect(asked().choices.slice(0, 2)).toEqual(['3000', '4000'])
    for (const talk of [asked().say('2'), asked().tap('4000'), asked().say('四千')])
      expect(talk.log.at(-1)).toMatchObject({ question: 'income', value: '4000' })
  })
})

describe('what was offered', () => {
  const asked = () => hardship().say('3', '生病', '1', '三四千')

  test('is dropped when none of it is meant, or when something else is said', () => {
    expect(asked().say('都不是').said).toEqual(['收入'])
    expect(asked().say('哎呀').said).toEqual(['flow:not_understood.integer', '收入'])
    expect(asked().say('五千').log.at(-1)).toMatchObject({ question: 'income', value: '5000' })
  })
})

describe('what is not understood', () => {
  test('says what is expected and asks again; after three tries it offers ways out, never a scolding', () => {
    const talk = hardship().say('好多')
    expect(talk.said).toEqual(['flow:not_understood.integer', '几口人'])
    talk.say('嗯嗯')
    expect(talk.said).not.toContain('flow:stuck_required')
    talk.say('一些些')
    expect(talk.said).toContain('flow:stuck_required')
    expect(talk.choices).toEqual(['help', 'human', 'stop'])
    expect(talk.say('3').open).toBe('causes')
  })

  test('an optional question also offers to skip', () => {
    const talk = hardship().say('3', '生病', '哎呀', '哎呀', '哎呀')
    expect(talk.said).toContain('flow:stuck')
    expect(talk.choices).toContain('skip')
    expect(talk.tap('skip').open).toBe('income')
  })

  test('a value that the constraint refuses gets the sentence of the question', () => {
    expect(hardship().say('30').said[0]).toBe('一到二十')
    const talk = hardship().say('3', '生病', '5')
    expect(talk.said[0]).toBe('answers:why.constraint')
    expect(talk.open).toBe('earners')
  })

  test.each([
    ['skip', 'after', []],
    ['human', 'q', ['word']],
    ['end', null, ['end']],
  ] as const)('on_failure: %s', (what, open, kinds) => {
    const talk = one(`{ name: q, type: integer, required: true, max_attempts: 2, on_failure: ${what}, label: 问 }`)
    talk.say('哎呀', '哎呀')
    expect(talk.open).toBe(open)
    expect(talk.kinds.filter((kind) => kind !== 'say')).toEqual(kinds)
  })

  test.each([
    ['', 'flow:empty'],
    ['  ', 'flow:empty'],
    ['\u0000\u0007', 'flow:empty'],
    ['长'.repeat(4_001), 'flow:too_long'],
  ])('%j is answered kindly and costs no try', (text, key) => {
    const talk = hardship().say(text)
    expect(talk.said[0]).toBe(key)
    expect(talk.open).toBe('members')
    expect(talk.state.parked.attempts).toBe(0)
  })

  test('control characters and halves of characters do not reach the answer', () => {
    const talk = hardship().say('3', '生病', '1', '1', '雨\u0000下\ud83d了')
    expect(talk.log.at(-1)?.value).toBe('雨下\ufffd了')
  })
})

describe('nothing known', () => {
  test('不知道 leaves an optional question open and asks a required one again with its own words', () => {
    const talk = hardship().say('3', '生病', '不知道')
    expect(talk.log.at(-1)).toMatchObject({ question: 'earners', kind: 'skipped', raw: '不知道', value: '' })
    talk.say('1000', '跳过')
    expect(talk.said[0]).toBe('说一句就行')
    expect(talk.open).toBe('story')
  })
})

describe('taps', () => {
  test('choose by name; several names for several choices, stored in the order of the list', () => {
    const talk = hardship().say('3').tap('water illness')
    expect(talk.log.at(-1)).toMatchObject({ question: 'causes', value: 'illness water' })
  })

  test.each(['nothing', 'edit:members2', '', 'toString', 'ack:1', 'illness housing nothing'])(
    '%j is stale: said so, asked again, nothing changed',
    (id) => {
      const talk = hardship().say('3')
      const before = talk.state
      talk.tap(id)
      expect(talk.said).toEqual(['flow:stale', '难处'])
      expect(talk.state.values).toEqual(before.values)
      expect(talk.state.parked).toMatchObject({ cursor: 'causes', attempts: 0, logged: before.parked.logged })
    },
  )
})

describe('voice', () => {
  const voice = (transcript: string | null) => ({ kind: 'voice', media, transcript }) as const

  test('that was written down is understood like text, and the recording stays with the answer', () => {
    const talk = hardship().send(voice('三口人'))
    expect(talk.log.at(-1)).toMatchObject({ question: 'members', raw: '三口人', value: '3' })
    talk.say('生病', '1', '1').send(voice('房子漏雨')).say('跳过', '1')
    expect(talk.submission?.answers['story']).toBe('房子漏雨')
    expect(talk.submission?.media).toEqual([
      { question: 'members', id: 'cafe' },
      { question: 'story', id: 'cafe' },
    ])
  })

  test('that nobody wrote down answers a text question', () => {
    const talk = hardship().say('3', '生病', '1', '1').send(voice(null))
    expect(talk.log.at(-1)).toMatchObject({ question: 'story', value: 'voice:cafe' })
    expect(talk.open).toBe('photo')
  })

  test('that nobody wrote down is kept elsewhere, and the question stays open without a try', () => {
    const talk = hardship().send(voice(null))
    expect(talk.said).toEqual(['flow:voice_kept', '几口人'])
    expect(talk.log.at(-1)).toMatchObject({ question: 'members', kind: 'superseded', raw: 'voice:cafe' })
    expect(talk.state.parked.attempts).toBe(0)
    expect(talk.say('3').open).toBe('causes')
  })
})

describe('files and places', () => {
  const atPhoto = () => hardship().say('3', '生病', '1', '1', '苦')

  test('photos are gathered up to the most, or until there are no more', () => {
    const talk = atPhoto().send(photo('p1'))
    expect(talk.said).toEqual(['flow:more_files'])
    expect(talk.open).toBe('photo')
    talk.send(photo('p2')).say('好了')
    expect(talk.phase).toBe('review')
    expect(talk.say('1').submission?.answers['photo']).toBe('p1 p2')
    expect(atPhoto().send(photo('p1')).send(photo('p2')).send(photo('p3')).phase).toBe('review')
  })

  test('the wrong kind of thing is said so, and the question put again', () => {
    expect(hardship().send(photo('p1')).said).toEqual(['flow:wrong_kind.image', '几口人'])
    expect(hardship().send({ kind: 'other' }).said).toEqual(['flow:wrong_kind.other', '几口人'])
    expect(hardship().send({ kind: 'location', latitude: 1, longitude: 2 }).said[0]).toBe('flow:wrong_kind.location')
  })

  test('a position answers a question for a place', () => {
    const talk = one('{ name: where, type: geopoint, label: 哪里 }')
    talk.send({ kind: 'location', latitude: 28.31, longitude: 109.73 })
    expect(talk.log.at(-1)?.value).toBe('28.31 109.73 0 0')
    const wrong = one('{ name: where, type: geopoint, label: 哪里 }').send({
      kind: 'location',
      latitude: 128,
      longitude: 0,
    })
    expect(wrong.open).toBe('where')
  })

  test('who is asked to speak may write', () => {
    const talk = one('{ name: voice, type: audio, required: true, label: 说 }').say('我写')
    expect(talk.log.at(-1)).toMatchObject({ question: 'voice', value: '我写' })
  })

  test('a text in several messages', () => {
    const talk = one('{ name: long, type: text, appearance: multiline, label: 慢慢说 }').say('一', '二')
    expect(talk.said).toEqual(['flow:gathered'])
    talk.say('好了', '完')
    expect(talk.submission?.answers['long']).toBe('一\n二')
  })
})

describe('types', () => {
  test.each([
    ['{ name: q, type: date, label: 问 }', '昨天', '2026-11-22'],
    ['{ name: q, type: time, label: 问 }', '下午3点', '15:00'],
    ['{ name: q, type: decimal, unit: mu, label: 问 }', '两亩半', '2.5'],
    ['{ name: q, type: range, parameters: "start=0 end=10 step=2", label: 问 }', '4', '4'],
    ['{ name: q, type: rank l, label: 问 }', '2 1', 'b a'],
    ['{ name: q, type: phone, label: 问 }', '+86 138 1234 5678', '13812345678'],
    ['{ name: q, type: select_one yn, label: 问 }', '莫得', 'no'],
    ['{ name: q, type: acknowledge, label: 问 }', '好', 'OK'],
  ])('%s ← %s', (question, said, value) => {
    const talk = one(question, 'choices: { l: [{ name: a, label: 甲 }, { name: b, label: 乙 }] }').say(said, '完')
    expect(talk.submission?.answers['q']).toMatch(new RegExp(`^${value}`))
  })
})
