import { expect, test } from 'vitest'
import { cases, hear } from './ask.ts'

cases('people', { type: 'integer', unit: 'person' }, [
  ['3', 3], ['３', 3], ['三', 3], ['三口人', 3], ['三口', 3], ['3个人', 3], ['3 个', 3], ['三个人。', 3],
  ['我家三口人', 3], ['家里有四口人', 4], ['一家三口', 3], ['我们一家五口人', 5], ['一共6个人', 6], ['嗯就是那个五口', 5],
  ['俩', 2], ['我们俩', 2], ['仨人', 3], ['廿', 20], ['十二个', 12], ['20', 20], ['壹拾', 10], ['就我一个人', 1], ['我一个', 1],
  ['两个大人一个小孩', 3], ['三个老人两个孩子', 5], ['我和老伴', { ask: [2] }], ['我和老伴还有两个孙子', { ask: [4] }],
  ['我、老伴、儿子', { ask: [3] }], ['三四个', { ask: [3, 4] }], ['两三个人', { ask: [2, 3] }], ['三五个', { ask: [3, 5] }],
  ['三到五个', { ask: [3, 5] }], ['3-5个', { ask: [3, 5] }], ['大概五个人吧', { about: 5 }], ['十几个', { about: 10 }], ['差不多4个', { about: 4 }],
  ['没有', 0], ['没得', 0], ['冇', 0], ['一个都没有', 0], ['莫得', 0], ['0', 0], ['零', 0],
  ['不晓得', 'UNANSWERED'], ['不知道', 'UNANSWERED'], ['说不清', 'UNANSWERED'], ['嗯，我也不知道', 'UNANSWERED'],
  ['三斤', 'NOT UNDERSTOOD'], ['三亩', 'NOT UNDERSTOOD'], ['3块', 'NOT UNDERSTOOD'], ['¥3', 'NOT UNDERSTOOD'], ['几个', 'NOT UNDERSTOOD'],
  ['三口人，一个小孩', { ask: [3, 1] }], ['我家有4口人，两个老人两个小孩', 4], ['我跟老婆两个人', 2], ['就我们老两口', 2], ['四口人，都在家', 4], ['5、6个', { ask: [5, 6] }], ['就我一个在挣', 1], ['你好', 'NOT UNDERSTOOD'], ['3 4', 'NOT UNDERSTOOD'],
  ['2.5', { refused: 'whole' }], ['-3', { refused: 'negative' }], ['负三', { refused: 'negative' }], ['13800138000', { refused: 'too_big' }],
  ['three', 3], ['three people', 3], ['we are 3', 3], ['there are five of us', 5], ['me and my wife', { ask: [2] }], ['about 5 people', { about: 5 }],
  ['菜单', { global: 'menu' }], ['停', { global: 'stop' }], ['改 3', { global: 'edit 3' }],
]) // prettier-ignore

cases('a bare number', { type: 'integer' }, [
  ['三口人', 3], ['45岁', 45], ['三天', 3], ['3户', 3], ['两次', 2], ['三千五', 3500], ['二〇二六', 2026], ['〇', 0], ['一百零五', 105], ['1e5', 'NOT UNDERSTOOD'],
  ['0x10', 'NOT UNDERSTOOD'], ['NaN', 'NOT UNDERSTOOD'], ['Infinity', 'NOT UNDERSTOOD'], ['-', 'NOT UNDERSTOOD'], ['一半', 'NOT UNDERSTOOD'], ['', 'NOT UNDERSTOOD'],
  ['。。。', 'NOT UNDERSTOOD'], ['1/2', 'NOT UNDERSTOOD'], ['百分之三十', 'NOT UNDERSTOOD'], ['12345678901234567890', { refused: 'too_big' }],
]) // prettier-ignore

test('a constraint refuses with the flow’s own reason, and narrows what is asked back', () => {
  const asked = {
    type: 'integer',
    allows: (stored: string) => Number(stored) <= 3,
    why: 'flows/x:members.constraint',
  } as const
  expect(hear(asked, '五个')).toEqual({ result: 'not_allowed', why: 'flows/x:members.constraint' })
  expect(hear(asked, '三四个')).toEqual({ result: 'ambiguous', candidates: [{ value: 3, echo: '3' }] })
  expect(hear({ type: 'integer', allows: () => true }, '-5')).toMatchObject({ result: 'understood', value: -5 })
})

test('only digits as they are stored are literal', () => {
  expect(hear({ type: 'integer' }, '3')).toEqual({ result: 'understood', value: 3, literal: true, echo: '3' })
  expect(hear({ type: 'integer' }, '３')).toMatchObject({ value: 3, literal: true })
  for (const text of ['三口人', '03', '3.0', '三', '3人'])
    expect(hear({ type: 'integer' }, text)).toMatchObject({ value: 3, literal: false, echo: '3' })
})

cases('range', { type: 'range', bounds: { start: 1, end: 5, step: 1 } }, [
  ['3', 3], ['三', 3], ['5分', 5], ['四分吧', 4], ['0', { refused: 'bounds' }], ['6', { refused: 'bounds' }], ['2.5', { refused: 'step' }], ['-1', { refused: 'bounds' }],
  ['很好', 'NOT UNDERSTOOD'], ['菜单', { global: 'menu' }],
]) // prettier-ignore
