import { PassThrough, Readable } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { runFlowUnderstand, understandLine } from '../../src/cli/flow/understand.ts'
import type { UnderstandDeps } from '../../src/cli/flow/understand.ts'
import { NOON, WORDS } from '../flow/answers/ask.ts'

const asked: unknown[] = []
const deps: UnderstandDeps = {
  words: WORDS,
  at: NOON,
  zone: 'Asia/Shanghai',
  language: 'zh-CN',
  search(type, level, text) {
    asked.push([type, level, text])
    return Promise.resolve(text === '阳孟' ? [{ value: '吉首市/矮寨镇/阳孟村', label: '阳孟村', exact: true }] : [])
  },
  list: (name) =>
    name === 'fruit'
      ? [
          { name: 'apple', label: '苹果' },
          { name: 'pear', label: '梨' },
        ]
      : null,
}
const ask = (request: unknown) => understandLine(JSON.stringify(request), deps)

test('the two examples of the contract', async () => {
  expect(await ask({ id: '1', type: 'integer', text: '三口人', at: '2026-11-23T09:00:00+08:00', lang: 'zh-CN' })).toEqual({
    id: '1', result: 'understood', value: 3, literal: false, echo: '3',
  }) // prettier-ignore
  expect(
    await ask({
      id: '2',
      type: 'select_multiple',
      text: '1 和 住房',
      choices: [
        { name: 'illness', label: '因病' },
        { name: 'housing', label: '住房' },
      ],
    }),
  ).toMatchObject({ id: '2', result: 'understood', value: ['illness', 'housing'] })
})

test.each([
  [{ type: 'integer', unit: 'yuan', text: '三四千' }, { result: 'ambiguous', candidates: [{ value: 3000, echo: '3,000 元' }, { value: 4000, echo: '4,000 元' }] }],
  [{ type: 'integer', text: '五', constraint: '. <= 3' }, { result: 'not_allowed', why: 'answers:why.constraint' }],
  [{ type: 'integer', text: '五', constraint: '. <= ${members}', values: { members: 6 } }, { result: 'understood', value: 5, literal: false, echo: '5' }],
  [{ type: 'text', text: '一二三', constraint: 'string-length(.) <= 2' }, { result: 'not_allowed', why: 'answers:why.constraint' }],
  [{ type: 'date', text: '上个月' }, { result: 'understood', value: '2026-10-01', literal: false, echo: '2026-10', approximate: true, precision: 'month' }],
  [{ type: 'date', text: '昨天', at: '2026-03-01T00:30:00+08:00' }, { result: 'understood', value: '2026-02-28', literal: false, echo: '2026-02-28' }],
  [{ type: 'date', text: '12月', constraint: '. <= today()' }, { result: 'understood', value: '2025-12-01', literal: false, echo: '2025-12', approximate: true, precision: 'month' }],
  [{ type: 'decimal', unit: 'jin', text: '5公斤' }, { result: 'understood', value: 10, literal: false, echo: '10 斤' }],
  [{ type: 'select_one yn', text: '要得' }, { result: 'understood', value: 'yes', literal: false, echo: '是' }],
  [{ type: 'select_one yn', text: 'nope', lang: 'en' }, { result: 'understood', value: 'no', literal: false, echo: 'No' }],
  [{ type: 'select_one', text: '莫得', choices: [{ name: 'yes', label: '有' }, { name: 'no', label: '没有' }] }, { result: 'understood', value: 'no', literal: false, echo: '没有' }],
  [{ type: 'select_one fruit', text: '梨' }, { result: 'understood', value: 'pear', literal: true, echo: '梨' }],
  [{ type: 'select_one', text: 'pear', lang: 'en', choices: [{ name: 'p', label: { en: 'Pear', 'zh-CN': '梨' } }] }, { result: 'understood', value: 'p', literal: true, echo: 'Pear' }],
  [{ type: 'range', start: 1, end: 5, text: '6' }, { result: 'not_allowed', why: 'answers:why.bounds', params: { start: 1, end: 5, step: 1 } }],
  [{ type: 'phone', text: '+86 138 0013 8000' }, { result: 'understood', value: '13800138000', literal: false, echo: '138 0013 8000' }],
  [{ type: 'territory village', text: '阳孟' }, { result: 'understood', value: '吉首市/矮寨镇/阳孟村', literal: false, echo: '阳孟村' }],
  [{ type: 'household', text: '老吴' }, { result: 'not_understood' }],
  [{ type: 'int', text: '不晓得' }, { result: 'unanswered' }],
  [{ type: 'string', text: '改 3' }, { result: 'global', word: 'edit', argument: '3' }],
  [{ type: 'time', text: '下午3点' }, { result: 'understood', value: '15:00', literal: false, echo: '15:00' }],
])('%j', async (request, answer) => {
  expect(await ask({ id: 7, ...request })).toEqual({ id: 7, ...answer })
}) // prettier-ignore

test('pickers ask the registry for their level', () => {
  expect(asked).toContainEqual(['territory', 'village', '阳孟'])
  expect(asked).toContainEqual(['household', null, '老吴'])
})

test.each([
  ['not JSON', null, 'UNDERSTAND_BAD_INPUT', 'line'],
  ['[]', null, 'UNDERSTAND_BAD_INPUT', 'line'],
  ['{"id":"a","text":"3"}', 'a', 'UNDERSTAND_BAD_INPUT', 'type'],
  ['{"id":"a","type":"geotrace","text":"3"}', 'a', 'UNDERSTAND_BAD_INPUT', 'type'],
  ['{"id":"a","type":"integer"}', 'a', 'UNDERSTAND_BAD_INPUT', 'text'],
  ['{"id":"a","type":"integer","text":3}', 'a', 'UNDERSTAND_BAD_INPUT', 'text'],
  ['{"id":"a","type":"integer","text":"3","unit":"furlong"}', 'a', 'UNDERSTAND_BAD_INPUT', 'unit'],
  ['{"id":"a","type":"integer","text":"3","at":"yesterday"}', 'a', 'UNDERSTAND_BAD_INPUT', 'at'],
  ['{"id":"a","type":"integer","text":"3","tz":"Nowhere/Here"}', 'a', 'UNDERSTAND_BAD_INPUT', 'tz'],
  ['{"id":"a","type":"select_one","text":"3"}', 'a', 'UNDERSTAND_BAD_INPUT', 'choices'],
  ['{"id":"a","type":"select_one","text":"3","choices":[{"label":"x"}]}', 'a', 'UNDERSTAND_BAD_INPUT', 'choices'],
  ['{"id":"a","type":"range","text":"3","step":0}', 'a', 'UNDERSTAND_BAD_INPUT', 'step'],
  ['{"id":"a","type":"integer","text":"3","constraint":". <"}', 'a', 'EXPRESSION_INVALID', ''],
  ['{"id":"a","type":"integer","text":"3","constraint":". <= ${members}"}', 'a', 'EXPRESSION_INVALID', ''],
])('%s is refused', async (line, id, error, field) => {
  const answer = (await understandLine(line, deps)) as { message: string }
  expect(answer).toMatchObject({ id, error })
  expect(answer.message.startsWith(field) && answer.message.length > 0).toBe(true)
})

test('one line for each, in order; the end of the input is the end', async () => {
  const output = new PassThrough()
  const lines = ['{"id":1,"type":"integer","text":"三"}', '', 'x', '{"id":2,"type":"integer","text":"四"}']
  await runFlowUnderstand(Readable.from(lines.map((line) => `${line}\n`)), output, deps)
  output.end()
  const answers = (await readAll(output))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(answers.map(({ id, value, error }) => [id, value ?? error])).toEqual([
    [1, 3],
    [null, 'UNDERSTAND_BAD_INPUT'],
    [2, 4],
  ])
})
