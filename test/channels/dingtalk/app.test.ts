import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Received } from '../../../src/messaging/channel.ts'
import type { Lent } from '../lent.ts'
import { houseAt, outgoing, REMINDER, setClock, START, type SetClock } from './house.ts'
import { CLIENT_ID, dingtalkWorld, GROUP, PERSON, type DingtalkWorld, type WorldOptions } from './stand-in.ts'

let clock: SetClock
let house: Lent
let world: DingtalkWorld
let received: Received[]

async function open(options: WorldOptions = {}) {
  house = houseAt(clock)
  world = await dingtalkWorld(house, { withHook: false, ...options })
  received = []
  await world.channel.start((message) => Promise.resolve(void received.push(message)))
  if (options.settings === undefined) await world.connected()
}

beforeEach(() => {
  clock = setClock()
})

afterEach(async () => {
  await world.channel.stop()
  await world.close()
})

const text = (content: string) => ({ msgtype: 'text', text: { content } })
const fromPerson = (content: string) => ({
  conversationType: '1',
  conversationId: 'cidPrivate0001AbCdEf==',
  senderStaffId: PERSON,
  senderId: '$:LWCP_v1:$abc',
  ...text(content),
})
const inGroup = (content: string) => ({
  conversationType: '2',
  conversationId: GROUP,
  senderStaffId: PERSON,
  senderId: '$:LWCP_v1:$abc',
  ...text(content),
})
const paths = () => world.app.asked.map(({ path }) => path).filter((path) => /send/i.test(path))

test('an answer goes to the address that came with the message, and calls by name there', async () => {
  await open()
  await world.app.push(inGroup(' 待办'))
  await world.channel.send(outgoing('一件', { mentions: [PERSON] }))
  expect(paths()).toEqual(['/robot/sendBySession'])
  expect(world.app.shown).toMatchObject([{ chat: GROUP, text: `一件\n@${PERSON}`, mentioned: [PERSON] }])
})

test('once that address is over the interface is used, in private and in groups', async () => {
  await open()
  await world.app.push(fromPerson('你好'))
  await world.app.push(inGroup(' 待办'))
  clock.at += 90 * 60_000
  expect(await world.channel.send(outgoing('一', { chat: PERSON }))).toMatchObject({ kind: 'sent' })
  expect(await world.channel.send(outgoing('二'))).toMatchObject({ kind: 'sent', platformId: expect.any(String) })
  expect(paths()).toEqual(['/v1.0/robot/oToMessages/batchSend', '/v1.0/robot/groupMessages/send'])
  expect(world.app.asked.at(-1)?.body).toEqual({
    msgKey: 'sampleText',
    msgParam: '{"content":"二"}',
    robotCode: CLIENT_ID,
    openConversationId: GROUP,
  })
})

test('an address that the platform does not know any more is left for the interface', async () => {
  await open()
  await world.app.push(fromPerson('你好'))
  world.app.answers.push({ status: 200, body: { errcode: 300001, errmsg: 'session 不存在' } })
  expect(await world.channel.send(outgoing('一', { chat: PERSON }))).toMatchObject({ kind: 'sent' })
  await world.channel.send(outgoing('二', { chat: PERSON }))
  expect(paths()).toEqual([
    '/robot/sendBySession',
    '/v1.0/robot/oToMessages/batchSend',
    '/v1.0/robot/oToMessages/batchSend',
  ])
})

test('an address for answers that leads elsewhere is never used', async () => {
  await open()
  for (const sessionWebhook of ['https://evil.example/robot/sendBySession?session=x', 'no address']) {
    await world.app.push({ ...fromPerson('你好'), sessionWebhook })
  }
  await world.channel.send(outgoing('一', { chat: PERSON }))
  expect(paths()).toEqual(['/v1.0/robot/oToMessages/batchSend'])
})

test('a reminder by the interface is marked', async () => {
  await open()
  await world.channel.send(outgoing('到期\n李四', { reminder: REMINDER }))
  expect(world.app.asked.at(-1)?.body).toMatchObject({
    msgKey: 'sampleMarkdown',
    msgParam: JSON.stringify({ title: '到期', text: '**到期**\n\n李四' }),
  })
  world.app.answers.push({ status: 400, body: { code: 'invalidParameter.msgParam.invalid', message: 'x' } })
  expect(await world.channel.send(outgoing('到期\n李四', { reminder: REMINDER }))).toMatchObject({ kind: 'sent' })
  expect(world.app.asked.at(-1)?.body).toMatchObject({ msgKey: 'sampleText' })
})

test('a group with both: digests by its own robot, all else by the app', async () => {
  await open({ withHook: true })
  await world.channel.send(outgoing('到期\n李四', { reminder: REMINDER }))
  await world.channel.send(outgoing('收到', { cause: 'dingtalk msg1' }))
  expect(world.robot.shown.map(({ text }) => text)).toEqual(['到期\n李四'])
  expect(world.app.shown.map(({ text }) => text)).toEqual(['收到'])
})

test('a group that was imported under a name of its own is reached by its robot only', async () => {
  await open({ withHook: true })
  house.hooks.set('石板村干部群', house.hooks.get(GROUP) as { webhook: string; secret: string })
  await world.channel.send(outgoing('收到', { chat: '石板村干部群' }))
  expect(world.robot.shown.map(({ text }) => text)).toEqual(['收到'])
})

test('people outside of the organisation are known by their id, and answered only while they talk', async () => {
  await open()
  const outsider = '$:LWCP_v1:$outsider'
  const { senderStaffId: _, ...message } = fromPerson('你好')
  await world.app.push({ ...message, senderId: outsider })
  expect(received[0]).toMatchObject({ chat: outsider, from: outsider, group: false })
  expect(await world.channel.send(outgoing('一', { chat: outsider }))).toMatchObject({ kind: 'sent' })
  clock.at += 90 * 60_000
  expect(await world.channel.send(outgoing('二', { chat: outsider }))).toEqual({
    kind: 'person',
    reason: 'dingtalk:no_staff_id',
  })
})

test('an answer of 200 that left somebody out is no success', async () => {
  await open()
  expect(await world.channel.send(outgoing('一', { chat: 'nobody01' }))).toEqual({
    kind: 'unsendable',
    reason: 'dingtalk:invalid_staff',
  })
  world.app.answers.push({ status: 200, body: { processQueryKey: 'q', flowControlledStaffIdList: [PERSON] } })
  expect(await world.channel.send(outgoing('一', { chat: PERSON }))).toEqual({
    kind: 'retry',
    afterSeconds: 60,
    reason: 'dingtalk:flow_controlled',
  })
})

test('one access token for all, asked for once, until it ends or is taken back', async () => {
  await open()
  await Promise.all([1, 2, 3, 4, 5].map((place) => world.channel.send(outgoing(`第 ${String(place)} 条`))))
  expect(world.app.tokens).toBe(1)
  world.app.revoke()
  expect(await world.channel.send(outgoing('换了'))).toMatchObject({ kind: 'sent' })
  expect(world.app.tokens).toBe(2)
  clock.at = START + 7200_000 - 5 * 60_000
  await world.channel.send(outgoing('快到期'))
  expect(world.app.tokens).toBe(3)
})

test('a secret that is refused is the operator’s, and no message is tried with it', async () => {
  await open({ settings: { DINGTALK_CLIENT_SECRET: 'wrong' } })
  expect(await world.channel.send(outgoing('x'))).toEqual({ kind: 'operator', reason: 'dingtalk:token' })
  expect(paths()).toEqual([])
})

const XLSX = {
  id: 'month',
  name: '十一月.xlsx',
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

test('the file of a digest follows by the app, the words by the group’s own robot', async () => {
  await open({ withHook: true })
  house.files.set('month', Uint8Array.from([1, 2, 3]))
  const digest = outgoing('十一月\n12 件', { reminder: REMINDER, attachment: XLSX })
  expect(await world.channel.send(digest)).toMatchObject({ kind: 'sent' })
  expect(world.robot.shown).toHaveLength(1)
  expect(world.app.shown).toMatchObject([
    { chat: GROUP, file: { name: '十一月.xlsx', bytes: Uint8Array.from([1, 2, 3]) } },
  ])
  expect(JSON.parse(world.app.shown[0]?.raw ?? '{}')).toMatchObject({ fileName: '十一月.xlsx', fileType: 'xlsx' })
})

test('a file that can’t follow is told to the operator; the words are sent', async () => {
  await open()
  expect(await world.channel.send(outgoing('周报', { attachment: XLSX }))).toMatchObject({ kind: 'sent' })
  house.files.set('month', Uint8Array.from([1]))
  const odd = { ...XLSX, name: '周报.exe' }
  expect(await world.channel.send(outgoing('周报', { attachment: odd }))).toMatchObject({ kind: 'sent' })
  expect(house.logged.filter((line) => line.startsWith('file'))).toEqual([
    'file_not_sent {"reason":"dingtalk:no_file"}',
    'file_not_sent {"reason":"dingtalk:invalidParameter.msg"}',
  ])
  expect(world.app.shown.map(({ text }) => text)).toEqual(['周报', '周报'])
})
