import { afterEach, expect, test } from 'vitest'
import { instant } from '../../../src/base/time.ts'
import type { Outgoing, ReminderMark } from '../../../src/messaging/channel.ts'
import { hookKey } from '../../../src/channels/wecom/hook-address.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { lent, type Lent } from '../lent.ts'
import { GROUP, HOOK_KEY, wecomWorld, type WecomWorld } from './stand-in.ts'

const clock = { now: () => instant(1_795_000_000_000) }
const REMINDER: ReminderMark = { rule: 'overdue', rung: 1, matters: [], items: [] }

let house: Lent
let world: WecomWorld

async function open() {
  house = lent(memoryStorage({ clock }), clock)
  world = await wecomWorld(house, { withBot: false })
}

afterEach(async () => {
  await world.channel.stop()
  await world.close()
})

const send = (text: string, more: Partial<Outgoing> = {}) =>
  world.channel.send({
    id: 'out-1',
    channel: 'wecom',
    chat: GROUP,
    text,
    choices: [],
    mentions: [],
    cause: null,
    reminder: null,
    matter: null,
    question: null,
    progress: null,
    createdAt: clock.now(),
    again: false,
    ...more,
  })

test('plain words are a text with whom they call', async () => {
  await open()
  expect(await send('请看 <@all>', { mentions: ['wangwu', '@all', 'all', 'a b', '<x>'] })).toMatchObject({
    kind: 'sent',
  })
  expect(world.robot.asked.bodies).toEqual([
    { msgtype: 'text', text: { content: '请看 <\u200B@\u200Ball>', mentioned_list: ['wangwu'] } },
  ])
})

test('a reminder is bold in its first line', async () => {
  await open()
  await send('到期提醒\n1. 李四家 断水', { reminder: REMINDER, mentions: ['wangwu'] })
  expect(world.robot.asked.bodies).toEqual([
    { msgtype: 'markdown', markdown: { content: '**到期提醒**\n\u200B1. 李四家 断水\n<@wangwu>' } },
  ])
})

test('markup that is refused goes as plain words', async () => {
  await open()
  world.robot.codes.push(40058)
  expect(await send('到期提醒\n李四家', { reminder: REMINDER })).toMatchObject({ kind: 'sent' })
  expect(world.robot.asked.bodies.map((body) => (body as { msgtype: string }).msgtype)).toEqual(['markdown', 'text'])
  world.robot.codes.push(45009)
  expect(await send('到期提醒\n李四家', { reminder: REMINDER })).toMatchObject({ kind: 'retry', afterSeconds: 60 })
  expect(world.robot.asked.bodies).toHaveLength(3)
})

test('what would show as code is sent as plain words', async () => {
  await open()
  await send('到期提醒\n他说 `断水` 了', { reminder: REMINDER })
  expect(world.robot.shown.map(({ text }) => text)).toEqual(['到期提醒\n他说 `断水` 了'])
})

test('a text that grows over its limit by what keeps it harmless goes as markdown', async () => {
  await open()
  const text = '@所'.repeat(500)
  expect(await send(text)).toMatchObject({ kind: 'sent' })
  expect(world.robot.shown[0]?.text.replaceAll('\u200B', '')).toBe(text)
  expect(await send('@所'.repeat(700))).toEqual({ kind: 'unsendable', reason: 'wecom:too_long' })
})

test('a file that can’t follow is told to the operator; the words are sent', async () => {
  await open()
  const attachment = { id: 'missing', name: '周报.xlsx', type: 'application/x' }
  expect(await send('周报', { attachment })).toMatchObject({ kind: 'sent' })
  expect(house.logged).toEqual(['file_not_sent {"reason":"wecom:no_file"}'])
  const bytes = Uint8Array.from([1, 2, 3])
  house.files.set('small', bytes)
  expect(await send('周报', { attachment: { ...attachment, id: 'small' } })).toMatchObject({ kind: 'sent' })
  expect(house.logged.at(-1)).toBe('file_not_sent {"reason":"wecom:40006"}')
})

test('a file keeps its name and its bytes, line breaks among them', async () => {
  await open()
  const bytes = Uint8Array.from([80, 75, 3, 4, 13, 10, 13, 10, 45, 45, 0, 255])
  house.files.set('f', bytes)
  await send('周报', { attachment: { id: 'f', name: '村务周报 "1".xlsx', type: 'application/x' } })
  expect(world.robot.shown.map(({ file }) => file)).toEqual([null, { name: '村务周报 %221%22.xlsx', bytes }])
})

test.each([
  ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-1', 'abc-1'],
  ['http://127.0.0.1:8080/cgi-bin/webhook/send?key=abc-1', 'abc-1'],
  ['http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-1', null],
  ['https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=abc-1', null],
  ['https://qyapi.weixin.qq.com@evil.example/send?key=abc-1', null],
  ['http://127.0.0.1:9090/cgi-bin/webhook/send?key=abc-1', null],
  ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send', null],
  ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a%26b', null],
  ['not an address', null],
])('the key of %s', (address, key) => {
  expect(hookKey(address, 'http://127.0.0.1:8080')).toBe(key)
})

test('an address that leads elsewhere is never asked', async () => {
  await open()
  house.hooks.set(GROUP, { webhook: `https://evil.example/send?key=${HOOK_KEY}`, secret: null })
  expect(await send('到期')).toEqual({ kind: 'operator', reason: 'wecom:hook_address' })
  expect(await world.channel.check?.()).toEqual([{ state: 'problem', what: 'webhook', params: { count: 1 } }])
})

test('a look writes nothing into the group, and tells robots that are gone', async () => {
  await open()
  house.hooks.set('gone', { webhook: `${world.origin}/cgi-bin/webhook/send?key=other`, secret: null })
  expect(await world.channel.check?.()).toEqual([
    { state: 'problem', what: 'webhook', params: { count: 1 } },
    { state: 'ok', what: 'webhook', params: { count: 1 } },
  ])
  expect(world.robot.shown).toEqual([])
})

test('where WeCom isn’t used there is nothing to look at, and nowhere to send', async () => {
  await open()
  house.hooks.clear()
  expect(await world.channel.check?.()).toEqual([])
  expect(await send('到期')).toEqual({ kind: 'operator', reason: 'wecom:no_way' })
})

test('an answer that doesn’t come within the limit may have been taken', async () => {
  house = lent(memoryStorage({ clock }), clock)
  world = await wecomWorld(house, { withBot: false, timeoutMs: 30 })
  world.robot.silent = 1
  expect(await send('到期')).toEqual({ kind: 'unknown', reason: 'wecom:timeout' })
})
