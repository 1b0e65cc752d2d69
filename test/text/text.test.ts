import { describe, expect, test } from 'vitest'
import { loadText } from '../../src/text/text.ts'

const resources = {
  'zh-CN': {
    flow: {
      left: '还差 ${n} 个问题',
      days: '${count} 天',
      by: '最迟${day, weekday}前',
      exact: '${day, fulldate}，${day, date}',
      sum: '一共 ${sum, number} 元',
      pair: '${a} ${b}',
      only: '只有中文',
    },
    'flows/hardship_report': {
      title: '家里有难处',
      triggers: ['防贫申报', '困难申报'],
      questions: { members: { label: '几口人？' } },
      choices: { place: { 'a.b': '甲', 'c:d': '乙', constructor: '丙', other: { label: '别的', also: ['其他'] } } },
    },
  },
  en: {
    flow: {
      left: '${n} questions to go',
      days: '${count} days',
      days_one: '${count} day',
      by: 'by ${day, weekday}',
      pair: '${a} ${b}',
    },
    'flows/hardship_report': { title: 'Hard times at home', choices: { place: { other: 'Something else' } } },
  },
}
const text = loadText({ resources, defaultLocale: 'zh-CN' })

describe('finding words', () => {
  test('in the language asked for, sentence by sentence, else in Chinese', () => {
    expect(text.say({ key: 'flows/hardship_report:title' }, 'en')).toBe('Hard times at home')
    expect(text.say({ key: 'flows/hardship_report:questions.members.label' }, 'en')).toBe('几口人？')
    expect(text.say({ key: 'flow:only' }, 'mww')).toBe('只有中文')
  })

  test('a language nobody knows is spoken to in the default one, a dialect in its language', () => {
    expect(text.languageFor('en-GB')).toBe('en')
    expect(text.languageFor('zh_TW')).toBe('zh-CN')
    expect(text.languageFor('__proto__')).toBe('zh-CN')
    expect(text.languageFor(null)).toBe('zh-CN')
    expect(loadText({ resources, defaultLocale: 'en' }).languageFor('fr')).toBe('en')
  })

  test('choice names may hold dots, colons and names of the language itself', () => {
    for (const [name, label] of [
      ['a.b', '甲'],
      ['c:d', '乙'],
      ['constructor', '丙'],
    ]) {
      expect(text.say({ key: `flows/hardship_report:choices.place.${name}` }, 'zh-CN')).toBe(label)
    }
    expect(text.has('flows/hardship_report:choices.place.toString', 'zh-CN')).toBe(false)
    expect(text.has('__proto__:toString', 'zh-CN')).toBe(false)
  })

  test('a choice written short in one language and long in another is the same choice', () => {
    expect(text.say({ key: 'flows/hardship_report:choices.place.other.label' }, 'en')).toBe('Something else')
    expect(text.say({ key: 'flows/hardship_report:choices.place.other' }, 'zh-CN')).toBe('别的')
  })

  test('a key that nobody has is shown, not hidden', () => {
    expect(text.say({ key: 'flow:nothing' }, 'en')).toBe('flow:nothing')
    expect(text.say({ key: 'nothing' }, 'en')).toBe('nothing')
    expect(text.raw('en', 'flow:nothing')).toBeUndefined()
  })

  test('raw sentences, lists and whole files for the loader', () => {
    expect(text.raw('en', 'flow:left')).toBe('${n} questions to go')
    expect(text.object('en', 'flows/hardship_report:triggers')).toEqual(['防贫申报', '困难申报'])
    expect(text.object('en', 'flow:')).toBe(resources.en.flow)
    expect(text.object('en', 'flow:left')).toBeUndefined()
    expect([text.own('en', 'flow:left'), text.own('en', 'flow:only'), text.own('mww', 'flow:only')]).toEqual([
      true,
      false,
      false,
    ])
    expect(text.raw('en', 'flow.left')).toBe('${n} questions to go')
  })
})

describe('filling in', () => {
  test('plural forms where a language has them', () => {
    const days = (count: number, language: string) => text.say({ key: 'flow:days', params: { count } }, language)
    expect([days(1, 'en'), days(2, 'en'), days(0, 'en')]).toEqual(['1 day', '2 days', '0 days'])
    expect(days(1, 'zh-CN')).toBe('1 天')
  })

  test('days and sums as people write them', () => {
    const by = { key: 'flow:by', params: { day: '2026-11-25' } }
    expect(text.say(by, 'zh-CN')).toBe('最迟11月25日周三前')
    expect(text.say(by, 'en')).toBe('by Wed, November 25')
    expect(text.say({ key: 'flow:exact', params: { day: '2026-11-25' } }, 'zh-CN')).toBe('2026年11月25日，11月25日')
    expect(text.say({ key: 'flow:exact', params: { day: '明天' } }, 'zh-CN')).toBe('明天，明天')
    expect(text.say({ key: 'flow:sum', params: { sum: 13500.5 } }, 'zh-CN')).toBe('一共 13,500.5 元')
    expect(text.say({ key: 'flow:sum', params: { sum: '不知道' } }, 'zh-CN')).toBe('一共 不知道 元')
  })

  test('a sentence inside a sentence, in the same language', () => {
    const params = { a: { key: 'flow:left', params: { n: 3 } }, b: { literal: '${n}' } }
    expect(text.say({ key: 'flow:pair', params }, 'en')).toBe('3 questions to go ${n}')
  })

  test.each(['${b}', '$t(flow:left)', '$&', "$'", '{{b}}', '${a}', '$', '${', '__proto__'])(
    'what a person typed stays what it is: %s',
    (typed) => {
      expect(text.say({ key: 'flow:pair', params: { a: typed, b: 'B' } }, 'zh-CN')).toBe(`${typed} B`)
      expect(text.say({ key: 'flow:pair', params: { a: 'A', b: typed } }, 'zh-CN')).toBe(`A ${typed}`)
      expect(text.say({ literal: typed }, 'zh-CN')).toBe(typed)
    },
  )

  test('a parameter nobody gave leaves nothing behind', () => {
    expect(text.say({ key: 'flow:left' }, 'zh-CN')).toBe('还差  个问题')
    expect(text.say({ key: 'flow:pair', params: { b: 'B' } }, 'zh-CN')).toBe(' B')
  })

  test('lists as each language joins them', () => {
    const items = ['漏雨', '停水'].map((literal) => ({ literal }))
    expect(text.list(items, 'zh-CN')).toBe('漏雨、停水')
    expect(text.list([{ literal: 'rain' }, { literal: 'wind' }], 'en')).toBe('rain, wind')
    expect(text.list([], 'en')).toBe('')
  })
})

test('two instances know nothing of each other', () => {
  const other = loadText({ resources: { 'zh-CN': { flow: { left: '另一个' } } }, defaultLocale: 'zh-CN' })
  expect(other.say({ key: 'flow:left' }, 'zh-CN')).toBe('另一个')
  expect(text.say({ key: 'flow:left', params: { n: 1 } }, 'zh-CN')).toBe('还差 1 个问题')
})

test('a known sentence costs well under two microseconds', () => {
  const phrase = { key: 'flows/hardship_report:title' }
  const rounds = 200_000
  for (let i = 0; i < 10_000; i++) text.say(phrase, 'en')
  const start = process.hrtime.bigint()
  for (let i = 0; i < rounds; i++) text.say(phrase, 'en')
  const nanoseconds = Number(process.hrtime.bigint() - start) / rounds
  expect(nanoseconds).toBeLessThan(2_000)
})
