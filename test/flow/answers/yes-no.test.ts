import { expect, test } from 'vitest'
import { yesNoChoices } from '../../../src/flow/answers/yes-no.ts'
import { cases, hear } from './ask.ts'

const choices = yesNoChoices('zh-CN')
const of = (answer: string, texts: string) => texts.split(' ').map((text) => [text, answer] as const)

cases('yes or no', { type: 'select_one', yesNo: true, choices }, [
  ...of('yes', '是 有 要得 对 嗯 好 行 可以 中 成 是的 有的 对头 得行 没错 不错 没问题 是啊 有啊 嗯嗯 好好好 有有有 当然 应该是 肯定有 是的，很急 愿意 同意 交了 够了 👍 👍🏽 👌 ✅ y yes YES Yeah ok 好的呢 1 ① 一 第一个'),
  ...of('no', '不是 没 没有 不 不要 莫得 冇得 冇 不行 否 没得 没有啊 不用 没有没有 还没 没交 没办 不急 不愿意 没住人 没人住 不够 不存在 👎 ❌ n no No nope 2 第二个 没有，都好 家里没有 无'),
  ...of('dk', '说不清 不晓得 不知道 不清楚 不好说 难讲 哪个晓得 可能 也许 3 嗯不晓得哦 搞不清'),
  ['是不是', 'NOT UNDERSTOOD'], ['不是没有', 'NOT UNDERSTOOD'], ['是，不是', 'NOT UNDERSTOOD'], ['你好', 'NOT UNDERSTOOD'], ['4', 'NOT UNDERSTOOD'], ['无所谓', 'NOT UNDERSTOOD'],
  ['停', { global: 'stop' }], ['0', { global: 'back' }], ['上一步', { global: 'back' }], ['人工', { global: 'human' }],
]) // prettier-ignore

cases('yes or no without “can’t say”', { type: 'select_one', yesNo: true, choices: choices.slice(0, 2) }, [
  ['说不清', 'UNANSWERED'], ['不晓得', 'UNANSWERED'], ['可能', 'NOT UNDERSTOOD'], ['3', 'NOT UNDERSTOOD'], ['有', 'yes'],
]) // prettier-ignore

cases('yes or no, nothing given', { type: 'select_one', yesNo: true }, [
  ['有', 'yes'],
  ['莫得', 'no'],
  ['说不清', 'dk'],
  ['2', 'no'],
])

const urgent = [
  { name: 'yes', label: '有', also: ['有的', '没饭', '没钱看', '送医院'] },
  { name: 'no', label: '没有' },
  { name: 'dk', label: '说不清' },
]
cases('what is told instead of yes, in the question’s own words', { type: 'select_one', yesNo: true, choices: urgent }, [
  ...of('yes', '没饭吃 没饭吃了 家里没饭吃了 没钱看病 要送医院 有'),
  ...of('no', '没有 没有，就是没钱看戏 没事 没交'),
]) // prettier-ignore

test('a label, a name and a number are literal, other words are read back', () => {
  const asked = { type: 'select_one', yesNo: true, choices } as const
  expect(hear(asked, '是')).toEqual({ result: 'understood', value: 'yes', literal: true, echo: '是' })
  expect(hear(asked, '2')).toEqual({ result: 'understood', value: 'no', literal: true, echo: '不是' })
  expect(hear(asked, '莫得')).toEqual({ result: 'understood', value: 'no', literal: false, echo: '不是' })
})

cases('consent', { type: 'acknowledge' }, [
  ['1', 'OK'], ['同意', 'OK'], ['好', 'OK'], ['可以', 'OK'], ['ok', 'OK'], ['OK', 'OK'], ['好的，同意', 'OK'], ['我同意', 'OK'], ['知道了', 'OK'], ['嗯', 'OK'], ['要得', 'OK'], ['I agree', 'OK'],
  ['2', 'no'], ['不同意', 'no'], ['不', 'no'], ['不愿意', 'no'], ['no', 'no'], ['拒绝', 'no'], ['什么', 'NOT UNDERSTOOD'], ['3', 'NOT UNDERSTOOD'], ['停', { global: 'stop' }], ['不知道', 'UNANSWERED'],
]) // prettier-ignore
