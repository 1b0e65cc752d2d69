import { afterEach, expect, test } from 'vitest'
import type { Received } from '../../../src/messaging/channel.ts'
import type { Lent } from '../lent.ts'
import { TOPIC } from './app-platform.ts'
import { houseAt, setClock } from './house.ts'
import { CLIENT_SECRET, dingtalkWorld, PERSON, type DingtalkWorld, type WorldOptions } from './stand-in.ts'

let house: Lent
let world: DingtalkWorld
let received: Received[]

async function open(options: WorldOptions = {}, deliver = (_: Received): Promise<void> => Promise.resolve()) {
  house = houseAt(setClock())
  world = await dingtalkWorld(house, { withHook: false, ...options })
  received = []
  await world.channel.start((message) => {
    received.push(message)
    return deliver(message)
  })
}

afterEach(async () => {
  await world.channel.stop()
  await world.close()
})

const says = (content: string, more: Readonly<Record<string, unknown>> = {}) =>
  world.app.push({
    conversationType: '1',
    conversationId: 'cidPrivate0001AbCdEf==',
    senderStaffId: PERSON,
    senderId: '$:LWCP_v1:$abc',
    msgtype: 'text',
    text: { content },
    ...more,
  })
const texts = () => received.map(({ body }) => (body.kind === 'text' ? body.text : body.kind))
const until = async (isSo: () => boolean) => {
  for (let left = 2_000; left > 0 && !isSo(); left--) await new Promise((resolve) => setTimeout(resolve, 1))
  expect(isSo()).toBe(true)
}
const pauses = () =>
  house.logged.filter((line) => line.startsWith('stream_away')).map((line) => JSON.parse(line.slice(12)) as object)

test('frames that are none change nothing and cut nothing', async () => {
  await open()
  await world.connected()
  for (const frame of [
    'no json',
    '{"type":"CALLBACK"',
    'null',
    '[]',
    '7',
    {},
    { type: 'CALLBACK' },
    { type: 'CALLBACK', headers: {} },
    { type: 'CALLBACK', headers: { topic: 7 } },
    { type: 'CALLBACK', headers: null },
    { type: 'CALLBACK', headers: { topic: TOPIC } },
    { type: 'CALLBACK', headers: { topic: TOPIC, messageId: 7 }, data: '{}' },
    { type: 'CALLBACK', headers: { topic: 'error', messageId: 'x' }, data: '{}' },
    { type: 'EVENT', headers: { topic: '*', messageId: 'y' }, data: '{}' },
    { type: 'SYSTEM', headers: {} },
    { type: 'EVENT', headers: { topic: '*' }, data: '{}' },
    { type: 'SYSTEM', headers: { topic: 'ping', messageId: 'p' }, data: '{"opaque":"1"}' },
    { type: 'CALLBACK', headers: { topic: '/v1.0/card/instances/callback', messageId: 'c' }, data: '{}' },
    { type: 'CALLBACK', headers: { topic: TOPIC, messageId: 'd' } },
    { type: 'CALLBACK', headers: { topic: TOPIC, messageId: 'e' }, data: 'no json' },
    { type: 'CALLBACK', headers: { topic: TOPIC, messageId: 'f' }, data: '[]' },
  ]) {
    world.app.frame(frame)
  }
  await says('还在')
  expect(texts()).toEqual(['还在'])
  expect(world.app.connections).toBe(1)
  expect(house.logged.filter((line) => line.startsWith('frame_unreadable'))).toHaveLength(17)
})

test('messages of one chat stay in their order, though one takes longer', async () => {
  let release = () => {}
  const first = new Promise<void>((resolve) => (release = resolve))
  await open({}, (message) => (message.body.kind === 'text' && message.body.text === '一' ? first : Promise.resolve()))
  await world.connected()
  const said = Promise.all([says('一'), says('二'), says('三', { senderStaffId: 'other0001' })])
  await until(() => texts().includes('三'))
  expect(texts()).toEqual(['一', '三'])
  release()
  await said
  expect(texts()).toEqual(['一', '三', '二'])
})

test('the platform that is about to close the connection is left for a new one', async () => {
  await open()
  await world.connected()
  world.app.frame({ type: 'SYSTEM', headers: { topic: 'disconnect', messageId: 'x' }, data: '{"reason":"persistent"}' })
  await world.connected(2)
  await says('又来了')
  expect(texts()).toEqual(['又来了'])
})

test('a connection that breaks is made again, and what was not acknowledged comes again', async () => {
  let isBroken = true
  await open({}, () => {
    if (!isBroken) return Promise.resolve()
    isBroken = false
    world.app.peer?.cut()
    return Promise.reject(new Error('disk'))
  })
  await world.connected()
  await says('断水了')
  expect(texts()).toEqual(['断水了', '断水了'])
  expect(received[0]?.messageId).toBe(received[1]?.messageId)
  expect(world.app.connections).toBe(2)
})

test('pauses grow up to a bound, and the log says why without a secret', async () => {
  await open({
    settings: { DINGTALK_CLIENT_SECRET: 'wrong-secret' },
    pauses: { first: 2, longest: 8 },
    random: () => 0,
  })
  await until(() => pauses().length >= 4)
  expect(pauses()[0]).toEqual({ reason: 'dingtalk:http_401', seconds: 0 })
  expect(world.app.connections).toBe(0)
  const told = house.logged.join('\n')
  expect(told).not.toContain('wrong-secret')
  expect(told).not.toContain(CLIENT_SECRET)
})

test('the seconds that are told double, to five minutes', async () => {
  await open({ pauses: { first: 120_000, longest: 300_000 }, random: () => 0.5 })
  await world.connected()
  world.app.peer?.cut()
  await until(() => pauses().length === 1)
  expect(pauses()).toEqual([{ reason: 'closed', seconds: 135 }])
  // A stop does not wait for it.
  await world.channel.stop()
})

test('a gateway that can’t be reached is tried again', async () => {
  await open({ settings: { DINGTALK_API_ROOT: 'http://127.0.0.1:1' } })
  await until(() => pauses().length >= 1)
  expect(world.app.connections).toBe(0)
})

test('without an app nothing is connected, and the group robot works', async () => {
  await open({ withApp: false, withHook: true })
  expect(world.channel.abilities.receives).toBe(false)
  expect(world.app.asked).toEqual([])
})
