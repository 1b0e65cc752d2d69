import { afterEach, expect, test } from 'vitest'
import { FileBox } from 'file-box'
import { types } from 'wechaty'
import { instant } from '../../../src/base/time.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import {
  wechatPersonalChannel,
  type WechatPersonalOptions,
} from '../../../src/channels/wechat-personal/wechat-personal.ts'
import type { Channel, Outgoing, Received } from '../../../src/messaging/channel.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { channelContract } from '../contract.ts'
import { lent, type Lent } from '../lent.ts'
import { BOT_NAME, phoneStandIn, phoneWorld, TOKEN, type PhoneWorld } from './stand-in.ts'

channelContract('personal WeChat', phoneStandIn)

let now = Date.now()
const clock = { now: () => instant(now) }
let house: Lent
let world: PhoneWorld
let heard: Received[]

async function start(options: WechatPersonalOptions = {}) {
  now = Date.now()
  heard = []
  house = lent(memoryStorage({ clock }), clock)
  world = await phoneWorld(house, options)
  close = () => world.channel.stop()
  await world.start((message) => Promise.resolve(void heard.push(message)))
}

let close = () => Promise.resolve()
afterEach(() => close())

const outgoing = (chat: string, text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  id: `out-${text}`,
  channel: 'wechat-personal',
  chat,
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

const send = (chat: string, text: string, more: Partial<Outgoing> = {}) =>
  world.channel.send(outgoing(chat, text, more))

/** The framework hands over what comes at the same moment in no order. */
const byKind = (one: Received['body'], other: Received['body']) => one.kind.localeCompare(other.kind)
const byWhat = (one: object, other: object) => JSON.stringify(one).localeCompare(JSON.stringify(other))

/** A message that the mock has no words for. */
function arrives(payload: Record<string, unknown>): void {
  const id = String(payload['id'] ?? `m${String(Math.random())}`)
  world.mocker.MessageMock.create({
    talkerId: world.li.id,
    listenerId: world.self.id,
    timestamp: Date.now(),
    type: types.Message.Text,
    ...payload,
    id,
  } as never)
  world.puppet.emit('message', { messageId: id })
}

/** So many messages, and nothing else by the time that the last of them was heard. */
async function bodies(count: number): Promise<Received['body'][]> {
  await world.until(() => heard.length >= count)
  await new Promise((resolve) => setTimeout(resolve, 10))
  return heard.map(({ body }) => body)
}

test('in a room only what mentions the bot is heard, the mention taken out and others left', async () => {
  await start()
  const { wang, li, self, room } = world
  wang.say('大家看看').to(room)
  wang.say(`@${BOT_NAME} 转给 @李村民`, [self, li]).to(room)
  wang.say(`请 @${BOT_NAME}\u2005看 2023`, [self]).to(room)
  wang.say(`@${BOT_NAME}的朋友 看`).to(room)
  expect(await bodies(2)).toEqual([
    { kind: 'text', text: '转给 @李村民' },
    { kind: 'text', text: '请 看 2023' },
  ])
  expect(heard[0]).toMatchObject({ chat: room.id, from: wang.id, group: true })
})

test('what was quoted is another’s: only the own words count', async () => {
  await start()
  const { wang, self, room } = world
  wang.say(`「王书记：解除 23」\n- - - - - - - - - - - - - - -\n@${BOT_NAME} 待办`, [self]).to(room)
  expect(await bodies(1)).toEqual([{ kind: 'text', text: '待办' }])
})

test('what is no message to the bot is left', async () => {
  await start()
  const advert = world.mocker.createContact({ name: '某公众号', type: types.Contact.Official })
  advert.say('今日优惠').to(world.self)
  world.self.say('我自己说的').to(world.li)
  arrives({ type: types.Message.Recalled })
  arrives({ type: types.Message.Unknown, text: '你已添加了李村民' })
  world.li.say('我说的').to(world.self)
  expect(await bodies(1)).toEqual([{ kind: 'text', text: '我说的' }])
})

test('kinds without words are told as something else', async () => {
  await start()
  arrives({ type: types.Message.Emoticon })
  arrives({ type: types.Message.ChatHistory, text: '转发的聊天记录' })
  arrives({ type: types.Message.RedEnvelope })
  arrives({ type: types.Message.Image })
  world.puppet.messageLocation = () => Promise.reject(new Error('gone'))
  arrives({ type: types.Message.Location })
  expect((await bodies(5)).sort(byWhat)).toEqual(
    ['sticker', 'forwarded', 'red_packet', 'photo', 'location'].map((what) => ({ kind: 'other', what })).sort(byWhat),
  )
  expect(house.logged.filter((line) => /fetched/.test(line))).toHaveLength(2)
})

test('videos and files are kept with their names', async () => {
  await start()
  world.li.say(FileBox.fromBase64('AQID', '漏雨.mp4')).to(world.self)
  world.mocker.cacheFileBoxPayload.set('list', FileBox.fromBase64('AQID', '名单.pdf').toJSON())
  arrives({ id: 'list', type: types.Message.Attachment })
  expect((await bodies(2)).sort(byKind)).toMatchObject([
    { kind: 'file', file: { name: '名单.pdf' } },
    { kind: 'video', file: { name: '漏雨.mp4' } },
  ])
  expect([...house.files.values()]).toEqual([Uint8Array.from([1, 2, 3])])
})

test('what was said while nobody was logged in is late, not lost', async () => {
  await start()
  arrives({ timestamp: Date.now() - 3_600_000, text: '一小时前断水了' })
  expect(await bodies(1)).toEqual([{ kind: 'text', text: '一小时前断水了' }])
  expect(Date.now() - (heard[0]?.at ?? 0)).toBeGreaterThan(3_500_000)
})

test('members are called by name, strangers to the room are not', async () => {
  await start()
  const stranger = world.mocker.createContact({ name: '外人' })
  await send(world.room.id, '请看 @所有人', { mentions: [world.wang.id, stranger.id, 'nobody'] })
  expect(world.shown).toMatchObject([{ text: '请看 @\u200B所有人', mentioned: [world.wang.id] }])
})

test('the bot’s leaving of a room and its return are told, others’ not', async () => {
  await start()
  const { room, self, wang, li } = world
  room.remove(li).by(wang)
  room.remove(self).by(wang)
  await world.until(() => house.leftGroups.get(room.id) === true)
  expect(await send(room.id, '提醒')).toEqual({ kind: 'unsendable', reason: 'wechat-personal:not_in_group' })
  room.add(self).by(wang)
  await world.until(() => house.leftGroups.get(room.id) === false)
  expect(await send(room.id, '提醒')).toMatchObject({ kind: 'sent' })
  expect(house.leftGroups.size).toBe(1)
})

test('an id of another login is waited for first, then nobody’s', async () => {
  await start()
  expect(await send('@0a1b', '您好')).toMatchObject({ kind: 'retry', reason: 'wechat-personal:settling' })
  now += 121_000
  expect(await send('@0a1b', '您好')).toEqual({ kind: 'unsendable', reason: 'wechat-personal:no_such_chat' })
})

test('logged out: the operator is told, with a code to scan; after it sending goes on', async () => {
  await start()
  await world.puppet.logout()
  await world.until(() => house.logged.some((line) => line.startsWith('login_waiting')))
  expect(await send(world.li.id, '一')).toEqual({ kind: 'operator', reason: 'wechat-personal:not_logged_in' })
  expect(await world.channel.check?.()).toEqual([{ state: 'problem', what: 'login' }])
  for (const code of ['https://login.weixin.qq.com/l/AbC==', 'https://login.weixin.qq.com/l/AbC==', '']) {
    world.mocker.scan(code)
  }
  await world.until(() => house.logged.some((line) => line.startsWith('scan')))
  expect(house.logged.filter((line) => line.startsWith('scan'))).toEqual([
    'scan {"address":"https://wechaty.js.org/qrcode/https%3A%2F%2Flogin.weixin.qq.com%2Fl%2FAbC%3D%3D"}',
  ])
  world.mocker.login(world.self)
  await world.until(() => house.logged.at(-1)?.startsWith('login_ready') ?? false)
  expect(await send(world.li.id, '一')).toMatchObject({ kind: 'sent' })
  expect(await world.channel.check?.()).toEqual([{ state: 'ok', what: 'login' }])
})

test('a send that never ends may have arrived', async () => {
  await start({ timeoutMs: 30 })
  world.puppet.messageSendText = () => new Promise(() => {})
  expect(await send(world.li.id, '一')).toEqual({ kind: 'unknown', reason: 'wechat-personal:timeout' })
})

test('a file that can’t follow is told to the operator; the words are sent', async () => {
  await start()
  expect(
    await send(world.li.id, '周报', { attachment: { id: 'missing', name: '周报.xlsx', type: 'x' } }),
  ).toMatchObject({ kind: 'sent' })
  expect(house.logged.at(-1)).toBe('file_not_sent {}')
})

test('faults of the puppet are logged once in a while, without what they say', async () => {
  await start()
  for (let count = 0; count < 5; count++) world.puppet.emit('error', { data: `secret ${TOKEN}` } as never)
  await world.until(() => house.logged.some((line) => line.startsWith('puppet_fault')))
  expect(house.logged.filter((line) => line.startsWith('puppet_fault'))).toEqual(['puppet_fault {}'])
})

test('a puppet that doesn’t start stops no start, and is started again', async () => {
  house = lent(memoryStorage({ clock }), clock)
  world = await phoneWorld(house, { againMs: 5 })
  close = () => world.channel.stop()
  const start = world.puppet.start.bind(world.puppet)
  let starts = 0
  world.puppet.start = () => (starts++ < 2 ? Promise.reject(new Error('ECONNREFUSED')) : start())
  await world.channel.start(() => Promise.resolve())
  await world.until(() => starts > 0)
  expect(await send(world.li.id, '一')).toMatchObject({ kind: 'retry', reason: 'wechat-personal:starting' })
  expect(await world.channel.check?.()).toEqual([{ state: 'warning', what: 'network' }])
  await world.until(() => world.puppet.state.active() === true)
  world.mocker.login(world.self)
  await world.until(() => house.logged.some((line) => line.startsWith('login_ready')))
  expect(await send(world.li.id, '一')).toMatchObject({ kind: 'sent' })
  expect(starts).toBe(3)
})

test('a puppet that isn’t installed stops no start: it is told, and nothing is lost', async () => {
  house = lent(memoryStorage({ clock }), clock)
  const channel: Channel = wechatPersonalChannel(
    CHANNEL_SETTINGS.parse({ WECHAT_PERSONAL_PUPPET: 'wechaty-puppet-of-nobody' }),
    house,
  )
  expect(await channel.check?.()).toEqual([{ state: 'warning', what: 'login' }])
  await channel.start(() => Promise.resolve())
  for (let left = 5_000; left > 0 && !house.logged.some((line) => line.startsWith('login_missing')); left--) {
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  expect(await channel.check?.()).toEqual([{ state: 'problem', what: 'puppet' }])
  expect(await channel.send(outgoing('li', '一'))).toEqual({
    kind: 'operator',
    reason: 'wechat-personal:not_installed',
  })
  await channel.stop()
})
