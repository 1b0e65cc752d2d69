import { afterEach, beforeEach, expect, test } from 'vitest'
import { instant, MINUTE } from '../../../src/base/time.ts'
import { hookUrl } from '../../../src/channels/feishu/hook-address.ts'
import { signed } from '../../../src/channels/feishu/signature.ts'
import type { Lent } from '../lent.ts'
import { houseAt, outgoing as message, REMINDER, setClock, type SetClock } from '../dingtalk/house.ts'
import { feishuWorld, GROUP, HOOK_ID, HOOK_SECRET, type FeishuWorld, type WorldOptions } from './stand-in.ts'

/** Ten past eight in the morning. */
const QUIET = Date.parse('2026-11-23T08:10:00+08:00')

let clock: SetClock
let house: Lent
let world: FeishuWorld

async function open(options: WorldOptions = {}) {
  house = houseAt(clock)
  world = await feishuWorld(house, options)
}

beforeEach(() => {
  clock = setClock(QUIET)
})

afterEach(async () => {
  await world?.channel.stop()
  await world?.close()
})

const outgoing: typeof message = (text, more) => message(text, { channel: 'feishu', chat: GROUP, ...more })

/** Made with Python's hmac. */
test.each([
  ['demo', 100_999, '100', 'jquNHnVOwmDRfw+vqTIrY5dooJAgi5EcRtLsQE4wfXg='],
  [HOOK_SECRET, 1_795_000_000_000, '1795000000', '88vnLrZ+22UB69B/rE2fKIZJDmCQljT2g+Ye8UuXR5A='],
])('the signature of %s at %i ms', (secret, at, timestamp, sign) => {
  expect(signed(secret, instant(at))).toEqual({ timestamp, sign })
})

test('signature and seconds stand in the body; without a secret there are none', async () => {
  await open()
  expect(await world.channel.send(outgoing('开会'))).toMatchObject({ kind: 'sent' })
  expect(world.robot.asked[0]).toEqual({
    ...signed(HOOK_SECRET, instant(QUIET)),
    msg_type: 'text',
    content: { text: '开会' },
  })
  house.hooks.set(GROUP, { webhook: `https://open.feishu.cn/open-apis/bot/v2/hook/${HOOK_ID}`, secret: null })
  expect(await world.channel.send(outgoing('开会'))).toEqual({ kind: 'operator', reason: 'feishu:19021' })
  expect(Object.keys(world.robot.asked[1] ?? {})).toEqual(['msg_type', 'content'])
})

test.each([
  'http://open.feishu.cn/open-apis/bot/v2/hook/abc',
  'https://evil.example/open-apis/bot/v2/hook/abc',
  'https://open.feishu.cn.evil.example/open-apis/bot/v2/hook/abc',
  'https://open.feishu.cn/open-apis/bot/v2/hook/',
  'https://open.feishu.cn/open-apis/bot/v2/hook/abc/../../../im',
  'https://open.feishu.cn/open-apis/bot/hook/abc',
  'no address',
])('an address that leads elsewhere is the operator’s: %s', async (webhook) => {
  await open()
  expect(hookUrl(webhook, world.origin)).toBeNull()
  house.hooks.set(GROUP, { webhook, secret: HOOK_SECRET })
  expect(await world.channel.send(outgoing('x'))).toEqual({ kind: 'operator', reason: 'feishu:hook_address' })
})

test('an unknown robot and a group without one are the operator’s', async () => {
  await open()
  house.hooks.set(GROUP, { webhook: `${world.origin}/open-apis/bot/v2/hook/other`, secret: HOOK_SECRET })
  expect(await world.channel.send(outgoing('x'))).toEqual({ kind: 'operator', reason: 'feishu:19001' })
  expect(await world.channel.send(outgoing('x', { chat: 'oc_other' }))).toEqual({
    kind: 'operator',
    reason: 'feishu:no_webhook',
  })
})

test('a reminder is a card: its first line the heading, all of it plain', async () => {
  await open()
  const text = '今天要办 2 件\n1. 李四家 **断水** [x](https://evil.example)\n<at id=all></at> @所有人'
  await world.channel.send(outgoing(text, { reminder: REMINDER, mentions: ['ou_84aad35d084aa403', 'zhangsan', 'all'] }))
  expect(world.robot.asked[0]).toMatchObject({
    msg_type: 'interactive',
    card: {
      header: { title: { tag: 'plain_text', content: '今天要办 2 件' } },
      elements: [
        {
          tag: 'div',
          text: {
            tag: 'plain_text',
            content: '1. 李四家 **断水** [x](https://evil.example)\n<at id=all></at> @所有人',
          },
        },
        { tag: 'markdown', content: '<at id=ou_84aad35d084aa403></at>' },
      ],
    },
  })
  expect(world.robot.shown[0]?.mentioned).toEqual(['ou_84aad35d084aa403'])
})

test('plain words mention nobody but those who were asked for', async () => {
  await open()
  await world.channel.send(outgoing('请看 <at user_id="all">所有人</at>', { mentions: ['ou_84aad35d084aa403'] }))
  expect(world.robot.shown[0]?.mentioned).toEqual(['ou_84aad35d084aa403'])
  expect(world.robot.asked[0]?.content?.text).toBe(
    '请看 <\u200Bat user_id="all">所有人<\u200B/at>\n<at user_id="ou_84aad35d084aa403"></at>',
  )
})

test.each([
  ['one line', '到期了'],
  ['a heading that is none', `${'长'.repeat(121)}\n第二行`],
  ['nothing below', '到期\n \n'],
  ['nothing above', '\n到期'],
])('a reminder of %s goes as plain words', async (_, text) => {
  await open()
  await world.channel.send(outgoing(text, { reminder: REMINDER }))
  expect(world.robot.asked[0]?.msg_type).toBe('text')
})

test('a card that is refused goes as plain words; what is refused for another reason doesn’t', async () => {
  await open()
  const reminder = outgoing('到期\n李四', { reminder: REMINDER })
  world.robot.answers.push({ body: { code: 9499, msg: 'Bad Request' } })
  expect(await world.channel.send(reminder)).toMatchObject({ kind: 'sent' })
  expect(world.robot.asked.map(({ msg_type: type }) => type)).toEqual(['interactive', 'text'])
  world.robot.answers.push({ body: { code: 9499, msg: 'too many request' } })
  expect(await world.channel.send(reminder)).toEqual({ kind: 'retry', afterSeconds: 60, reason: 'feishu:9499' })
  world.robot.answers.push({ body: { code: 19024, msg: 'Key Words Not Found' } })
  expect(await world.channel.send(reminder)).toEqual({ kind: 'operator', reason: 'feishu:19024' })
  expect(world.robot.asked).toHaveLength(4)
})

test('a body over the limit is never posted', async () => {
  await open()
  expect(await world.channel.send(outgoing('长'.repeat(7000)))).toEqual({
    kind: 'unsendable',
    reason: 'feishu:too_long',
  })
  const text = `到期\n${'断\n'.repeat(3_950)}`
  expect(await world.channel.send(outgoing(text, { reminder: REMINDER }))).toMatchObject({ kind: 'sent' })
  expect(world.robot.asked.map(({ msg_type: type }) => type)).toEqual(['text'])
})

test.each([
  [{ body: { StatusCode: 0, StatusMessage: 'success' } }, { kind: 'sent', platformId: null }],
  [{ body: { code: 0, msg: 'success' } }, { kind: 'sent', platformId: null }],
  [
    { status: 400, headers: { 'x-ogw-ratelimit-reset': '42' }, body: { code: 99991400, msg: 'limit' } },
    { kind: 'retry', afterSeconds: 42, reason: 'feishu:99991400' },
  ],
  [
    { status: 400, headers: { 'x-ogw-ratelimit-reset': '-1' }, body: { code: 99991400, msg: 'limit' } },
    { kind: 'retry', afterSeconds: 60, reason: 'feishu:99991400' },
  ],
  [
    { status: 429, body: 'slow' },
    { kind: 'retry', afterSeconds: 60, reason: 'feishu:http_429' },
  ],
  [
    { status: 503, body: '' },
    { kind: 'retry', afterSeconds: 15, reason: 'feishu:http_503' },
  ],
  [{ body: '[]' }, { kind: 'retry', afterSeconds: 15, reason: 'feishu:unreadable' }],
  [{ body: { code: '0' } }, { kind: 'retry', afterSeconds: 15, reason: 'feishu:unreadable' }],
])('the answer %o is %o', async (answer, outcome) => {
  await open()
  world.robot.answers.push(answer)
  expect(await world.channel.send(outgoing('x'))).toEqual(outcome)
})

test.each([
  ['07:59:00', true],
  ['07:58:59', false],
  ['08:00:00', true],
  ['08:01:00', true],
  ['08:01:01', false],
  ['08:29:30', true],
  ['08:30:45', true],
  ['08:15:00', false],
])('a reminder at %s steps aside: %s', async (time, isCrowded) => {
  clock.at = Date.parse(`2026-11-23T${time}+08:00`)
  await open()
  const outcome = await world.channel.send(outgoing('到期\n李四', { reminder: REMINDER }))
  expect(outcome.kind === 'retry' ? outcome.reason : outcome.kind).toBe(isCrowded ? 'later:crowded' : 'sent')
})

test('what steps aside spreads over three minutes, once for each message; answers never do', async () => {
  clock.at = Date.parse('2026-11-23T08:00:00+08:00')
  const numbers = [0, 0.5, 0.999]
  await open({ random: () => numbers.shift() ?? 0 })
  const send = (id: string) => world.channel.send(outgoing('到期\n李四', { id, reminder: REMINDER }))
  const later = (afterSeconds: number) => ({ kind: 'retry', afterSeconds, reason: 'later:crowded' })
  expect([await send('a'), await send('b'), await send('c')]).toEqual([later(5), later(88), later(170)])
  expect(await world.channel.send(outgoing('收到'))).toMatchObject({ kind: 'sent' })
  clock.at += MINUTE
  expect(await send('a')).toMatchObject({ kind: 'sent' })
  expect(world.robot.shown).toHaveLength(2)
})

test('looks at itself without a word in the group', async () => {
  await open()
  expect(await world.channel.check?.()).toEqual([
    { state: 'ok', what: 'clock' },
    { state: 'ok', what: 'webhook', params: { count: 1 } },
  ])
  house.hooks.set('a', { webhook: 'https://evil.example/open-apis/bot/v2/hook/x', secret: HOOK_SECRET })
  house.hooks.set('b', { webhook: 'https://open.feishu.cn/open-apis/bot/v2/hook/x', secret: null })
  expect(await world.channel.check?.()).toEqual([
    { state: 'ok', what: 'clock' },
    { state: 'problem', what: 'webhook', params: { count: 1 } },
    { state: 'warning', what: 'unsigned', params: { count: 1 } },
    { state: 'ok', what: 'webhook', params: { count: 1 } },
  ])
  house.hooks.clear()
  expect(await world.channel.check?.()).toEqual([{ state: 'warning', what: 'webhook' }])
  expect(world.robot.asked).toEqual([])
})
