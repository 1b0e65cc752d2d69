import { expect, test } from 'vitest'
import { cases, hear } from './ask.ts'

cases('text', { type: 'text' }, [
  ['我家漏雨', '我家漏雨'], ['  说 ３ 句！ ', '说 ３ 句！'], ['停水三天了', '停水三天了'], ['帮助我们', '帮助我们'], ['没有', 'UNANSWERED'], ['菜单', { global: 'menu' }], ['菜 单', { global: 'menu' }], ['菜单。', { global: 'menu' }], ['停', { global: 'stop' }], ['取消', { global: 'stop' }], ['0', { global: 'back' }],
  ['上一步', { global: 'back' }], ['跳过', { global: 'skip' }], ['改 3', { global: 'edit 3' }], ['改3', { global: 'edit 3' }], ['改第三题', { global: 'edit 3' }], ['改', { global: 'edit' }], ['看看', { global: 'show' }], ['重来', { global: 'restart' }], ['帮助', { global: 'help' }], ['人工', { global: 'human' }],
  ['语言', { global: 'language' }], ['进度', { global: 'status' }], ['投诉', { global: 'complain' }], ['我的资料', { global: 'profile' }], ['删除资料', { global: 'erase' }], ['退订', { global: 'mute' }], ['订阅', { global: 'unmute' }], ['HELP', { global: 'help' }], ['edit 3', { global: 'edit 3' }], ['ｍｅｎｕ', { global: 'menu' }],
  ['改天再说', '改天再说'], ['不知道', 'UNANSWERED'], ['', 'NOT UNDERSTOOD'], ['   ', 'NOT UNDERSTOOD'],
]) // prettier-ignore

test('where an answer is required, not knowing is an answer to be read by people', () => {
  expect(hear({ type: 'text', required: true }, '不知道')).toMatchObject({ result: 'understood', value: '不知道' })
})

test('a long story is kept whole; its length is the constraint’s to judge', () => {
  const story = '屋头漏雨'.repeat(2_000)
  expect(hear({ type: 'text' }, story)).toMatchObject({ result: 'understood', value: story, literal: true })
  expect(hear({ type: 'text', allows: (stored) => stored.length <= 500, why: 'too_long' }, story)).toEqual({
    result: 'not_allowed',
    why: 'too_long',
  })
})

cases('media', { type: 'image' }, [
  ['没有', 'UNANSWERED'], ['没', 'UNANSWERED'], ['无', 'UNANSWERED'], ['跳过', { global: 'skip' }], ['等一下', 'NOT UNDERSTOOD'],
]) // prettier-ignore
