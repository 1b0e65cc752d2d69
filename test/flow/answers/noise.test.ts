/** The sounds and words around an answer, as recognisers of speech write them down. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { understand } from '../../../src/flow/answers/understand.ts'
import type { Asked } from '../../../src/flow/answers/understanding.ts'
import { normalise } from '../../../src/flow/answers/normalise.ts'
import { quiet } from '../../../src/flow/answers/noise.ts'
import { hear, SAID, shortly, WORDS } from './ask.ts'

const causes = [
  { name: 'illness', label: '家里有人生病', also: ['生病', '住院'] },
  { name: 'housing', label: '房子有问题', also: ['房子', '漏雨'] },
  { name: 'other', label: '别的' },
]
const yn = { type: 'select_one', yesNo: true, required: true } as const
const QUESTIONS: readonly (readonly [string, Asked, string])[] = [
  ['yes-no', yn, '有'],
  ['yes-no', yn, '没得'],
  ['yes-no', yn, '说不清'],
  ['one', { type: 'select_one', choices: causes, required: true }, '住院'],
  ['one by number', { type: 'select_one', choices: causes, required: true }, '第二个'],
  ['several', { type: 'select_multiple', choices: causes, required: true }, '生病和房子'],
  ['people', { type: 'integer', unit: 'person' }, '三口人'],
  ['money', { type: 'integer', unit: 'yuan' }, '三千五'],
  ['day', { type: 'date' }, '昨天'],
  ['phone', { type: 'phone' }, '13812345678'],
  ['identity', { type: 'id_number' }, '11010519491231002X'],
  ['consent', { type: 'acknowledge' }, '同意'],
]
const LEADS = ['嗯，', '嗯嗯 ', '呃', '那个，', '就是', '啊，', '这个，', '我想想，', '哎呀，', '嗯……那个，就是说，', '怎么说呢，', '我跟你讲，', '你好，', '让我想想啊，'] // prettier-ignore
const TRAILS = ['。', '，嗯。', '啊', '嘛', '吧。', '，就是这样。', '！', '，谢谢', '，嗯，啊'] // prettier-ignore

describe.each(QUESTIONS)('%s: %#', (_, asked, answer) => {
  const plain = shortly(hear(asked, answer))
  test.each(LEADS)(`%s${answer}`, (lead) => expect(shortly(hear(asked, lead + answer))).toEqual(plain))
  test.each(TRAILS)(`${answer}%s`, (trail) => expect(shortly(hear(asked, answer + trail))).toEqual(plain))
  test('said twice, and between sounds', () => {
    expect(shortly(hear(asked, `${answer}，${answer}`))).toEqual(plain)
    expect(shortly(hear(asked, `嗯，那个，${answer}，嗯。`))).toEqual(plain)
  })
})

describe('in the middle', () => {
  test.each([
    ['生病，嗯，还有那个，房子', ['illness', 'housing'], { type: 'select_multiple', choices: causes }],
    ['生病，哎呀，还有，呃，漏雨', ['illness', 'housing'], { type: 'select_multiple', choices: causes }],
    ['生病生病，房子房子', ['illness', 'housing'], { type: 'select_multiple', choices: causes }],
    ['138，嗯，1234，呃，5678', '13812345678', { type: 'phone' }],
  ] as const)('%s', (text, value, asked) => expect(shortly(hear(asked as Asked, text))).toEqual(value))
})

test('what was understood with the noise is left alone, and a word of the house may have noise around it', () => {
  expect(hear(yn, '嗯')).toMatchObject({ value: 'yes' })
  expect(hear(yn, '嗯，跳过。')).toEqual({ result: 'global', word: 'skip' })
  expect(hear({ type: 'integer', unit: 'yuan' }, '嗯，大概三千')).toMatchObject({ value: 3000, approximate: true })
})

test('noise alone is no answer, and is never made into one', () => {
  for (const text of ['那个', '就是', '我想想', '呃', '哎呀', '那个那个，就是', '怎么说呢'])
    for (const [, asked] of QUESTIONS.filter(([name]) => !['yes-no', 'consent'].includes(name)))
      expect(hear(asked, text).result, text).not.toBe('understood')
})

test('free words keep theirs', () => {
  for (const text of ['嗯，那个，我家房子漏雨。', '就是没钱', '呃'])
    expect(hear({ type: 'text', required: true }, text)).toMatchObject({ value: text, literal: true })
})

test('quieting twice is quieting once, and never makes a text longer', () => {
  const pieces = fc.constantFrom('嗯', '呃', '那个', '就是', '我想想', '，', ' ', '三口人', '有', '没有', '生病', '1', '13812345678', '大概', '。') // prettier-ignore
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), fc.boolean(), (parts, keepsAbout) => {
      const text = normalise(parts.join(''))
      const once = quiet(text, keepsAbout)
      if (once === null) return
      expect(once.length).toBeLessThan(text.length)
      expect(once).not.toBe('')
      expect(understand({ type: 'integer' }, once, SAID, WORDS)).toBeDefined()
    }),
  )
})
