import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cases, hear } from './ask.ts'

interface Word {
  label: string
  also: string[]
}
const lists = JSON.parse(readFileSync(new URL('./lists.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, Word>
>
const list = (name: string) => Object.entries(lists[name]!).map(([choice, words]) => ({ name: choice, ...words }))

const risk = list('risk_cause')
const many = (...names: string[]) => names
const named = risk.filter(({ name }) => name !== 'other').map(({ name }) => name)

cases('one cause', { type: 'select_one', choices: risk }, [
  ['1', 'illness'], ['家里有人生病', 'illness'], ['因病', 'illness'], ['生病', 'illness'], ['illness', 'illness'], ['①', 'illness'], ['第一个', 'illness'], ['一', 'illness'], ['１', 'illness'],
  ['选3', 'schooling'], ['3号', 'schooling'], ['最后一个', 'other'], ['十二', 'other'], ['12', 'other'], ['1 家里有人生病', 'illness'], ['1.家里有人生病', 'illness'], ['the second one', 'disability'],
  ['漏雨', 'housing'], ['屋头漏雨', 'housing'], ['房', 'housing'], ['供孩子', 'schooling'], ['东西', 'unsold'], ['hous', 'housing'], ['HOUSING', 'housing'], ['job loss', 'job_loss'], ['job_loss', 'job_loss'],
  ['yinbing', 'illness'], ['fangzi', 'housing'], ['fzywt', 'housing'], ['因并', 'illness'], ['住院了', 'illness'], ['嗯，因病', 'illness'], ['我家是因病的', 'illness'], ['家里有人生病！', 'illness'],
  ['停水', 'water'], ['停', { global: 'stop' }], ['0', { global: 'back' }], ['菜单', { global: 'menu' }], ['不知道', 'UNANSWERED'], ['没有', 'UNANSWERED'],
  ['家里', { ask: ['illness', 'labour_shortage'] }], ['房子漏雨住院', { ask: ['illness', 'housing'] }], ['不是生病', 'NOT UNDERSTOOD'], ['13', 'NOT UNDERSTOOD'],  ['你好', 'NOT UNDERSTOOD'], ['zz', 'NOT UNDERSTOOD'],
]) // prettier-ignore

cases('a list that knows “can’t say” and “none”', { type: 'select_one', choices: list('trade') }, [
  ['没有', 'none'], ['不会', 'none'], ['暂无', 'none'], ['厨师', 'cook'], ['开车', 'drive'],
]) // prettier-ignore
cases('house grade', { type: 'select_one', choices: [{ name: 'a', label: 'A级' }, { name: 'b', label: 'B级' }, { name: 'dk', label: '不清楚' }] }, [
  ['a', 'a'], ['A级', 'a'], ['Ａ级', 'a'], ['b', 'b'], ['不知道', 'dk'], ['不晓得', 'dk'], ['2', 'b'],
]) // prettier-ignore

test('one character is no more than a word of two', () => {
  const urgent = [
    { name: 'now', label: '现在就有危险' },
    { name: 'days', label: '有人这几天来' },
  ]
  for (const text of ['有', '现', '人']) {
    expect(hear({ type: 'select_one', choices: urgent, required: true }, text)).toEqual({ result: 'not_understood' })
    expect(hear({ type: 'select_multiple', choices: urgent, required: true }, text).result).toBe('not_understood')
  }
  expect(hear({ type: 'select_one', choices: urgent }, '现在')).toMatchObject({ value: 'now' })
  expect(hear({ type: 'select_multiple', choices: risk }, '有')).toEqual({ result: 'not_understood' })
  expect(hear({ type: 'select_one', choices: risk }, '房')).toMatchObject({ value: 'housing' })
})

test('required lists do not take 没有 for no answer', () => {
  expect(hear({ type: 'select_one', choices: risk, required: true }, '没有')).toEqual({ result: 'not_understood' })
})

test('labels, names and numbers are literal; synonyms are read back', () => {
  const asked = { type: 'select_one', choices: risk } as const
  for (const text of ['1', '家里有人生病', 'illness']) expect(hear(asked, text)).toMatchObject({ literal: true })
  for (const text of ['因病', '第一个', '生病了', 'yinbing'])
    expect(hear(asked, text)).toMatchObject({ literal: false, echo: '家里有人生病' })
})

cases('several causes', { type: 'select_multiple', choices: risk }, [
  ['1', many('illness')], ['1 3 4', many('illness', 'schooling', 'disaster')], ['1,3、4', many('illness', 'schooling', 'disaster')], ['１、３', many('illness', 'schooling')], ['1.3.4', many('illness', 'schooling', 'disaster')],
  ['134', many('illness', 'schooling', 'disaster')], ['3 1', many('illness', 'schooling')], ['1 1 3', many('illness', 'schooling')], ['1和3', many('illness', 'schooling')], ['1，3和10', many('illness', 'schooling', 'housing')],
  ['1 和 住房', many('illness', 'housing')], ['一、三、四', many('illness', 'schooling', 'disaster')], ['一三四', many('illness', 'schooling', 'disaster')], ['第一个和第三个', many('illness', 'schooling')], ['12', many('other')],
  ['家里有人生病', many('illness')], ['家里有人生病供孩子读书', many('illness', 'schooling')], ['家里有人生病、供孩子读书', many('illness', 'schooling')], ['因病、因学', many('illness', 'schooling')], ['因病因学', many('illness', 'schooling')],
  ['生病和上学', many('illness', 'schooling')], ['生病 房子', many('illness', 'housing')], ['屋头漏雨，又住院', many('illness', 'housing')], ['漏雨', many('housing')], ['老伴住院了，房子也漏雨', many('illness', 'housing')],
  ['illness housing', many('illness', 'housing')], ['illness and housing', many('illness', 'housing')], ['yinbing', many('illness')], ['1 housing', many('illness', 'housing')], ['病，没水', many('illness', 'water')],
  ['都有', named], ['全部', named], ['全都有', named], ['样样都有', named], ['all', named], ['除了2都有', named.filter((name) => name !== 'disability')],
  ['没有生病，房子漏雨', many('housing')], ['不知道', 'UNANSWERED'], ['没有', 'UNANSWERED'], ['停', { global: 'stop' }], ['0', { global: 'back' }], ['菜单', { global: 'menu' }],
  ['1 99', 'NOT UNDERSTOOD'], ['你好', 'NOT UNDERSTOOD'],  ['99', 'NOT UNDERSTOOD'],
]) // prettier-ignore

test('several literal choices are literal and read back in the order of the list', () => {
  const asked = { type: 'select_multiple', choices: risk } as const
  expect(hear(asked, '3 1')).toEqual({
    result: 'understood',
    value: ['illness', 'schooling'],
    literal: true,
    echo: '家里有人生病、供孩子读书',
  })
  expect(hear(asked, '1 和 住房')).toMatchObject({ literal: false })
})

cases('rank', { type: 'rank', choices: risk.slice(0, 3) }, [
  ['3 1 2', many('schooling', 'illness', 'disability')], ['312', many('schooling', 'illness', 'disability')], ['三一二', many('schooling', 'illness', 'disability')], ['3>1>2', many('schooling', 'illness', 'disability')],
  ['供孩子读书、因病、因残', many('schooling', 'illness', 'disability')], ['1 2', { refused: 'rank_all' }], ['1 1 2', { refused: 'rank_all' }], ['都', 'NOT UNDERSTOOD'], ['不知道', 'UNANSWERED'], ['停', { global: 'stop' }],
]) // prettier-ignore
