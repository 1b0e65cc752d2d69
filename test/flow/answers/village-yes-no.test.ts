/** Yes and no as people of Guizhou, Hunan and Shanxi say them, typed or written down from a recording. */
import { expect, test } from 'vitest'
import { cases, hear } from './ask.ts'

const urgent = {
  type: 'select_one' as const,
  yesNo: true,
  required: true,
  choices: [
    { name: 'yes', label: '有', also: ['是', '有的', '没饭', '没钱看', '送医院', '等不得'] },
    { name: 'no', label: '没有', also: ['没', '不是', '冇'] },
    { name: 'dk', label: '说不清', also: ['不知道'] },
  ],
}
const of = (answer: string, texts: string) => texts.split(' ').map((text) => [text, answer] as const)

cases('anything urgent?', urgent, [
  ...of('yes', '有 有的 有嘛 有嘞 有噻 有撒 有咧 有得 有的有的 硬是有 确实有 家里有 有一个 有急事 有啊，明天就要钱 有，很急 是 是的 是嘞 是滴 对 对头 对嘞 对滴 要得 要得嘛 得行 得成 着嘞 着 中 中中中 成 管 嗯 嗯呐 嗯哪 嗯嗯 昂 那是 可不是 可不 就是嘞 硬是 算是吧 怎么没有 咋没有 哪能没有 没有才怪 咋不是 应该有 也有 好得很 肯定有 阔以 you shide 没饭吃了 要送医院'),
  ...of('no', '没有 没得 没得嘞 莫得 冇得 冇 冒得 木有 无得 没有了 没有没有 没得没得 不是 不 不不不 不得行 要不得 不中 不成 不消 不消得 甭 莫 莫要 莫急 弗要 没事 没得事 冇得事 没啥子事 没啥 没么子 冇么子 没甚 没甚事 没哪样 没得哪样 不急 不太急 没那么急 不是好急 应该没有 暂时没有 眼下没得 家里没有 都没有 没有吧 哪有 没有的事 没，没有 没有什么 meiyou bushi'),
  ...of('dk', '说不清 不晓得 不晓得嘛 还不晓得 我不晓得 搞不清 说不来 讲不来 认不得 谁晓得 天晓得 可能有吧 好像没有 怕是有 说不定 也许吧 看情况 有时有 估计有 恐怕没有'),
]) // prettier-ignore

const both = { ask: ['yes', 'no'] }
cases('trouble that is told is neither yes nor no', urgent, [
  ['没活干', both], ['没得活干', both], ['没米下锅', both], ['没人管', both], ['没得钱', both], ['没有收入', both], ['家里没粮', both], ['人快不行了', both], ['冇得工作', both], ['断粮了', both], ['没水', both], ['没法', both],
]) // prettier-ignore

cases('a question back and talk are no answer', urgent, [
  ...of('NOT UNDERSTOOD', '有没有 有没有啊 有没得 是不是 对不对 行不行 行吗 可以吗 是吗 啥 什么意思 老伴病了 无所谓 不是没有 是，不是 不识字 不会打字 8'),
]) // prettier-ignore

const plain = { ...urgent, choices: urgent.choices.slice(0, 2) }
cases('half said where “can’t say” is no choice', plain, [
  ['可能没有', { ask: ['no'] }],
  ['好像有', { ask: ['yes'] }],
  ['怕是没得', { ask: ['no'] }],
  ['不晓得', 'UNANSWERED'],
  ['说不定', 'NOT UNDERSTOOD'],
])

test('what was not a label is read back', () => {
  for (const text of ['有', '没有', '1', '2'])
    expect(hear(urgent, text), text).toMatchObject({ result: 'understood', literal: true })
  for (const text of ['着嘞', '莫得', '嗯，有'])
    expect(hear(urgent, text), text).toMatchObject({ result: 'understood', literal: false })
})

cases('consent', { type: 'acknowledge', required: true }, [
  ...of('OK', '要得 得行 得嘞 中 成 好嘞 好咧 行嘞 着嘞 嗯呐 可以的 同意的 我同意 同意了 愿意 没得问题 冇问题 一 ① 1。 嗯，要得 那要得 晓得了 看完了，同意'),
  ...of('no', '不干 不得行 要不得 莫 莫要 甭 不消 不愿意 不同意 我不同意 二 ② 2。 算了 不搞 不办 冇得'),
  ...of('NOT UNDERSTOOD', '什么 3 可以吗 有没有'),
]) // prettier-ignore
