/** `flow understand` and `flow eval` of interfaces.md §1, on the words that ship. */
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import { parseInstant, type Instant } from '../../src/base/time.ts'
import { readResources } from '../../src/cli/definitions.ts'
import { evalLine } from '../../src/cli/flow/eval.ts'
import { understandLine } from '../../src/cli/flow/understand.ts'
import { flowWords } from '../../src/text/flow-words.ts'
import { loadText } from '../../src/text/text.ts'

const at = parseInstant('2026-11-23T09:00:00+08:00') as Instant
const resources = readResources('locales')
const text = loadText({ resources, defaultLocale: 'zh-CN' })
const { forms } = flowWords(text, resources)

const understand = (request: object): Promise<object> =>
  understandLine(JSON.stringify({ id: '1', at: '2026-11-23T09:00:00+08:00', lang: 'zh-CN', ...request }), {
    words: forms,
    at,
    zone: 'Asia/Shanghai',
    language: 'zh-CN',
    search: () => Promise.resolve([]),
  })

const CAUSES = [
  { name: 'illness', label: '因病' },
  { name: 'housing', label: '住房', also: ['漏雨', '房子'] },
]
const WATER = [
  { name: 'water', label: '停水' },
  { name: 'power', label: '停电' },
]
const understood = (value: unknown, more: object = {}) => ({ result: 'understood', value, ...more })

test.each<[object, object]>([
  [{ type: 'integer', text: '三口人' }, understood(3, { literal: false, echo: '3' })],
  [{ type: 'select_multiple', text: '1 和 住房', choices: CAUSES }, understood(['illness', 'housing'])],
  [{ type: 'integer', text: '三四千' }, { result: 'ambiguous', candidates: [{ value: 3000, echo: '3000' }, { value: 4000, echo: '4000' }] }],
  [{ type: 'integer', unit: 'yuan', text: '一万二千多' }, understood(12000, { approximate: true })],
  [{ type: 'decimal', unit: 'jin', text: '5公斤' }, understood(10)],
  [{ type: 'decimal', unit: 'mu', text: '两亩半' }, understood(2.5)],
  [{ type: 'integer', unit: 'yuan', text: '３５００' }, understood(3500, { literal: true })],
  [{ type: 'integer', unit: 'yuan', text: '一分没有' }, understood(0)],
  [{ type: 'integer', unit: 'person', text: '我和老伴' }, { result: 'ambiguous' }],
  [{ type: 'date', text: '3月' }, understood('2026-03-01', { precision: 'month', approximate: true })],
  [{ type: 'date', text: '上周三' }, understood('2026-11-18')],
  [{ type: 'date', text: '腊月二十三' }, understood('2027-01-30')],
  [{ type: 'time', text: '下午3点' }, understood('15:00')],
  [{ type: 'phone', text: '+86 １３８-0013-8000' }, understood('13800138000')],
  [{ type: 'id_number', text: '11010519491231002x' }, understood('11010519491231002X')],
  [{ type: 'id_number', text: '110105194912310021' }, { result: 'not_allowed', why: 'answers:why.id_checksum' }],
  [{ type: 'select_one yn', text: '👍' }, understood('yes')],
  [{ type: 'select_one', text: '莫得', choices: [{ name: 'yes', label: '有' }, { name: 'no', label: '没有' }] }, understood('no')],
  [{ type: 'select_one yn', text: '不晓得' }, understood('dk')],
  [{ type: 'select_one', text: '漏雨', choices: CAUSES }, understood('housing')],
  [{ type: 'select_one', text: '第一个', choices: WATER }, understood('water')],
  [{ type: 'select_one', text: 'tingdian', choices: WATER }, understood('power')],
  [{ type: 'select_one', text: '停', choices: WATER }, { result: 'global', word: 'stop' }],
  [{ type: 'text', text: '菜单' }, { result: 'global', word: 'menu' }],
  [{ type: 'integer', text: '不知道' }, { result: 'unanswered' }],
  [{ type: 'integer', text: '25', constraint: '. >= 1 and . <= 20' }, { result: 'not_allowed', why: 'answers:why.constraint' }],
  [{ type: 'integer', text: '哈哈哈' }, { result: 'not_understood' }],
])('understand %j', async (request, answer) => {
  const said = (await understand(request)) as { result: string }
  expect(said).toMatchObject({ id: '1', ...answer })
  if (said.result === 'understood')
    expect(said).toMatchObject({ literal: expect.any(Boolean) as boolean, echo: expect.any(String) as string })
}) // prettier-ignore

const people = { people: [{ age: '3' }, { age: '9' }] }

test.each<[object, unknown]>([
  [{ expr: '${a} + 1', values: { a: '2' } }, 3],
  [{ expr: '. > 3', self: '5' }, true],
  [{ expr: '${age}', values: people, in_repeat: { people: 2 }, as: 'number' }, 9],
  [{ expr: '${age}', values: people }, ['3', '9']],
  [{ expr: '${age}', values: people, as: 'string' }, '3'],
  [{ expr: 'position(..)', values: people, in_repeat: { people: 2 } }, 2],
  [{ expr: 'sum(${age})', repeat_fields: { people: ['age'] } }, 0],
  [{ expr: "jr:choice-name('b', '${q}')", values: { q: 'b' }, selects: { q: 'select_one l' }, choices: { l: [{ name: 'b', label: { 'zh-CN': '蜂', en: 'Bee' } }] }, lang: 'en' }, 'Bee'],
  [{ expr: "instance('v')/root/item[name=${x}]/col", values: { x: 'b' }, instances: { v: [{ name: 'a', col: '1' }, { name: 'b', col: '2' }] } }, ['2']],
  [{ expr: 'county = ${c}', values: { c: 'j' }, choice: { name: 'x', county: 'j' } }, true],
  [{ expr: 'today()', now: '2026-11-25T23:30:00Z', tz: 'Asia/Shanghai' }, '2026-11-26'],
  [{ expr: 'now()', now: '2026-11-25T23:30:00Z', tz: 'America/New_York' }, '2026-11-25T18:30:00-05:00'],
  [{ expr: "selected(${l}, 'b')", values: { l: 'a b' } }, true],
  [{ expr: '${x} != 0', values: { x: '' } }, true],
  [{ expr: "'false'", as: 'boolean' }, true],
  [{ expr: "''", as: 'number' }, 'NaN'],
  [{ expr: '1 div 0' }, 'Infinity'],
  [{ expr: '-1 div 0' }, '-Infinity'],
  [{ expr: "${d} < '2026-03-06'", values: { d: '2026-03-05' } }, true],
  [{ expr: "string-length('𠮷林')" }, 2],
  [{ expr: "regex('abc', 'b')" }, false],
])('eval %j is %j', (request, value) => {
  const answer = evalLine(JSON.stringify({ id: '1', ...request }), { now: at, zone: 'Asia/Shanghai', random: seededRandom(1) })
  expect(answer).toEqual({ id: '1', value })
}) // prettier-ignore

test.each(['${a} == 1', 'TODAY()', '${zz}', '（1）', 'if(1, 2)', "'abc", '1 AND 2', '1 +', "area('1 2')", ''])(
  'eval refuses %s',
  (expr) => {
    const answer = evalLine(JSON.stringify({ id: '1', expr, values: { a: '1' } }), {
      now: at,
      zone: 'Asia/Shanghai',
      random: seededRandom(1),
    })
    expect(answer).toEqual({ id: '1', error: 'EXPRESSION_INVALID', message: expect.stringMatching(/./) as string })
  },
)
