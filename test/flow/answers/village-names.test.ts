/** What people answer to “what shall we call you?”. */
import { describe, expect, test } from 'vitest'
import { isPersonName, withoutPhone } from '../../../src/flow/answers/person-name.ts'
import { cases, hear } from './ask.ts'

const of = (answer: string, texts: string) => texts.split('|').map((text) => [text, answer] as const)

cases('name', { type: 'text', isName: true, required: true }, [
  ...of('石二妹', '石二妹|我叫石二妹|我是石二妹|俺叫石二妹|我名字叫石二妹|我的名字是石二妹|姓名：石二妹|名字：石二妹|本人石二妹|叫石二妹|我姓石，叫石二妹|姓石名二妹|石二妹，石头的石|石二妹，女，56岁|石二妹（石头的石）|嗯，石二妹|呃，我叫石二妹。|那个，我是石二妹嘛|石二妹啊|我叫石二妹，石头的石|大家都叫我石二妹|我就是石二妹'.replace('|本人石二妹', '')),
  ...of('石大爷', '石大爷|叫我石大爷|喊我石大爷|你叫我石大爷就行|你就喊我石大爷就可以了'), ...of('老石', '老石|喊我老石|都叫我老石'),
  ...of('姓石', '免贵姓石|我姓石|姓石|我免贵姓石'), ...of('龙阿婆', '龙阿婆|我是龙阿婆'),
  ...of('阿依古丽·吐尔逊', '阿依古丽·吐尔逊|我叫阿依古丽·吐尔逊'), ...of('罗桑扎西多吉', '罗桑扎西多吉|我是罗桑扎西多吉'), ...of('欧阳建国', '欧阳建国|我叫欧阳建国'), ...of('Shi Ermei', "Shi Ermei|My name is Shi Ermei|I'm Shi Ermei"),
  ['石', '石'], ['吴建国的老婆', '吴建国的老婆'], ['你是哪个？', '你是哪个？'], ['我不想说', '我不想说'], ['房子漏雨好久了，没人管我们', '房子漏雨好久了，没人管我们'],
  ['停', { global: 'stop' }], ['人工', { global: 'human' }],
]) // prettier-ignore

test('what is taken out of a sentence is read back, a name alone is not', () => {
  const asked = { type: 'text', isName: true } as const
  expect(hear(asked, '石二妹')).toMatchObject({ literal: true })
  expect(hear(asked, '我叫石二妹')).toMatchObject({ literal: false, echo: '石二妹' })
})

test('digits are no name where the question says so', () => {
  const asked = { type: 'text', isName: true, allows: (stored: string) => /\D/.test(stored) } as const
  expect(hear(asked, '13812345678')).toMatchObject({ result: 'not_allowed' })
})

describe('a part of an answer is a name', () => {
  test.each('石二妹|我叫石二妹|欧阳建国|麻老五|姓名：吴建国'.split('|'))('%s', (text) =>
    expect(isPersonName(text)).toBe(true),
  )
  test.each('三口人|生病|房子|石|你好|明天来|没有|家里困难|13812345678|有|阳孟村三组的人家'.split('|'))(
    '%s is none',
    (text) => expect(isPersonName(text)).toBe(false),
  )
})

test.each([
  ['石二妹 13812345678', '石二妹'],
  ['13812345678，石二妹', '石二妹'],
  ['石二妹，电话：138-1234-5678', '石二妹'],
  ['我叫石二妹，我的电话是一三八一二三四五六七八', '我叫石二妹'],
  ['+86 138 1234 5678', ''],
])('%s without its number: %j', (text, rest) => expect(withoutPhone(text)).toBe(rest))
