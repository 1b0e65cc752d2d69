import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../src/base/errors.ts'
import type { Received } from '../../../src/messaging/channel.ts'
import type { Lent } from '../lent.ts'
import { houseAt, setClock, START } from './house.ts'
import { CLIENT_ID, dingtalkWorld, GROUP, PERSON, type DingtalkWorld } from './stand-in.ts'

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

let house: Lent
let world: DingtalkWorld
let received: Received[]

beforeEach(async () => {
  house = houseAt(setClock())
  world = await dingtalkWorld(house, { withHook: false })
  received = []
  await world.channel.start((message) => Promise.resolve(void received.push(message)))
  await world.connected()
})

afterEach(async () => {
  await world.channel.stop()
  await world.close()
})

const privately = (message: Readonly<Record<string, unknown>>) =>
  world.app.push({
    msgId: 'msgA==',
    conversationType: '1',
    conversationId: 'cidPrivate0001AbCdEf==',
    senderStaffId: PERSON,
    senderId: '$:LWCP_v1:$abc',
    ...message,
  })
const inGroup = (message: Readonly<Record<string, unknown>>) =>
  privately({ conversationType: '2', conversationId: GROUP, ...message })
const bodies = () => received.map(({ body }) => body)

test('who, where and when', async () => {
  await privately({ msgtype: 'text', text: { content: ' 你好\n ' }, createAt: START - 5_000 })
  await inGroup({ msgId: 'msgB==', msgtype: 'text', text: { content: ' 待办' }, createAt: START + 60_000 })
  expect(received).toEqual([
    {
      channel: 'dingtalk',
      messageId: 'msgA==',
      chat: PERSON,
      from: PERSON,
      group: false,
      at: START - 5_000,
      language: null,
      body: { kind: 'text', text: '你好' },
    },
    {
      channel: 'dingtalk',
      messageId: 'msgB==',
      chat: GROUP,
      from: PERSON,
      group: true,
      // The platform's clock is ahead of ours: not in the future.
      at: START,
      language: null,
      body: { kind: 'text', text: '待办' },
    },
  ])
})

test('words with pictures are several messages, each with its own id', async () => {
  const pieces = [
    { text: '我家的房子' },
    { type: 'picture', downloadCode: world.app.file(JPEG) },
    { text: '漏了' },
    { type: 'picture', pictureDownloadCode: world.app.file(JPEG) },
  ]
  await privately({ msgtype: 'richText', content: { richText: pieces } })
  expect(received.map(({ messageId, body }) => [messageId, body.kind])).toEqual([
    ['msgA==', 'text'],
    ['msgA==/1', 'photo'],
    ['msgA==/2', 'photo'],
  ])
  expect(bodies()[0]).toEqual({ kind: 'text', text: '我家的房子漏了' })
})

test('in a group only words are told', async () => {
  await inGroup({ msgtype: 'picture', content: { downloadCode: world.app.file(JPEG) } })
  await inGroup({ msgtype: 'text', text: { content: ' ' } })
  await inGroup({ msgtype: 'chatRecord', content: { title: '聊天记录' } })
  await inGroup({ msgtype: 'richText', content: { richText: [{ text: ' 已办 3' }, { downloadCode: 'x' }] } })
  expect(bodies()).toEqual([{ kind: 'text', text: '已办 3' }])
  expect(house.files.size).toBe(0)
})

test('files, videos, and pictures that were sent as files', async () => {
  await privately({ msgtype: 'file', content: { downloadCode: world.app.file(JPEG), fileName: '房子.jpg' } })
  await privately({ msgtype: 'video', content: { downloadCode: world.app.file(JPEG), videoType: 'mp4', duration: 3 } })
  expect(bodies()).toMatchObject([
    { kind: 'photo', file: { name: '房子.jpg', bytes: JPEG.length } },
    { kind: 'video', file: { name: 'video' } },
  ])
  const asked = world.app.asked.filter(({ path }) => path.endsWith('/messageFiles/download'))
  expect(asked[0]?.body).toMatchObject({ robotCode: CLIENT_ID })
  expect(world.app.tokens).toBe(1)
})

test('a recording with its words; the words alone when it can’t be had any more', async () => {
  await privately({ msgtype: 'audio', content: { downloadCode: world.app.file(JPEG), recognition: ' 家里断水了 ' } })
  await privately({ msgtype: 'audio', content: { downloadCode: 'gone', recognition: '家里断水了' } })
  await privately({ msgtype: 'audio', content: { downloadCode: 'gone', recognition: '' } })
  expect(bodies()).toMatchObject([
    { kind: 'voice', transcript: '家里断水了' },
    { kind: 'text', text: '家里断水了' },
    { kind: 'other', what: 'audio' },
  ])
  expect(house.logged.filter((line) => line.startsWith('file_not_had'))).toEqual([
    'file_not_had {"reason":"dingtalk:invalidParameter.param"}',
    'file_not_had {"reason":"dingtalk:invalidParameter.param"}',
  ])
})

test('what the house does not keep is told as something else', async () => {
  const { storeFile } = house
  Object.assign(house, { storeFile: () => Promise.reject(new AppError('FILE_UNREADABLE', {})) })
  await privately({ msgtype: 'picture', content: { downloadCode: world.app.file(JPEG) } })
  Object.assign(house, { storeFile })
  expect(bodies()).toEqual([{ kind: 'other', what: 'picture' }])
})

test('a file that can’t be had now comes again with its message', async () => {
  const { storeFile } = house
  Object.assign(house, { storeFile: () => Promise.reject(new Error('disk full')) })
  const pushed = privately({ msgtype: 'picture', content: { downloadCode: world.app.file(JPEG) } })
  while (!house.logged.some((line) => line.startsWith('not_acknowledged'))) await new Promise(setImmediate)
  Object.assign(house, { storeFile })
  world.app.repeat()
  await pushed
  expect(bodies()).toMatchObject([{ kind: 'photo' }])
})

test.each([
  { msgtype: 'unknownMsgType' },
  { msgtype: 'interactiveCard', content: {} },
  { msgtype: 'picture', content: {} },
  { msgtype: 'file' },
])('kinds that nobody knows are told as something else: %o', async (message) => {
  await privately(message)
  expect(bodies()).toEqual([{ kind: 'other', what: message.msgtype }])
})

test.each([
  { msgtype: 'text', text: 'no object' },
  { msgtype: 7 },
  { msgtype: 'text', text: { content: 'x' }, conversationType: '3' },
  { msgtype: 'text', text: { content: 'x' }, senderId: '' },
  { msgtype: 'text', text: { content: 'x' }, msgId: undefined },
  { msgtype: 'text', text: { content: ['x'] } },
  { msgtype: 'text', text: { content: 'x' }, createAt: 'yesterday' },
])('what is of another shape changes nothing and is not asked for again: %o', async (message) => {
  await privately(message)
  expect(received).toEqual([])
  expect(house.logged).toContain('message_unreadable {}')
})
