import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { instant } from '../../../src/base/time.ts'
import type { Outgoing, Received, SendOutcome } from '../../../src/messaging/channel.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { lent } from '../lent.ts'
import { wechatStandIn, type WechatStandInOptions } from './stand-in.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function open(options: WechatStandInOptions = {}) {
  const clock = { now: () => instant(Date.now()) }
  const storage = memoryStorage({ clock })
  const house = lent(storage, clock)
  const standIn = await wechatStandIn(house, options)
  const received: Received[] = []
  const outcomes: SendOutcome[] = []
  let deliver: (message: Received) => Promise<void> = () => Promise.resolve()
  await standIn.channel.start(async (message) => {
    received.push(message)
    await deliver(message)
  })
  closing.push(async () => {
    await standIn.channel.stop()
    await standIn.close()
    await storage.close()
  })
  let ids = 0
  const outgoing = (text: string): Outgoing => ({
    id: `out-${++ids}`,
    channel: 'wechat',
    chat: standIn.person ?? '',
    text,
    choices: [],
    mentions: [],
    cause: `wechat ${received.at(-1)?.messageId}`,
    reminder: null,
    matter: null,
    question: null,
    progress: null,
    createdAt: clock.now(),
    again: false,
  })
  return {
    standIn,
    house,
    received,
    outcomes,
    onDeliver: (handle: typeof deliver) => void (deliver = handle),
    send: (text: string) => void standIn.channel.send(outgoing(text)).then((outcome) => outcomes.push(outcome)),
    until: (isSo: () => boolean) => expect.poll(isSo, { timeout: 2_000, interval: 2 }).toBe(true),
  }
}

const post = (url: string, body: string | Buffer) =>
  fetch(url, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers: { 'content-type': 'text/xml' } })

test.each([false, true])('an answer goes out with the push and uses up nothing, encrypted: %s', async (encrypted) => {
  const w = await open({ encrypted })
  w.onDeliver(() => Promise.resolve(w.send('记下了')))
  expect(await w.standIn.push({ Content: '断水了' })).toEqual({ answer: { kind: 'text', text: '记下了' }, pushes: 1 })
  await w.until(() => w.outcomes.length === 1)
  expect(w.outcomes).toEqual([{ kind: 'sent', platformId: null }])
  expect(w.standIn.api.calls).toEqual([])
  expect(await w.house.quota.left(w.standIn.person ?? '')).toMatchObject({ messageLeft: 5 })
})

test('an answer that comes after the first push was cut goes to the second', async () => {
  const w = await open({ account: 'unverified', cutMs: 600 })
  w.onDeliver(async () => {
    await w.until(() => w.received.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 650))
    w.send('记下了')
  })
  expect(await w.standIn.push({ Content: '断水了' })).toEqual({ answer: { kind: 'text', text: '记下了' }, pushes: 2 })
  await w.until(() => w.outcomes.length === 1)
  expect(w.outcomes).toEqual([{ kind: 'sent', platformId: null }])
  expect(w.received).toHaveLength(1)
})

test('an answer to a connection that is gone has not been sent: the repeat gets it', async () => {
  const w = await open()
  const document =
    `<xml><ToUserName>gh_7f083739789a</ToUserName><FromUserName>${w.standIn.person}</FromUserName>` +
    `<CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType>text</MsgType><Content>x</Content><MsgId>77</MsgId></xml>`
  const { query, body } = w.standIn.half.pushOf(document)
  const call = request(`${w.standIn.url}?${new URLSearchParams(query).toString()}`, { method: 'POST', agent: false })
  call.on('error', () => undefined)
  let isGone = false
  w.onDeliver(async () => {
    call.destroy()
    await w.until(() => isGone)
    w.send('记下了')
  })
  call.on('close', () => setTimeout(() => (isGone = true), 10))
  call.end(body)
  await w.until(() => isGone)
  expect(w.outcomes).toEqual([])
  const repeat = await w.standIn.half.once(w.standIn.url, w.standIn.half.pushOf(document), w.standIn.person ?? '')
  expect(repeat).toEqual({ kind: 'text', text: '记下了' })
  await w.until(() => w.outcomes.length === 1)
  expect(w.outcomes).toEqual([{ kind: 'sent', platformId: null }])
})

test('the address is ours', async () => {
  const w = await open()
  const query = new URLSearchParams({ ...w.standIn.half.signed(), echostr: '<b>1</b>' })
  const answer = await fetch(`${w.standIn.url}?${query.toString()}`)
  expect([answer.status, await answer.text()]).toEqual([200, '<b>1</b>'])
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test('a parameter that is given twice is none', async () => {
  const w = await open()
  const { query, body } = w.standIn.half.pushOf('<xml><MsgType>text</MsgType></xml>')
  for (const name of ['signature', 'timestamp', 'nonce']) {
    const twice = new URLSearchParams(query)
    twice.append(name, query[name] ?? '')
    expect((await post(`${w.standIn.url}?${twice.toString()}`, body)).status).toBe(403)
  }
  const inBrackets = new URLSearchParams(query).toString().replace('signature=', 'signature[]=')
  expect((await post(`${w.standIn.url}?${inBrackets}`, body)).status).toBe(403)
  expect(w.received).toEqual([])
})

test('what is far too large is turned away', async () => {
  const w = await open()
  const { query } = w.standIn.half.pushOf('<xml></xml>')
  const url = `${w.standIn.url}?${new URLSearchParams(query).toString()}`
  expect((await post(url, 'x'.repeat(70_000))).status).toBe(413)
  expect((await post(url, 'x'.repeat(1_100_000))).status).toBe(413)
  expect(w.received).toEqual([])
})

test('nobody hears from us that anything else is there', async () => {
  const w = await open()
  expect((await post(w.standIn.url, '')).status).toBe(403)
  expect(await (await post(w.standIn.url, '')).text()).toBe('')
  expect((await fetch(w.standIn.url, { method: 'PUT' })).status).toBe(404)
})
