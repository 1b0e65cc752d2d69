import { expect, test } from 'vitest'
import { AppError } from '../../../src/base/errors.ts'
import { desk, settled, USER, type DeskOptions } from './desk.ts'

const event = (name: string, fields: Record<string, string> = {}) => ({ MsgType: 'event', Event: name, ...fields })

const hears = async (fields: Record<string, string | number>, options: DeskOptions = {}) => {
  const d = await desk(options)
  const pushed = d.push(d.document(fields))
  await settled()
  await settled()
  return { d, pushed, body: d.received[0]?.body }
}

test.each([
  ['text', { Content: ' 007 <b> ' }, { kind: 'text', text: ' 007 <b> ' }],
  ['a place', { MsgType: 'location', Location_X: '26.583611', Location_Y: '106.713478', Scale: '15', Label: '贵阳' }, { kind: 'location', latitude: 26.583611, longitude: 106.713478 }],
  ['a link', { MsgType: 'link', Title: 't', Description: 'd', Url: 'https://x.example' }, { kind: 'other', what: 'link' }],
  ['something new', { MsgType: 'hologram' }, { kind: 'other', what: 'hologram' }],
  ['a new follower', event('subscribe', { EventKey: '' }), { kind: 'start', payload: '' }],
  ['a new follower by a village’s code', event('subscribe', { EventKey: 'qrscene_v_3kd7q2', Ticket: 't' }), { kind: 'start', payload: 'v_3kd7q2' }],
  ['a follower’s scan', event('SCAN', { EventKey: 'v_3kd7q2', Ticket: 't' }), { kind: 'start', payload: 'v_3kd7q2' }],
  ['a tap on the menu', event('CLICK', { EventKey: '进度' }), { kind: 'text', text: '进度' }],
  ['a tap on a menu made by hand', event('CLICK', { EventKey: 'choice:job_seek' }), { kind: 'choice', id: 'job_seek' }],
])('%s', async (_, fields, body) => {
  const { d } = await hears(fields)
  expect(d.received).toMatchObject([{ channel: 'wechat', chat: USER, from: USER, group: false, language: null, body }])
  expect(d.received[0]?.at).toBe(d.timers.clock.now())
}) // prettier-ignore

test('ids of 64 bits stay whole; events have one made of who, when and which', async () => {
  const { d } = await hears({ Content: 'x', MsgId: '18446744073709551615' })
  expect(d.received[0]?.messageId).toBe('18446744073709551615')
  const seconds = Math.floor(d.timers.clock.now() / 1000)
  for (const name of ['subscribe', 'SCAN'])
    d.push(d.document(event(name, { EventKey: 'v_1', CreateTime: String(seconds) })))
  await settled()
  expect(d.received.slice(1).map(({ messageId }) => messageId)).toEqual([
    `${USER}:${seconds}:subscribe`,
    `${USER}:${seconds}:SCAN`,
  ])
})

test('what each thing lets us send', async () => {
  const opens = async (fields: Record<string, string>) => (await hears(fields)).d.opened
  expect(await opens({ Content: 'x' })).toEqual([`${USER} message`])
  for (const name of ['subscribe', 'SCAN', 'CLICK'])
    expect(await opens(event(name, { EventKey: 'k' }))).toEqual([`${USER} tap`])
  for (const name of ['VIEW', 'LOCATION', 'unsubscribe', 'TEMPLATESENDJOBFINISH'])
    expect(await opens(event(name))).toEqual([])
})

test.each(['VIEW', 'LOCATION', 'unsubscribe', 'TEMPLATESENDJOBFINISH', 'scancode_push', 'poi_check_notify'])(
  'the event %s is taken and says nothing to anybody',
  async (name) => {
    const { d, pushed } = await hears(event(name, { EventKey: 'https://x.example', Latitude: '26' }))
    expect(pushed.answer).toEqual({ kind: 'success' })
    expect(d.received).toEqual([])
  },
)

test('whoever unsubscribes is gone, and back when they follow again', async () => {
  const { d } = await hears(event('unsubscribe'))
  d.push(d.document(event('subscribe', { EventKey: '' })))
  await settled()
  expect(d.gone).toEqual([d.timers.clock.now(), null])
})

test('a template that did not arrive is told to the operator', async () => {
  const { d } = await hears(event('TEMPLATESENDJOBFINISH', { MsgID: '200163836', Status: 'failed:user block' }))
  d.push(d.document(event('TEMPLATESENDJOBFINISH', { MsgID: '200163837', Status: 'success' })))
  await settled()
  expect(d.house.logged).toEqual(['template_undelivered {}'])
})

const BYTES = Uint8Array.from([0xff, 0xd8, 0xff, 1])
const FETCHED = { bytes: BYTES, name: 'm.jpg' }
const photo = { MsgType: 'image', MediaId: 'media-1', PicUrl: 'http://mmbiz.qpic.cn/x/0' }
const voice = { MsgType: 'voice', MediaId: 'media-2', Format: 'amr' }

test.each([
  ['a picture', photo, { kind: 'photo', file: { name: 'm.jpg', bytes: 4 } }],
  ['a recording with its words', { ...voice, Recognition: '家里断水了。' }, { kind: 'voice', file: { bytes: 4 }, transcript: '家里断水了。' }],
  ['a recording without', { ...voice, Recognition: '' }, { kind: 'voice', file: { bytes: 4 }, transcript: null }],
  ['a video', { MsgType: 'video', MediaId: 'media-3', ThumbMediaId: 't' }, { kind: 'video', file: { bytes: 4 } }],
  ['a short video', { MsgType: 'shortvideo', MediaId: 'media-4', ThumbMediaId: 't' }, { kind: 'video', file: { bytes: 4 } }],
])('%s is stored before it is delivered', async (_, fields, body) => {
  const asked: string[] = []
  const download = (id: string) => (asked.push(id), Promise.resolve(FETCHED))
  const { d } = await hears(fields, { sender: { download } })
  expect(asked).toEqual([fields.MediaId])
  expect(d.received).toMatchObject([{ body }])
  expect(d.house.files.size).toBe(1)
}) // prettier-ignore

test('a file that can’t be had is asked for twice, and then the person is told; nothing is delivered', async () => {
  let tries = 0
  const download = () => (tries++ % 2 === 0 ? Promise.resolve(null) : Promise.reject(new Error('x')))
  const { d, pushed } = await hears({ ...photo, PicUrl: 'https://evil.example/x' }, { sender: { download } })
  expect(tries).toBe(2)
  expect(pushed.answer).toEqual({ kind: 'text', text: '照片没收到' })
  expect(d.received).toEqual([])
  expect(d.house.logged).toEqual(['media_lost {"what":"photo"}'])
})

test('the second try may be the one', async () => {
  let tries = 0
  const download = () => Promise.resolve(tries++ === 0 ? null : FETCHED)
  expect((await hears(photo, { sender: { download } })).body).toMatchObject({ kind: 'photo' })
})

test('of a recording that can’t be had its words remain', async () => {
  const { body } = await hears({ ...voice, Recognition: '家里断水了' })
  expect(body).toEqual({ kind: 'text', text: '家里断水了' })
})

test('what the house does not keep is told as something it can’t read', async () => {
  for (const code of ['TOO_LARGE', 'FILE_UNREADABLE'] as const) {
    const d = await desk({ sender: { download: () => Promise.resolve(FETCHED) } })
    Object.assign(d.house, { storeFile: () => Promise.reject(new AppError(code, {})) })
    d.push(d.document(photo))
    await settled()
    expect(d.received).toMatchObject([{ body: { kind: 'other', what: 'photo' } }])
  }
})

test('a disk that is full lets the platform repeat it', async () => {
  const d = await desk({ sender: { download: () => Promise.resolve(FETCHED) } })
  const { storeFile } = d.house
  Object.assign(d.house, { storeFile: () => Promise.reject(new Error('ENOSPC')) })
  const document = d.document(photo)
  const first = d.push(document)
  await d.timers.pass(5_000)
  expect([first.answer, d.received]).toEqual([null, []])
  Object.assign(d.house, { storeFile })
  d.push(document)
  await settled()
  expect(d.received).toMatchObject([{ body: { kind: 'photo' } }])
})

test('a file that comes slowly is waited for through the repeats', async () => {
  let come = (_: typeof FETCHED) => {}
  const download = () => new Promise<typeof FETCHED>((resolve) => (come = resolve))
  const d = await desk({ account: 'unverified', sender: { download } })
  const document = d.document(photo)
  d.push(document)
  await d.timers.pass(5_000)
  const second = d.push(document)
  await d.timers.pass(1_000)
  d.onDeliver(() => Promise.resolve(void d.send('照片收到了')))
  come(FETCHED)
  await settled()
  expect(d.received).toHaveLength(1)
  expect(second.answer).toEqual({ kind: 'text', text: '照片收到了' })
})

test('what one person sends is delivered in its order, whatever has to be fetched', async () => {
  let come = (_: typeof FETCHED) => {}
  const download = () => new Promise<typeof FETCHED>((resolve) => (come = resolve))
  const d = await desk({ sender: { download } })
  d.push(d.document(photo))
  d.says('这是我家')
  d.push(d.document({ Content: '别人', FromUserName: 'oOther' }))
  await settled()
  expect(d.received.map(({ from }) => from)).toEqual(['oOther'])
  come(FETCHED)
  await settled()
  expect(d.received.slice(1).map(({ body }) => body.kind)).toEqual(['photo', 'text'])
})
