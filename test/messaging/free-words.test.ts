/** What people write in their own words, outside a flow and in the middle of one, on the whole road of a message. */
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../src/base/time.ts'
import type { AlertContext } from '../../src/messaging/handlers.ts'
import { house, NOTHING, type House } from './fixtures/house.ts'

const PLACE = {
  id: 'abc123',
  name: '阳孟村',
  path: '吉首市/矮寨镇/阳孟村',
  level: 'village',
  publicPhone: '0743-8888888',
}
const MENU = '1. 家里有难处'

async function scanned(options: Parameters<typeof house>[0] = {}): Promise<House> {
  const h = house(options)
  h.store.territories.push(PLACE)
  await h.say({ kind: 'start', payload: 'v_abc123' })
  return h
}

const open = (h: House) => h.store.rows('Conversation').filter((row) => row['openKey'] !== null)
const flowOpen = (h: House) => open(h)[0]?.['flow']
const answers = (h: House) =>
  Object.fromEntries(
    h.store
      .rows('Answer')
      .filter((row) => row['kind'] === 'answered')
      .map((row) => [row['question'], row['value']]),
  )
const choices = (h: House) => h.sent.at(-1)?.choices.map(({ id }) => id)

describe('a first message in somebody’s own words', () => {
  test('is understood, and nothing starts before a yes', async () => {
    const h = house()
    expect(await h.say('屋头漏雨')).toBe('您是要说房子的事吗？\n1. 是\n2. 不是')
    expect(choices(h)).toEqual(['housing_report', 'no'])
    expect(h.store.rows('Conversation')).toEqual([])
    await h.say('1')
    expect(flowOpen(h)).toBe('housing_report')
    expect(h.store.rows('ChatIdentity')).toMatchObject([{ asked: null }])
  })

  test.each(['是', '是的', '对头', '要得', '嗯', '一', '👍'])('%s is a yes', async (yes) => {
    const h = house()
    await h.say('想找活路')
    await h.say(yes)
    expect(flowOpen(h)).toBe('job_seek')
  })

  test.each(['不是', '2', '不', '莫'])('%s is a no, and shows what there is', async (no) => {
    const h = house()
    await h.say('想找活路')
    expect(await h.say(no)).toContain(MENU)
    expect(h.store.rows('Conversation')).toEqual([])
  })

  test('taps work as well, and survive a restart of the program', async () => {
    const h = house()
    await h.say('没水吃')
    const again = house({ store: h.store, idSeed: 8 })
    await again.tap('water_report', { messageId: 'x1' })
    expect(flowOpen(again)).toBe('water_report')
    const other = house()
    await other.say('没水吃')
    expect(await other.tap('no')).toContain(MENU)
  })

  test('several are offered to choose from, by number or by name', async () => {
    const h = house()
    const reply = await h.say('想学厨师，再找个活干')
    expect(reply).toContain('哪一样')
    expect(reply).toContain('3. 都不是')
    expect(choices(h)?.toSorted()).toEqual(['job_seek', 'no', 'training_signup'])
    await h.say('找活干')
    expect(flowOpen(h)).toBe('job_seek')
    const other = house()
    await other.say('想学厨师，再找个活干')
    expect(await other.say('都不是')).toContain(MENU)
  })

  test('a no that says what is meant instead is taken at its word', async () => {
    const h = house()
    await h.say('屋头漏雨')
    expect(await h.say('不是，是没水吃')).toContain('您是要说吃水的事吗？')
    await h.say('对')
    expect(flowOpen(h)).toBe('water_report')
  })

  test('an answer that says nothing is asked back once; then there is the menu', async () => {
    const h = house()
    await h.say('屋头漏雨')
    expect(await h.say('天上有几颗星星')).toContain('您是要说房子的事吗？')
    expect(await h.say('天上有几颗星星')).toContain(MENU)
    await h.say('2')
    expect(flowOpen(h)).toBe('proxy_report')
  })

  test('a question that something else was said to is over: its numbers mean nothing any more', async () => {
    const h = house()
    await h.say('屋头漏雨')
    await h.say('菜单')
    await h.say('1')
    expect(flowOpen(h)).toBe('hardship_report')
  })

  test('a question about a rule starts nothing, and says whom to ask', async () => {
    const h = await scanned()
    const reply = await h.say('低保怎么申请')
    expect(reply).toContain('0743-8888888')
    expect(reply).toContain(MENU)
    expect(h.store.rows('ChatIdentity')[0]?.['asked'] ?? null).toBeNull()
  })

  test('a draft of the flow that was understood is offered, and what was told is used where it starts anew', async () => {
    const h = await scanned()
    for (const said of ['家里有难处', '1', '1', '停']) await h.say(said)
    await h.say('家里困难，日子过不下去')
    expect(await h.say('是')).toContain('1 接着说 2 从头来')
    await h.say('2')
    await h.say('1')
    expect(answers(h)['story']).toBe('家里困难，日子过不下去')
  })
})

describe('what was told', () => {
  test('hospital and roof in one telling make one matter: choices are filled, shown and changeable, nothing said is lost', async () => {
    const h = await scanned()
    expect(await h.say('屋头漏雨，又住院，家里三口人')).toContain('您是要说家里的难处吗？')
    await h.say('是')
    expect(answers(h)).toEqual({})
    const reply = await h.say('1')
    expect(reply).toContain('几口人：3 人；难处：家里有人生病、房子有问题')
    expect(answers(h)).toMatchObject({
      members: '3',
      causes: 'illness housing',
      story: '屋头漏雨，又住院，家里三口人',
    })
    for (const said of ['1', '石二妹', '13812345678']) await h.say(said)
    expect(h.sent.at(-1)?.question).toBe('danger')
    expect(await h.say('改')).toContain('难处：家里有人生病、房子有问题')
  })

  test('is not stored as an answer where consent is refused', async () => {
    const h = await scanned()
    for (const said of ['屋头漏雨，又住院', '是', '2']) await h.say(said)
    expect(h.store.rows('Answer')).toEqual([])
    expect(open(h)).toEqual([])
  })

  test('goes along when the flow is chosen from the menu after a no, and with what the yes added', async () => {
    const h = await scanned()
    for (const said of ['屋头漏雨', '不是', '家里有难处', '1']) await h.say(said)
    expect(answers(h)['causes']).toBe('housing')
    const other = await scanned()
    for (const said of ['屋头漏雨', '是的，墙也裂了', '1']) await other.say(said)
    expect(other.store.rows('Conversation').map(({ flow }) => flow)).toEqual(['housing_report'])
  })

  test('is sealed like the flow that it belongs to', async () => {
    const h = house()
    await h.say('老伴得了癌症，看病没钱')
    expect([...h.store.sealed]).toContain('Inbox.body')
  })
})

describe('danger to life', () => {
  const alarms: AlertContext[] = []
  const alert = (context: AlertContext) => {
    alarms.push(context)
    return Promise.resolve(NOTHING)
  }

  test.each([
    ['房子快塌了', '119', 'housing_report'],
    ['山在滑', '110', 'housing_report'],
    ['老伴喝农药了', '120', 'hardship_report'],
    ['要出人命了', '110', 'hardship_report'],
    ['救命啊，娃儿掉井里了', '120', 'hardship_report'],
  ])('%s: how to get safe comes first, then the offer', async (said, number, flow) => {
    const h = await scanned()
    const reply = await h.say(said)
    expect(reply.split('\n')[0]).toContain(number)
    expect(reply).toContain('0743-8888888')
    expect(choices(h)).toContain(flow)
  })

  test('staff are told with the yes, where the village is known', async () => {
    alarms.length = 0
    const h = await scanned({ handlers: { alert } })
    await h.say('房子快塌了')
    expect(alarms).toEqual([])
    await h.say('是')
    expect(alarms).toMatchObject([{ level: 'danger', territoryId: 'abc123', flow: { id: 'housing_report' } }])
  })

  test('is answered before it is known who speaks', async () => {
    const h = await scanned()
    for (const said of ['家里有难处', '1', '1', '石二妹', '13812345678', '停']) await h.say(said)
    await h.pass(60 * MINUTE)
    const reply = await h.say('屋里起火了')
    expect(reply.split('\n')[0]).toContain('119')
    expect(reply).toContain('石')
  })

  test('in the middle of a flow it is answered first, the question is put again and no try is counted', async () => {
    alarms.length = 0
    const h = await scanned({ handlers: { alert } })
    for (const said of ['找活干', '1', '1', '石二妹', '13812345678']) await h.say(said)
    const reply = await h.say('山在滑，石头滚下来了')
    expect(reply.split('\n')[0]).toMatch(/110|119/)
    expect(reply).toContain('多大')
    expect(h.store.rows('Conversation')).toMatchObject([{ state: { attempts: 0 } }])
  })

  test('in a story it is an answer too, and staff are told', async () => {
    alarms.length = 0
    const h = await scanned({ handlers: { alert } })
    for (const said of ['家里有难处', '1', '1', '石二妹', '13812345678', '3', '1', '没有']) await h.say(said)
    for (const said of ['跳过', '跳过', '跳过']) await h.say(said)
    expect(h.sent.at(-1)?.question).toBe('story')
    expect((await h.say('屋后头的山垮下来了')).split('\n')[0]).toMatch(/110|119/)
    expect(answers(h)['story']).toBe('屋后头的山垮下来了')
    expect(alarms).toMatchObject([{ level: 'danger' }])
  })
})

describe('small talk', () => {
  test.each([
    ['你是谁', '帮扶通'],
    ['你是机器人吗', '机器人'],
    ['在吗', '在的'],
    ['吃了没', '不用吃饭'],
    ['下雨了', '安全'],
    ['再见', '有事随时'],
    ['好的', '有事随时'],
    ['发错了', '不要紧'],
    ['你真好', '谢谢您'],
    ['好无聊啊', '人工'],
    ['谢谢', '不用谢'],
    ['辛苦了', '不用谢'],
  ])('%s gets a short human word', async (said, words) => {
    const h = house()
    await h.say('你好')
    const reply = await h.say(said)
    expect(reply).toContain(words)
    expect(h.store.rows('Conversation')).toEqual([])
  })

  test('in the middle of a flow gets a word and the question again; no try is counted', async () => {
    const h = house()
    await h.say('倒茶')
    for (const said of ['你好', '谢谢', '你是谁', '吃了没']) expect(await h.say(said)).toContain('几杯？')
    expect(h.store.rows('Conversation')).toMatchObject([{ state: { attempts: 0, cursor: 'cups' } }])
    await h.say('3')
    expect(await h.say('在吗')).toContain('什么茶？')
    expect(await h.say('红茶')).toContain('看看对不对')
  })
})

describe('abuse and advertising', () => {
  test('an insult is answered calmly once, then not at all, and once more after a while', async () => {
    const h = house()
    expect(await h.say('傻逼')).toContain('消消气')
    expect(await h.say('你妈的')).toBe('')
    expect(h.messaging.stats().dropped).toEqual({ flood: 0, insult: 1, advert: 0 })
    await h.pass(60 * MINUTE)
    expect(await h.say('傻逼')).toContain('消消气')
  })

  test('a trouble told with an insult is a trouble', async () => {
    expect(await house().say('你们这些狗日的，房子裂了都不管')).toContain('房子的事')
  })

  test('an insult in the middle of a flow counts as no try, and the question stays', async () => {
    const h = house()
    await h.say('倒茶')
    expect(await h.say('傻逼')).toContain('几杯？')
    expect(await h.say('傻逼')).toBe('几杯？')
    expect(h.store.rows('Conversation')).toMatchObject([{ state: { attempts: 0 } }])
  })

  test('advertising gets one short answer and starts nothing', async () => {
    const h = house()
    const reply = await h.say('加微信abc123，兼职刷单日结300')
    expect(reply).toContain('不看广告')
    expect(reply).not.toContain(MENU)
    expect(await h.say('贷款秒批，无抵押')).toBe('')
    expect(h.messaging.stats().dropped.advert).toBe(1)
  })
})

describe('floods', () => {
  const flood = async (h: House, said: string, times: number) => {
    const replies: string[] = []
    for (let time = 0; time < times; time++) replies.push(await h.say(said))
    return replies
  }

  test('too much at once: one sentence, then silence until it has calmed down; danger still passes', async () => {
    const h = house()
    const replies = await flood(h, '哈哈哈哈', 60)
    const answered = replies.filter((reply) => reply !== '')
    expect(answered).toHaveLength(31)
    expect(answered.at(-1)).toContain('太快')
    expect(h.messaging.stats().dropped.flood).toBe(29)
    expect(await h.say('房子要塌了')).toContain('110')
    await h.pass(2 * MINUTE)
    expect(await h.say('菜单')).toContain(MENU)
  })

  test('other people are answered meanwhile', async () => {
    const h = house()
    await flood(h, '哈哈哈哈', 40)
    expect(await h.say('菜单', { chat: 'u2', from: 'u2' })).toContain(MENU)
  })

  test('answers in an open flow are never lost, even in a flood of others', async () => {
    const h = house()
    await h.say('倒茶')
    await flood(h, '哈哈哈哈', 60)
    expect(await h.say('3')).toContain('什么茶？')
    expect(await h.say('红茶')).toContain('看看对不对')
    expect(answers(h)).toEqual({ cups: '3', sort: '红茶' })
  })

  test('whoever writes steadily, a message every few seconds, is always answered', async () => {
    const h = house()
    for (let time = 0; time < 100; time++) {
      expect(await h.say('哈哈哈哈')).not.toBe('')
      h.now = (h.now + 3000) as typeof h.now
    }
  })

  test('starting and finishing flows is no flood', async () => {
    const h = house()
    for (let time = 0; time < 40; time++)
      for (const said of ['倒茶', '3', '红茶', '1']) expect(await h.say(said)).not.toBe('')
  })
})

describe('the menu', () => {
  test('has the order of the house, and every number is taken', async () => {
    const h = house()
    const lines = (await h.say('菜单')).split('\n').filter((line) => /^\d+\. /.test(line))
    expect(lines.slice(0, 12)).toEqual([
      '1. 家里有难处',
      '2. 帮别人说',
      '3. 房子的事',
      '4. 吃水的事',
      '5. 孩子上学的事',
      '6. 看病花钱的事',
      '7. 找活干',
      '8. 学手艺',
      '9. 东西卖不出去',
      '10. 我的事办到哪了',
      '11. 说说办得好不好',
      '12. 说给我们听',
    ])
    await h.say('12')
    expect(flowOpen(h)).toBe('voice_message')
  })
})

test('whoever has had something done is not shown the whole menu for a word of thanks or weather', async () => {
  const h = await scanned()
  expect(await h.say('好的')).toContain(MENU)
  for (const said of ['找活干', '1', '1', '石二妹', '13812345678', '停']) await h.say(said)
  for (const said of ['好的', '下雨了', '再见']) expect(await h.say(said)).not.toContain(MENU)
})
