import { expect, test } from 'vitest'
import { instant } from '../../../src/base/time.ts'
import { MESSAGE_FRAME } from '../../../src/channels/wecom/frames.ts'
import { received, type ReceiveOptions } from '../../../src/channels/wecom/receive.ts'

const options: ReceiveOptions = {
  clock: { now: () => instant(1_795_000_000_000) },
  botName: null,
  fetchFile: ({ url }) =>
    Promise.resolve(url.endsWith('gone') ? null : { id: 'a'.repeat(64), name: url, type: 'image/jpeg', bytes: 9 }),
}

const read = (body: Record<string, unknown>) =>
  received(
    MESSAGE_FRAME.parse({
      headers: { req_id: 'r' },
      body: { msgid: 'CAIQ1', chattype: 'single', from: { userid: 'wangwu' }, ...body },
    }),
    options,
  )

test('who, where and when', async () => {
  const [message] = await read({ msgtype: 'text', text: { content: ' 断水了 ' }, create_time: 1_795_000_123 })
  expect(message).toEqual({
    channel: 'wecom',
    messageId: 'CAIQ1',
    chat: 'wangwu',
    from: 'wangwu',
    group: false,
    at: 1_795_000_123_000,
    language: null,
    body: { kind: 'text', text: '断水了' },
  })
})

test('without a time it is now', async () => {
  expect((await read({ msgtype: 'text', text: { content: '好' } }))[0]?.at).toBe(1_795_000_000_000)
})

test('words with pictures: the words, then each picture, each with an id of its own', async () => {
  const messages = await read({
    msgtype: 'mixed',
    mixed: {
      msg_item: [
        { msgtype: 'image', image: { url: 'https://x/1' } },
        { msgtype: 'text', text: { content: '墙裂了' } },
        { msgtype: 'image', image: { url: 'https://x/gone' } },
        { msgtype: 'text', text: { content: '两处' } },
      ],
    },
  })
  expect(messages.map(({ messageId, body }) => [messageId, body.kind])).toEqual([
    ['CAIQ1', 'text'],
    ['CAIQ1/1', 'photo'],
    ['CAIQ1/2', 'other'],
  ])
  expect(messages[0]?.body).toEqual({ kind: 'text', text: '墙裂了\n两处' })
})

test.each([
  ['file', { file: { url: 'https://x/1', filename: '名单.xlsx' } }, 'file'],
  ['video', { video: { url: 'https://x/1' } }, 'video'],
  ['image', { image: { url: 'https://x/gone' } }, 'other'],
  ['voice', { voice: { content: '  ' } }, 'other'],
  ['location', {}, 'other'],
])('%s', async (msgtype, more, kind) => {
  expect((await read({ msgtype, ...more }))[0]?.body.kind).toBe(kind)
})

test('a group message without its group is nobody’s', async () => {
  expect(await read({ msgtype: 'text', chattype: 'group', text: { content: '@x 好' } })).toEqual([])
})

test.each([
  ['no sender', { msgid: 'a', msgtype: 'text' }],
  ['an empty id', { msgid: '', msgtype: 'text', from: { userid: 'w' } }],
  ['a number for a text', { msgid: 'a', msgtype: 'text', from: { userid: 'w' }, text: { content: 7 } }],
  ['a time before time', { msgid: 'a', msgtype: 'text', from: { userid: 'w' }, create_time: -1 }],
])('a frame with %s is not read', (_, body) => {
  expect(MESSAGE_FRAME.safeParse({ headers: { req_id: 'r' }, body }).success).toBe(false)
})
