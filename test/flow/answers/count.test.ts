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

cases('people, as villages say it', { type: 'integer', unit: 'person' }, [
  ['6口人，在外打工2个', { ask: [6, 8, 2] }], ['六口人，两个在外打工', { ask: [6, 8, 2] }], ['常住三口，打工两口', { ask: [3, 5, 2] }], ['户口上六个，实际住四个', { ask: [6, 4] }], ['4口人2个劳力', { ask: [4, 2] }], ['五口，其中两个读书', 5], ['四口人，不算嫁出去的', { ask: [4] }], ['除了嫁出去的，五口', { ask: [5] }], ['户口本上5个', 5], ['家庭人口5人', 5], ['五个，加上我六个', 6],
  ['三个崽一个女，加我两个老的', { ask: [6] }], ['老两口', 2], ['小两口', 2], ['我们两口子', 2], ['两口子加三个娃', 5], ['老两口带个孙子', { ask: [3] }], ['老两口带两个孙子', { ask: [4] }], ['小两口带个娃', { ask: [3] }], ['二老加我', { ask: [3] }], ['爹娘和我', { ask: [3] }], ['母子俩', 2], ['爷孙俩', 2], ['两爷崽', 2], ['两娘母', 2], ['父子三人', 3], ['姊妹三个', 3],
  ['夫妻两个', 2], ['祖孙三代六口人', 6], ['三代同堂，七口', 7], ['两大一小', 3], ['两大两小', 4], ['2大1小', 3], ['两老一小', 3], ['大人两个细伢子三个', 5], ['两个大人两个细伢', 4], ['三个老的，两个小的', 5], ['连我五个', 5], ['连娃儿五个', 5], ['带我五个', 5], ['包括我五个', 5], ['算上娃五个', 5], ['一大家子十二口', 12], ['大小五口', 5], ['男女老少八口', 8], ['全部加起来六个', 6], ['就我一个', 1],
  ['就我自己', 1], ['只有我', 1], ['就剩我一个了', 1], ['我光棍一条', 1], ['光棍一个', 1], ['光棍', { ask: [1] }], ['单身汉一个', 1], ['孤寡老人一个', 1], ['五保户，就一个人', 1], ['剩我一个老婆子', 1], ['孤老婆子一个', 1], ['一个人过', 1], ['我自己', { ask: [1] }], ['本人', { ask: [1] }], ['3+2', 5], ['3加2', 5],
]) // prettier-ignore

cases('people, in dialect and by voice', { type: 'integer', unit: 'person' }, [
  ['俺家有四口人哩', 4], ['俺俩', 2], ['俺和老伴儿', { ask: [2] }], ['我同堂客', { ask: [2] }], ['我和娭毑', { ask: [2] }], ['我跟婆姨', { ask: [2] }], ['婆姨娃娃四口', 'NOT UNDERSTOOD'], ['屋里头四个人', 4], ['堂屋里五个', 5], ['我屋里头总共有五个人哈', 5], ['怕有五个', { about: 5 }], ['五口人撒', 5], ['三口人噻', 3], ['五个人咧', 5], ['五口人呗', 5], ['嗯 那个 五口人嘛', 5],
  ['就是 我家 就是 四口人 咯', 4], ['二个人', 2], ['俩人', 2], ['仨', 3], ['仨俩人', { ask: [2, 3] }], ['俩仨', { ask: [2, 3] }], ['卅个', 30], ['廿一个', 21], ['幺', 1], ['六個人', 6], ['五囗人', 5], ['五口仁', 5], ['四口任', 4], ['陆口人', 6], ['伍口', 5], ['６口人', 6], ['6 人', 6], ['①个', 1], ['十来口人', { about: 10 }], ['百把人', { about: 100 }],
  ['七八口人', { ask: [7, 8] }], ['三四五个', { ask: [3, 4, 5] }], ['一二三四', { ask: [1, 2, 3, 4] }], ['没有在挣钱的', 0], ['没人挣钱', 0], ['冒得', 0], ['谁都没有', 0], ['一个也没有', 0], ['没得哪个', 0], ['just me', 1], ['family of 5', 5], ['a family of five', 5], ['two adults and three children', 5], ['5 persons', 5],
  ['my wife and i', { ask: [2] }],
]) // prettier-ignore

cases('people, nothing of the kind', { type: 'integer', unit: 'person' }, [
  ['几口', 'NOT UNDERSTOOD'], ['好几口', 'NOT UNDERSTOOD'], ['几口人', 'NOT UNDERSTOOD'], ['好多口人', 'NOT UNDERSTOOD'], ['人多得很', 'NOT UNDERSTOOD'], ['一家', 'NOT UNDERSTOOD'], ['一家人', 'NOT UNDERSTOOD'], ['两户', 'NOT UNDERSTOOD'], ['今年五十', 'NOT UNDERSTOOD'], ['5岁', 'NOT UNDERSTOOD'], ['三年级', 'NOT UNDERSTOOD'],
  ['三楼', 'NOT UNDERSTOOD'], ['3组5号', 'NOT UNDERSTOOD'], ['三天', 'NOT UNDERSTOOD'], ['100块', 'NOT UNDERSTOOD'], ['五分之一', 'NOT UNDERSTOOD'], ['50%', 'NOT UNDERSTOOD'], ['一大家子', 'NOT UNDERSTOOD'], ['祖孙三代', 'NOT UNDERSTOOD'], ['你猜', 'NOT UNDERSTOOD'], ['我不晓得几口', 'NOT UNDERSTOOD'],
  ['半个人', { refused: 'whole' }], ['1/2', 'NOT UNDERSTOOD'], ['口口口', 'NOT UNDERSTOOD'], ['个个', 'NOT UNDERSTOOD'], ['一共', 'NOT UNDERSTOOD'], ['一起过', 'NOT UNDERSTOOD'], ['都在外面', 'NOT UNDERSTOOD'], ['十个手指头', 'NOT UNDERSTOOD'],
]) // prettier-ignore
