import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAskWords } from '../../../src/flow/intent/asks.ts'
import { lexicon } from '../../../src/flow/intent/lexicon.ts'
import { readDanger, readTelling } from '../../../src/flow/intent/telling.ts'
import { FIRST_MESSAGES } from './first-messages.ts'

const WORDS = lexicon(
  ['zh-CN', 'en'].map((language) => {
    const file = `locales/${language}/asks.json`
    return [file, readAskWords(file, JSON.parse(readFileSync(file, 'utf8')) as never)] as const
  }),
)

/** The same short form as in the table. */
function heard(said: string): string {
  const { flows, danger, talk, advert, insult, policy } = readTelling(WORDS, said)
  const what = advert
    ? 'advert'
    : flows.length > 0
      ? flows.toSorted().join(' ')
      : talk !== null
        ? 'talk'
        : policy
          ? 'rule'
          : insult
            ? 'insult'
            : 'menu'
  return danger === null ? what : `! ${what}`
}

const sorted = (wants: string) => {
  const alarm = wants.startsWith('! ') ? '! ' : ''
  return alarm + wants.slice(alarm.length).split(' ').toSorted().join(' ')
}

describe('what people write first', () => {
  test('the table is long enough to mean something', () => {
    expect(FIRST_MESSAGES.length).toBeGreaterThanOrEqual(250)
    expect(new Set(FIRST_MESSAGES.map(([said]) => said)).size).toBe(FIRST_MESSAGES.length)
  })

  test.each(FIRST_MESSAGES)('%s: %s', (said, wants) => {
    expect(heard(said)).toBe(sorted(wants))
  })

  test('no flow is ever named alone that is not wanted', () => {
    const wrong = FIRST_MESSAGES.filter(([said, wants]) => {
      const { flows } = readTelling(WORDS, said)
      return flows.length === 1 && !wants.split(' ').includes(flows[0] as string)
    })
    expect(wrong).toEqual([])
  })

  test('blanks, punctuation, case and full width make no difference', () => {
    for (const said of [
      '屋 头 漏 雨',
      '屋头漏雨！！！',
      '  屋头漏雨。',
      '屋头漏雨\n',
      'MY ROOF IS LEAKING',
      'ｍｙ ｒｏｏｆ ｉｓ ｌｅａｋｉｎｇ',
    ])
      expect(readTelling(WORDS, said).flows, said).toEqual(['housing_report'])
  })
})

describe('danger', () => {
  test.each([
    ['房子快塌了', 'collapse'],
    ['后山滑坡了', 'collapse'],
    ['着火了', 'fire'],
    ['我爸晕倒了', 'ill'],
    ['她喝药了', 'life'],
    ['有人要杀人', 'violence'],
    ['洪水来了', 'water'],
  ])('%s is %s', (said, kind) => {
    expect(readDanger(WORDS, said)).toBe(kind)
  })

  test.each([
    '房子没有塌',
    '山没有滑',
    '去年房子塌了一半',
    '老伴天天喝药',
    '要按时喝药',
    '天都塌了',
    '累死了',
    '停电到现在',
    '杀猪的人来了',
    '拿镰刀割谷子',
    '三口人',
    '13812345678',
  ])('%s is none', (said) => {
    expect(readDanger(WORDS, said)).toBeNull()
  })
})

test('what was said to be well, or taken back, does not count', () => {
  expect(readTelling(WORDS, '房子漏雨，娃儿上学去了，没水吃').clear).toBe('房子漏雨,没水吃')
  expect(readTelling(WORDS, '房子漏雨，算了，没水吃').clear).toBe('没水吃')
})

test('any text at all is read, in a moment', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 4000 }),
    fc
      .array(fc.constantFrom('房子', '没', '水', '塌', '不', '我', '娃儿', ',', '是不是', '学', '喝药', ' ', 'a'), {
        maxLength: 600,
      })
      .map((parts) => parts.join('')),
  )
  readTelling(WORDS, '房子')
  fc.assert(
    fc.property(texts, (said) => {
      const { flows, clear } = readTelling(WORDS, said)
      expect(new Set(flows).size).toBe(flows.length)
      expect(clear.length).toBeLessThanOrEqual(1200)
      readDanger(WORDS, said)
    }),
    { numRuns: 100 },
  )
})

describe('words that are wrong', () => {
  const made = (words: Record<string, unknown>) => () =>
    lexicon([['asks.json', readAskWords('asks.json', words as never)]])
  test.each([
    [{ flows: { a: { asks: ['(房子'] } } }],
    [{ flows: { a: { asks: ['{nothing}漏'] } } }],
    [{ flows: { a: { asks: '房子' } } }],
    [{ fine: 'x' }],
  ])('%j is refused with the file', (words) => {
    expect(made(words)).toThrow(expect.objectContaining({ code: 'LOCALE_INVALID' }) as Error)
  })
})
