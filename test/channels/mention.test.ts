import { expect, test } from 'vitest'
import { withoutMentionOf, withoutSomeMention } from '../../src/channels/mention.ts'

test.each([
  ['@帮扶助手 待办', null, '待办'],
  ['@帮扶助手\u2005待办', null, '待办'],
  ['@帮扶助手\n待办 @张三 看', null, '待办 @张三 看'],
  ['待办 @帮扶助手', null, '待办'],
  ['@帮扶助手', null, ''],
  ['待办 @李四 家', null, '待办 @李四 家'],
  ['@帮扶 助手 待办', '帮扶 助手', '待办'],
  ['请 @帮扶(县)\u2005看 2023', '帮扶(县)', '请 看 2023'],
  ['待办 @李四', '帮扶助手', '待办 @李四'],
  ['zhang@qq.com 是我', null, 'zhang@qq.com 是我'],
])('%j in a group, the bot being %j', (said, name, left) => {
  expect(name === null ? withoutSomeMention(said) : withoutMentionOf(said, [name])).toBe(left)
})

test('the longest of the names that fit is taken', () => {
  expect(withoutMentionOf('@村务 助手 待办', ['村务', '', '村务 助手'])).toBe('待办')
  expect(withoutMentionOf('@村务 待办', [])).toBe('@村务 待办')
})
