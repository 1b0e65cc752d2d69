import { expect, test } from 'vitest'
import { gaps } from '../../src/text/gaps.ts'
import { parseLocale } from '../../src/text/resources.ts'

test('tells what a language lacks and what a sentence can never be given', () => {
  const found = gaps({
    'zh-CN': {
      flow: { a: '甲', b: '${n} 个', days: '${count} 天', list: { x: { label: '丙', also: ['丁'] } } },
      menu: { hi: '好' },
    },
    en: { flow: { b: '${number} pieces', days: 'days', days_one: '${count} day', list: { x: 'C' }, c: 'C' } },
  })
  expect(found.map((gap) => `${gap.language} ${gap.namespace}:${gap.path} ${gap.problem} ${gap.detail}`)).toEqual([
    'en flow:a missing written in zh-CN',
    'zh-CN flow:b parameter n',
    'en flow:b parameter number',
    'en menu:hi missing written in zh-CN',
    'zh-CN flow:c missing written in en',
  ])
})

test('a file that is no locale is refused with its name', () => {
  expect(parseLocale('en/flow.json', '{"a":{"b":"c","d":["e"]}}')).toEqual({ a: { b: 'c', d: ['e'] } })
  expect(() => parseLocale('en/flow.json', '{')).toThrowError(/LOCALE_INVALID.*en\/flow\.json/)
  expect(() => parseLocale('en/flow.json', '[]')).toThrowError(/not an object/)
  expect(() => parseLocale('en/flow.json', '{"a":{"b":3}}')).toThrowError(/a\.b is no sentence/)
})
