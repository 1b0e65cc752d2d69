import { describe, expect, test } from 'vitest'
import { house, NOTHING } from './fixtures/house.ts'
import { MONDAY } from './fixtures/house.ts'
import { instant } from '../../src/base/time.ts'
import type { CommandHandler, StaffSpeaker } from '../../src/messaging/handlers.ts'

const MENU = '1. 家里有难处'
const MENU_ORDER = [
  ...['hardship_report', 'proxy_report', 'housing_report', 'water_report', 'dropout_report', 'medical_burden'],
  ...['job_seek', 'training_signup', 'unsold_report', 'status_query', 'feedback', 'voice_message', 'tea'],
]
const STAFF: StaffSpeaker = {
  id: 's1',
  name: '龙建军',
  scopes: [{ role: 'village_staff', territoryId: 't1', path: 'a/b/c' }],
}
const PLACE = {
  id: 'abc123',
  name: '阳孟村',
  path: '吉首市/矮寨镇/阳孟村',
  level: 'village',
  publicPhone: '0743-8888888',
}

const bind = (h: ReturnType<typeof house>, user: string) => {
  h.store.staff.set('s1', STAFF)
  h.store.tables.set('ChatIdentity', h.store.tables.get('ChatIdentity') ?? new Map())
  h.store.tables.get('ChatIdentity')?.set(`i-${user}`, {
    id: `i-${user}`,
    channel: 'pipe',
    user,
    staffId: 's1',
    profileId: null,
    language: null,
    villageId: null,
    mutedAt: null,
    createdAt: MONDAY,
    revision: 0,
  })
}

describe('outside a flow', () => {
  test.each([
    ['你好', '您好，我是帮扶通'],
    ['菜单', '下面的事我能帮您办'],
    ['谢谢！', '不用谢'],
    ['天上有几颗星星', '我是帮扶通'],
    ['', '没看到字'],
    ['。。。', '没看到字'],
    ['长'.repeat(4001), '这段太长了'],
    ['上一步', '现在没有说到一半的事'],
    ['帮助', '想办什么事'],
  ])('%# is answered in a friendly way, with the menu', async (said, words) => {
    const reply = await house().say(said)
    expect(reply).toContain(words)
    expect(reply).toContain(MENU)
  })

  test('the same unknown words later get another sentence than the greeting', async () => {
    const h = house()
    await h.say('你好')
    expect(await h.say('天上有几颗星星')).toContain('这句我没看明白')
  })

  test.each([
    [{ kind: 'other', what: 'sticker' }, '这个我看不了'],
    [{ kind: 'location', latitude: 28.3, longitude: 109.7 }, '收到了'],
    [{ kind: 'photo', file: { id: 'a', name: 'a.jpg', type: 'image/jpeg', bytes: 1 } }, '收到了'],
    [{ kind: 'voice', file: { id: 'a', name: 'a.amr', type: 'audio/amr', bytes: 1 }, transcript: '倒茶' }, '几杯？'],
  ] as const)('a message of another kind: %#', async (body, words) => {
    expect(await house().say(body)).toContain(words)
  })

  test.each(['13', '十三', '１３', '喝茶', '倒茶', ' 倒茶。'])('%s starts a flow', async (said) => {
    const h = house()
    expect(await h.say(said)).toBe('几杯？')
    expect(h.sent.at(-1)?.question).toBe('cups')
  })

  test('a tap on the menu starts a flow; a tap on something old is stale and changes nothing', async () => {
    const h = house()
    expect(await h.tap('tea')).toBe('几杯？')
    const before = h.store.snapshot(['Answer'])
    expect(await h.tap('gone:choice')).toContain('这个按钮过时了')
    expect(h.sent.at(-1)?.question).toBe('cups')
    expect(h.store.snapshot(['Answer'])).toEqual(before)
  })

  test('a staff flow is refused kindly to a villager and offered to staff', async () => {
    const h = house()
    expect(await h.tap('visit_log')).toContain('这个是工作人员用的')
    bind(h, 'c1')
    expect(await h.say('菜单', { chat: 'c1', from: 'c1' })).toMatch(/^1\. 记走访$[^]*^5\. 家里有难处$/m)
    expect(await h.tap('visit_log', { chat: 'c1', from: 'c1' })).not.toContain('工作人员用的')
    expect(h.store.rows('Conversation').map((row) => row['flow'])).toEqual(['visit_log'])
  })

  test('choices are given to every channel, and numbered in the text only where there are no buttons', async () => {
    const h = house()
    const plain = await h.say('菜单')
    const buttons = await h.say('菜单', { channel: 'web' })
    expect(plain).toContain(MENU)
    expect(buttons).not.toContain(MENU)
    expect(h.sent.map((outgoing) => outgoing.choices.map((choice) => choice.id))).toEqual(Array(2).fill(MENU_ORDER))
  })
})

describe('arriving', () => {
  test('a QR code is remembered, greets with the village and shows the menu; the village is a question then', async () => {
    const h = house()
    h.store.territories.push(PLACE)
    const reply = await h.say({ kind: 'start', payload: 'village:吉首市/矮寨镇/阳孟村' })
    expect(reply).toContain('帮阳孟村办事')
    expect(reply).toContain(MENU)
    expect(h.store.rows('ChatIdentity')).toMatchObject([{ villageId: 'abc123' }])
    await h.say('1')
    expect(await h.say('1')).toContain('阳孟村')
  })

  test('a short code names the village too; an unknown one and none are greeted all the same', async () => {
    const h = house()
    h.store.territories.push(PLACE)
    expect(await h.say({ kind: 'start', payload: 'v_abc123' })).toContain('帮阳孟村办事')
    expect(await h.say({ kind: 'start', payload: 'v_zzzzzz' })).toContain('这个码我不认得')
    expect(await h.say({ kind: 'start', payload: '' }, { chat: 'u2', from: 'u2' })).toContain('您好')
  })

  test('in the middle of a flow the open question is put again', async () => {
    const h = house()
    await h.say('倒茶')
    expect(await h.say({ kind: 'start', payload: '' })).toContain('几杯？')
  })
})

describe('in a flow', () => {
  test('straight through: answers, submission, and the reply name what was stored', async () => {
    const h = house()
    for (const said of ['倒茶', '3', '绿茶']) await h.say(said)
    expect(await h.say('1')).toBe('茶来了。')
    expect(h.store.rows('Kept')).toMatchObject([{ answers: JSON.stringify({ cups: '3', sort: '绿茶' }) }])
    expect(h.store.rows('Submission')).toMatchObject([{ flow: 'tea', matter: null, submittedAt: MONDAY }])
    expect(h.store.rows('Conversation')).toMatchObject([{ phase: 'submitted', openKey: null, wakeAt: null }])
    expect(h.store.rows('Answer').map(({ question, value }) => [question, value])).toEqual([
      ['cups', '3'],
      ['sort', '绿茶'],
    ])
  })

  test('the lines of a review follow each other, the parts of a message are set apart', async () => {
    const h = house()
    for (const said of ['倒茶', '3']) await h.say(said)
    expect(await h.say('绿茶')).toMatch(/^您看看对不对：\n\n1\. .*：3\n2\. .*：绿茶\n\n对就回 1/)
  })

  test('another flow puts the open one aside and says so; coming back it is offered, and goes on where it was', async () => {
    const h = house()
    for (const said of ['倒茶', '3']) await h.say(said)
    const other = await h.tap('job_seek')
    expect(other).toContain('“喝茶”先给您放着')
    expect(h.store.rows('Conversation').map(({ flow, phase }) => [flow, phase])).toEqual([
      ['tea', 'draft'],
      ['job_seek', 'asking'],
    ])
    const offer = await h.tap('tea')
    expect(offer).toContain('1 接着说 2 从头来')
    expect(h.sent.at(-1)?.choices.map((choice) => choice.id)).toEqual(['resume', 'restart'])
    expect(await h.say('1')).toContain('什么茶？')
    await h.say('红茶')
    expect(await h.say('1')).toBe('茶来了。')
    expect(h.store.rows('Kept')).toMatchObject([{ answers: JSON.stringify({ cups: '3', sort: '红茶' }) }])
  })

  test('a draft that is started anew ends, and nothing of it is taken over', async () => {
    const h = house()
    for (const said of ['倒茶', '3', '停']) await h.say(said)
    await h.say('倒茶')
    expect(await h.say('从头来')).toContain('几杯？')
    expect(h.store.rows('Conversation').map(({ phase, openKey }) => [phase, openKey])).toEqual([
      ['ended', null],
      ['asking', 'pipe u1 u1'],
    ])
  })

  test('whoever comes back is offered the draft; anything else than an answer leaves it for later', async () => {
    const h = house()
    for (const said of ['倒茶', '3', '停']) await h.say(said)
    expect(await h.say('你好')).toContain('1 接着说 2 从头来')
    expect(await h.say('菜单')).toContain(MENU)
    expect(h.store.rows('Conversation')).toMatchObject([{ phase: 'draft', openKey: null }])
  })

  test('another flow named where it is no answer is opened, and the first is put aside', async () => {
    const h = house()
    await h.say('倒茶')
    const reply = await h.say('找活干')
    expect(reply).not.toContain('没听明白')
    expect(h.sent.at(-1)?.question).toBe('consent')
    for (const said of ['喝茶', '3']) await h.say(said)
    expect(await h.say('找活干')).toContain('看看对不对')
  })

  test('the menu in the middle puts the flow aside; a word for the house does not, and the question is put again', async () => {
    const h = house()
    for (const said of ['倒茶', '3']) await h.say(said)
    const human = await h.say('人工')
    expect(human).toContain('想找人说')
    expect(human).toContain('什么茶？')
    expect(await h.say('退订')).toContain('什么茶？')
    expect(h.store.rows('ChatIdentity')).toMatchObject([{ mutedAt: MONDAY }])
    const menu = await h.say('菜单')
    expect(menu).toContain('“喝茶”先给您放着')
    expect(menu).toContain(MENU)
    expect(h.store.rows('Conversation')).toMatchObject([{ phase: 'draft', openKey: null }])
  })

  test('the language may be changed in the middle, and is remembered', async () => {
    const h = house()
    await h.tap('job_seek')
    const asked = await h.say('语言')
    expect(asked).toContain('English')
    const english = await h.say('English')
    expect(english).toMatch(/English it is/)
    expect(english).toMatch(/\n\n.*[a-z]{4}/)
    expect(h.store.rows('ChatIdentity')).toMatchObject([{ language: 'en' }])
    expect(await h.tap('language:zh-CN')).toContain('好，就说中文')
  })

  test('what is sensitive is sealed: raw words in inbox, answers and outbox', async () => {
    const h = house()
    h.store.territories.push(PLACE)
    await h.say({ kind: 'start', payload: 'v_abc123' })
    expect([...h.store.sealed]).toEqual([])
    for (const said of ['1', '1', '1', '石二妹']) await h.say(said)
    expect([...h.store.sealed].sort()).toEqual(['Answer.raw', 'Answer.value', 'Inbox.body', 'Outbox.payload'])
  })

  test('a version of the flow that is gone: told, and offered to start again; the log stays', async () => {
    const h = house()
    for (const said of ['倒茶', '3']) await h.say(said)
    const row = h.store.rows('Conversation')[0] as Record<string, unknown>
    h.store.tables.get('Conversation')?.set(row['id'] as string, { ...row, flowDigest: 'older' })
    const again = house({ store: h.store, idSeed: 8 })
    expect(await again.say('绿茶', { messageId: 'x1' })).toContain('问法改了')
    expect(again.sent.at(-1)?.choices).toEqual([{ id: 'tea', label: '重新说' }])
    expect(again.faults.map((fault) => fault.code)).toEqual(['FLOW_NOT_FOUND'])
    expect(again.store.rows('Answer')).toHaveLength(1)
    expect(await again.tap('tea', { messageId: 'x2' })).toBe('几杯？')
  })
})

describe('about oneself', () => {
  test('one’s data are shown, and erased once that is confirmed', async () => {
    const h = house()
    h.store.territories.push(PLACE)
    await h.say({ kind: 'start', payload: 'v_abc123' })
    for (const said of ['倒茶', '3', '停']) await h.say(said)
    expect(await h.say('我的资料')).toContain('阳孟村')
    expect(await h.say('删除资料')).toContain('确认删除')
    expect(h.store.rows('Answer')).toHaveLength(1)
    expect(await h.say('确认删除')).toContain('删掉了')
    expect(h.store.rows('Answer')).toEqual([])
    expect(h.store.rows('Conversation')).toEqual([])
    expect(await h.say('我的资料')).toContain('还没有您的资料')
  })

  test('the village’s number is in 人工 where there is one', async () => {
    const h = house()
    h.store.territories.push(PLACE)
    await h.say({ kind: 'start', payload: 'v_abc123' })
    expect(await h.say('人工')).toContain('0743-8888888')
  })
})

describe('commands and groups', () => {
  const done: CommandHandler = (context) =>
    Promise.resolve(
      /^\d{11} 已联系$/.test(context.text)
        ? { ...NOTHING, say: [{ text: { literal: `${context.speaker.staff?.name} ${context.group}` } }] }
        : null,
    )
  const group = { chat: 'g1', group: true } as const

  test('a bound member is obeyed in the group and privately, in the middle of a flow too', async () => {
    const h = house({ handlers: { commands: [done] } })
    bind(h, 'c1')
    expect(await h.say('26112200012 已联系', { ...group, from: 'c1' })).toBe('龙建军 true')
    expect(h.sent.at(-1)).toMatchObject({ chat: 'g1', mentions: ['c1'] })
    await h.tap('tea', { chat: 'c1', from: 'c1' })
    const reply = await h.say('26112200012 已联系', { chat: 'c1', from: 'c1' })
    expect(reply).toContain('龙建军 false')
    expect(reply).toContain('几杯？')
  })

  test('everybody else is left alone in a group, or refused when it looks like a command; no flow starts there', async () => {
    const h = house({ handlers: { commands: [done] } })
    expect(await h.say('今天下雨', { ...group, from: 'x' })).toBe('')
    expect(await h.say('倒茶', { ...group, from: 'x' })).toBe('')
    expect(h.store.commits).toBe(0)
    expect(await h.say('26112200012 已联系', { ...group, from: 'x' })).toContain('绑定了账号的工作人员')
    expect(h.store.rows('ChatIdentity')).toEqual([])
    bind(h, 'c1')
    expect(await h.say('26112200012 什么', { ...group, from: 'c1' })).toContain('没看懂')
    expect(await h.say('倒茶', { ...group, from: 'c1' })).toBe('')
    expect(h.store.rows('Conversation')).toEqual([])
  })

  test('a command may start a flow with answers known beforehand', async () => {
    const start: CommandHandler = ({ text }) =>
      Promise.resolve(text === '三杯' ? { ...NOTHING, start: { flow: 'tea', answers: { cups: '3' } } } : null)
    const h = house({ handlers: { commands: [start] } })
    expect(await h.say('三杯')).toBe('什么茶？')
  })
})

describe('notices', () => {
  test('whoever asked not to be written to is left alone', async () => {
    const news: CommandHandler = ({ text }) =>
      Promise.resolve(
        text === '通知'
          ? {
              ...NOTHING,
              notices: h.store.rows('ChatIdentity').map((row) => ({
                to: { kind: 'identity', identityId: row['id'] as string },
                say: [{ text: { literal: `to ${row['user'] as string}` } }],
                matter: null,
                reminder: null,
                notBefore: null,
              })),
            }
          : null,
      )
    const h = house({ handlers: { commands: [news] } })
    await h.say('退订', { chat: 'quiet', from: 'quiet' })
    await h.say('你好', { chat: 'glad', from: 'glad' })
    expect(await h.say('通知', { chat: 'glad', from: 'glad' })).toBe('to glad')
  })

  test('reach staff on the preferred channel, in a group, at a later time; without address they are dead letters', async () => {
    const evening = instant(MONDAY + 3_600_000)
    const h = house({
      handlers: {
        submit: {
          keep: () =>
            Promise.resolve({
              ...NOTHING,
              matter: { number: '26112300015', kind: 'hardship', stage: 'reported' },
              notices: [
                {
                  to: { kind: 'staff', staffId: 's1' },
                  say: [{ text: { literal: 'A' } }],
                  matter: null,
                  reminder: null,
                  notBefore: null,
                },
                {
                  to: { kind: 'group', channel: 'wecom', chat: 'g1' },
                  say: [{ text: { literal: 'B' } }],
                  matter: null,
                  reminder: null,
                  notBefore: evening,
                },
                {
                  to: { kind: 'staff', staffId: 'nobody' },
                  say: [{ text: { literal: 'C' } }],
                  matter: null,
                  reminder: null,
                  notBefore: null,
                },
              ],
            }),
        },
      },
    })
    bind(h, 'c1')
    for (const said of ['倒茶', '3', '绿茶']) await h.say(said)
    const before = h.sent.length
    await h.say('1')
    expect(
      h.sent.slice(before).map(({ channel, chat, text, matter }) => [channel, chat, text, matter?.number]),
    ).toEqual([
      ['pipe', 'u1', '茶来了。', '26112300015'],
      ['pipe', 'c1', 'A', undefined],
    ])
    expect(await h.pass(3_600_000)).toBe('B')
    expect(h.store.rows('Outbox').filter((row) => row['state'] === 'unsendable')).toMatchObject([
      { error: 'no_address', chat: 'staff:nobody' },
    ])
  })
})
