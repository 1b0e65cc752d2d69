import { afterEach, expect, test } from 'vitest'
import { instant } from '../../../src/base/time.ts'
import { PACING } from '../../../src/channels/pacing.ts'
import { pacer } from '../../../src/messaging/outbox/pacing.ts'
import { robotToken, robotUrl } from '../../../src/channels/dingtalk/hook-address.ts'
import { signed } from '../../../src/channels/dingtalk/signature.ts'
import type { Lent } from '../lent.ts'
import { houseAt, outgoing, REMINDER, setClock, START } from './house.ts'
import { dingtalkWorld, GROUP, HOOK_SECRET, HOOK_TOKEN, type DingtalkWorld, type WorldOptions } from './stand-in.ts'

const clock = setClock()
let house: Lent
let world: DingtalkWorld

async function open(options: WorldOptions = {}) {
  house = houseAt(clock)
  world = await dingtalkWorld(house, { withApp: false, ...options })
}

afterEach(async () => {
  await world?.channel.stop()
  await world?.close()
})

/** Made with Python's hmac. */
test.each([
  ['this is secret', 1577262236757, 'hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM='],
  [HOOK_SECRET, 1795000000003, '7W0/mzPrpK1/kD5mfOBBtboDZfzPImWK+hUUkL2FMxw='],
])('the signature of %s at %i', (secret, at, sign) => {
  expect(signed(secret, instant(at))).toEqual({ timestamp: String(at), sign })
})

test('the signature is escaped once, milliseconds stand beside it', () => {
  const hook = { webhook: `https://oapi.dingtalk.com/robot/send?access_token=${HOOK_TOKEN}`, secret: HOOK_SECRET }
  expect(robotUrl(hook, 'https://oapi.dingtalk.com/', instant(1795000000003))?.href).toBe(
    `https://oapi.dingtalk.com/robot/send?access_token=${HOOK_TOKEN}&timestamp=1795000000003&sign=7W0%2FmzPrpK1%2FkD5mfOBBtboDZfzPImWK%2BhUUkL2FMxw%3D`,
  )
})

test('a robot without a secret is not signed', async () => {
  await open({ secret: null, keyword: '帮扶' })
  expect(await world.channel.send(outgoing('开会'))).toMatchObject({ kind: 'sent' })
  expect([...(world.robot.asked[0]?.url.searchParams.keys() ?? [])]).toEqual(['access_token'])
})

test.each([
  'http://oapi.dingtalk.com/robot/send?access_token=abc',
  'https://evil.example/robot/send?access_token=abc',
  'https://oapi.dingtalk.com.evil.example/robot/send?access_token=abc',
  'https://oapi.dingtalk.com/robot/send',
  'https://oapi.dingtalk.com/robot/send?access_token=a%26b',
  'no address',
])('an address that leads elsewhere is the operator’s: %s', async (webhook) => {
  await open()
  expect(robotToken(webhook, world.origin)).toBeNull()
  house.hooks.set(GROUP, { webhook, secret: HOOK_SECRET })
  expect(await world.channel.send(outgoing('x'))).toEqual({ kind: 'operator', reason: 'dingtalk:hook_address' })
  expect(world.robot.asked).toEqual([])
})

test('a group without a robot is the operator’s', async () => {
  await open({ withHook: false })
  expect(await world.channel.send(outgoing('x'))).toEqual({ kind: 'operator', reason: 'dingtalk:no_webhook' })
})

test('plain words call by account and by phone, in the words and beside them', async () => {
  await open()
  await world.channel.send(outgoing('请看 @所有人', { mentions: ['zhangsan', '13800000000', 'all', '@all', 'a b'] }))
  expect(world.robot.asked[0]?.body).toEqual({
    msgtype: 'text',
    text: { content: '请看 @\u200B所有人\n@zhangsan @13800000000' },
    at: { atUserIds: ['zhangsan'], atMobiles: ['13800000000'], isAtAll: false },
  })
  expect(world.robot.shown[0]?.mentioned).toEqual(['zhangsan', '13800000000'])
})

test('a reminder is marked: a title, a bold first line, breaks that show, nobody’s marks', async () => {
  await open()
  const text = '今天要办 2 件\n1. 李四家 断水 [x](https://evil.example)\n\n@所有人 <b>\n回 1 已办'
  await world.channel.send(outgoing(text, { reminder: REMINDER, mentions: ['zhangsan'] }))
  expect(world.robot.asked[0]?.body).toEqual({
    msgtype: 'markdown',
    markdown: {
      title: '今天要办 2 件',
      text: '**今天要办 2 件**\n\n\u200B1. 李四家 断水 [x]\u200B(https://evil.example)\n\n\u200B\n\n@\u200B所有人 <\u200Bb>\n\n回 1 已办\n\n@zhangsan',
    },
    at: { atUserIds: ['zhangsan'], atMobiles: [], isAtAll: false },
  })
})

test.each(['身份证 5222**1234', '他说 `断水`', '_急_ 断水', 'a\\*b'])(
  'a reminder whose marks can’t be kept from formatting goes as plain words: %s',
  async (line) => {
    await open()
    await world.channel.send(outgoing(`到期\n${line}`, { reminder: REMINDER }))
    expect(world.robot.asked[0]?.body.msgtype).toBe('text')
    expect(world.robot.shown[0]?.text).toBe(`到期\n${line}`)
  },
)

test('an address of a page with an underscore stays in marked words', async () => {
  await open()
  await world.channel.send(outgoing('到期\nhttps://bangfu.example/q?a_b=1', { reminder: REMINDER }))
  expect(world.robot.shown[0]).toMatchObject({ text: '到期\nhttps://bangfu.example/q?a_b=1' })
  expect(world.robot.asked[0]?.body.msgtype).toBe('markdown')
})

test('markup that is refused goes as plain words; other refusals don’t', async () => {
  await open()
  world.robot.answers.push({ errcode: 40035, errmsg: '不合法的参数' })
  expect(await world.channel.send(outgoing('到期\n李四', { reminder: REMINDER }))).toMatchObject({ kind: 'sent' })
  expect(world.robot.asked.map(({ body }) => body.msgtype)).toEqual(['markdown', 'text'])
  world.robot.answers.push({ errcode: 430104, errmsg: 'x' })
  expect(await world.channel.send(outgoing('到期\n李四', { reminder: REMINDER }))).toEqual({
    kind: 'unsendable',
    reason: 'dingtalk:430104',
  })
  expect(world.robot.asked).toHaveLength(3)
})

test('the keyword is in every message, and only once', async () => {
  await open({ keyword: '帮扶通' })
  await world.channel.send(outgoing('第一部分'))
  await world.channel.send(outgoing('帮扶通：第二部分'))
  await world.channel.send(outgoing('到期\n李四', { reminder: REMINDER, mentions: ['zhangsan'] }))
  expect(world.robot.asked.map(({ body }) => body.text?.content ?? body.markdown?.text)).toEqual([
    '第一部分\n帮扶通',
    '帮扶通：第二部分',
    '**到期**\n\n李四\n\n帮扶通\n\n@zhangsan',
  ])
  expect(world.robot.shown).toHaveLength(3)
})

test('what the security check found goes to the log and nowhere else', async () => {
  await open()
  house.hooks.set(GROUP, {
    webhook: `https://oapi.dingtalk.com/robot/send?access_token=${HOOK_TOKEN}`,
    secret: 'SECwrong',
  })
  expect(await world.channel.send(outgoing('x'))).toEqual({ kind: 'operator', reason: 'dingtalk:310000' })
  expect(house.logged).toEqual(['security_check {"cause":"signature"}'])
})

test('after the 21st message of a minute the robot is silent for ten, and waits that long', async () => {
  const at = setClock()
  house = houseAt(at)
  world = await dingtalkWorld(house, { withApp: false })
  for (let count = 1; count <= 20; count++) {
    expect(await world.channel.send(outgoing(`第 ${String(count)} 条`))).toMatchObject({ kind: 'sent' })
    at.at += 1_000
  }
  const banned = { kind: 'retry', afterSeconds: 600, reason: 'dingtalk:130101' }
  expect(await world.channel.send(outgoing('第 21 条'))).toEqual(banned)
  at.at += 599_000
  expect(await world.channel.send(outgoing('第 21 条'))).toEqual(banned)
  at.at += 1_000
  expect(await world.channel.send(outgoing('第 21 条'))).toMatchObject({ kind: 'sent' })
  expect(world.robot.shown).toHaveLength(21)
})

test('a backlog in its pace never meets the ten minutes', async () => {
  const at = setClock()
  house = houseAt(at)
  world = await dingtalkWorld(house, { withApp: false })
  const pace = pacer(PACING)
  for (let count = 1; count <= 60; count++) {
    const { wait } = pace.take('dingtalk', GROUP, at.now())
    at.at += wait
    if (wait > 0) expect(pace.take('dingtalk', GROUP, at.now()).wait).toBe(0)
    expect(await world.channel.send(outgoing(`第 ${String(count)} 条`))).toMatchObject({ kind: 'sent' })
  }
  expect(world.robot.shown).toHaveLength(60)
  expect(at.at - START).toBe(3 * 60_000)
})

test('answers that are none, or of another shape, are tried again', async () => {
  await open()
  for (const answer of [{}, { errcode: '0' }, { code: 0 }]) {
    world.robot.answers.push(answer)
    expect(await world.channel.send(outgoing('x'))).toMatchObject({ kind: 'retry', reason: 'dingtalk:unreadable' })
  }
})
