import { describe, expect, test } from 'vitest'
import type { RawRequest } from '../../../src/messaging/channel.ts'
import { wechatChannel } from '../../../src/channels/wechat/wechat.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import { AES_KEY, APP_ID, desk, GH, settled, TOKEN, USER } from './desk.ts'
import { enclosed, sha1Of } from './pushing.ts'

type Desk = Awaited<ReturnType<typeof desk>>

interface Push {
  readonly query: Record<string, string>
  readonly body: string
}

const statusOf = async (d: Desk, { query, body }: Push | { query: Record<string, string>; body: Uint8Array }) => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const answered = d.call('POST', { query, body: bytes }).then(({ status, body: said }) => ({ status, said }))
  await settled()
  // Whoever is let in waits for the answer of the house.
  return Promise.race([answered, settled().then(() => 'let in' as const)])
}

const without = (query: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(query).filter(([key]) => key !== name))

describe('the call that asks whether the address is ours', () => {
  test('is answered with its echo, bare', async () => {
    for (const encrypted of [false, true]) {
      const d = await desk({ encrypted })
      const query = { ...d.half.signed(), echostr: '5927836400000000001' }
      const answer = await d.call('GET', { query })
      expect(answer).toMatchObject({ status: 200, body: '5927836400000000001' })
      expect(answer.headers['content-type']).toMatch(/^text\/plain/)
    }
  })

  test('tells nobody else anything', async () => {
    const d = await desk()
    const query = { ...d.half.signed(), echostr: 'x' }
    const hours = String(Math.floor(d.timers.clock.now() / 1000) - 3600)
    const bad: Record<string, string>[] = [
      {},
      without(query, 'signature'),
      without(query, 'timestamp'),
      without(query, 'nonce'),
      without(query, 'echostr'),
      { ...query, nonce: '1' },
      { ...query, signature: sha1Of('other', query.timestamp, query.nonce) },
      { ...query, timestamp: hours, signature: sha1Of(TOKEN, hours, query.nonce) },
      { ...query, echostr: 'x'.repeat(10_000) },
    ]
    for (const given of bad) expect(await d.call('GET', { query: given })).toMatchObject({ status: 403, body: '' })
  })
})

describe.each([false, true])('pushes, encrypted: %s', (encrypted) => {
  const opened = async () => {
    const d = await desk({ encrypted })
    return { d, good: d.half.pushOf(d.document({ Content: '断水了' })) as Push }
  }

  test('a good one is let in', async () => {
    const { d, good } = await opened()
    expect(await statusOf(d, good)).toBe('let in')
    expect(d.received).toMatchObject([
      { channel: 'wechat', chat: USER, from: USER, group: false, body: { kind: 'text', text: '断水了' } },
    ])
  })

  test.each<[string, (good: Push) => Push]>([
    ['without a signature', ({ query, body }) => ({ query: without(query, 'signature'), body })],
    ['without a time', ({ query, body }) => ({ query: without(query, 'timestamp'), body })],
    ['without a nonce', ({ query, body }) => ({ query: without(query, 'nonce'), body })],
    ['with another nonce', ({ query, body }) => ({ query: { ...query, nonce: '77' }, body })],
    ['with another time', ({ query, body }) => ({ query: { ...query, timestamp: `${query['timestamp']}0` }, body })],
    ['with an empty signature', ({ query, body }) => ({ query: { ...query, signature: '' }, body })],
    [
      'signed with another token',
      ({ query, body }) => ({
        query: { ...query, signature: sha1Of('x', query['timestamp'] ?? '', query['nonce'] ?? '') },
        body,
      }),
    ],
  ])('%s it is refused', async (_, change) => {
    const { d, good } = await opened()
    expect(await statusOf(d, change(good))).toEqual({ status: 403, said: '' })
    expect(d.received).toEqual([])
  })

  test('six minutes old, or from six minutes ahead, it is refused', async () => {
    for (const minutes of [-6, 6]) {
      const { d, good } = await opened()
      await d.timers.pass(minutes > 0 ? 6 * 60_000 : 0)
      const timestamp = String(Math.floor(d.timers.clock.now() / 1000) + (minutes < 0 ? 360 : -360))
      const { nonce = '' } = good.query
      const query = { ...good.query, timestamp, signature: sha1Of(TOKEN, timestamp, nonce) }
      expect(await statusOf(d, { query, body: good.body })).toEqual({ status: 403, said: '' })
    }
  })

  test('with another body under the same signature it is refused; the same once more is a repeat', async () => {
    const { d, good } = await opened()
    expect(await statusOf(d, good)).toBe('let in')
    const other = d.half.pushOf(d.document({ Content: '给我钱' }))
    const { timestamp = '', nonce = '' } = good.query
    const inside = encrypted ? enclosed(AES_KEY, APP_ID, d.document({ Content: '给我钱' })) : ''
    const replayed = encrypted
      ? {
          query: { ...good.query, msg_signature: sha1Of(TOKEN, timestamp, nonce, inside) },
          body: `<xml><ToUserName>${GH}</ToUserName><Encrypt>${inside}</Encrypt></xml>`,
        }
      : { query: good.query, body: other.body }
    expect(await statusOf(d, replayed)).toEqual({ status: 403, said: '' })
    expect(await statusOf(d, good)).toBe('let in')
    expect(d.received).toHaveLength(1)
  })

  test('larger than 64 KiB it is refused unread', async () => {
    const { d, good } = await opened()
    expect(await statusOf(d, { query: good.query, body: 'x'.repeat(64 * 1024 + 1) })).toEqual({ status: 413, said: '' })
  })

  test('cut off anywhere, in another encoding, or as JSON it changes nothing', async () => {
    const { d, good } = await opened()
    const bytes = Buffer.from(good.body)
    const latin = Buffer.concat([bytes.subarray(0, 40), Buffer.from([0xd6, 0xd0]), bytes.subarray(40)])
    const bad = [0, 1, 50, bytes.length - 1].map((end) => bytes.subarray(0, end))
    for (const body of [...bad, latin, Buffer.from(good.body, 'utf16le'), Buffer.from('{"xml":{}}')]) {
      const answer = await statusOf(d, { query: good.query, body })
      expect(answer).toMatchObject({ said: '' })
      expect([400, 403]).toContain((answer as { status: number }).status)
    }
    expect(d.received).toEqual([])
  })

  test.each<[string, Record<string, string | number>]>([
    ['no sender', { FromUserName: '' }],
    ['a sender with blanks', { FromUserName: 'a b' }],
    ['no account', { ToUserName: '' }],
    ['no time', { CreateTime: '' }],
    ['a time that is no number', { CreateTime: 'yesterday' }],
    ['no id', { MsgId: '' }],
    ['an id that is no number', { MsgId: '1e5' }],
    ['an endless id', { MsgId: '9'.repeat(40) }],
    ['no kind', { MsgType: '' }],
    ['a picture without an id', { MsgType: 'image' }],
    ['a place that is none', { MsgType: 'location', Location_X: 'NaN', Location_Y: '1' }],
    ['a place beyond the pole', { MsgType: 'location', Location_X: '95', Location_Y: '1' }],
    ['an event without a name', { MsgType: 'event' }],
  ])('signed, and with %s, it is malformed', async (_, fields) => {
    const { d } = await opened()
    expect(await statusOf(d, d.half.pushOf(d.document(fields)))).toEqual({ status: 400, said: '' })
    expect(d.received).toEqual([])
  })

  test('what is refused is told once, without words or names', async () => {
    const { d, good } = await opened()
    for (let count = 0; count < 50; count++)
      await statusOf(d, { query: { ...good.query, nonce: '1' }, body: good.body })
    expect(d.house.logged).toEqual(['refused {"why":"signature","more":0}'])
  })
})

describe('the encrypted mode', () => {
  const message = '<xml><Content>x</Content></xml>'
  const wrapped = (d: Desk, inside: string, change: Partial<Push['query']> = {}): Push => {
    const query = d.half.signed()
    const signature = sha1Of(TOKEN, query.timestamp, query.nonce, inside)
    return {
      query: { ...query, encrypt_type: 'aes', msg_signature: signature, ...(change as Record<string, string>) },
      body: `<xml><ToUserName><![CDATA[${GH}]]></ToUserName><Encrypt><![CDATA[${inside}]]></Encrypt></xml>`,
    }
  }

  test.each<[string, (d: Desk) => Push]>([
    ['a plain push', (d) => ({ query: { ...d.half.signed() }, body: d.document({ Content: 'x' }) })],
    ['a plain push that says it were enclosed', (d) => ({ query: { ...d.half.signed(), encrypt_type: 'aes' }, body: d.document({ Content: 'x' }) })],
    ['an enclosed one that says it were plain', (d) => wrapped(d, enclosed(AES_KEY, APP_ID, message), { encrypt_type: 'raw' })],
    ['one without msg_signature', (d) => wrapped(d, enclosed(AES_KEY, APP_ID, message), { msg_signature: '' })],
    ['one with the plain signature for msg_signature', (d) => { const push = wrapped(d, enclosed(AES_KEY, APP_ID, message)); return { ...push, query: { ...push.query, msg_signature: push.query['signature'] ?? '' } } }],
    ['one for another account', (d) => wrapped(d, enclosed(AES_KEY, 'wxother', message))],
    ['one under another key', (d) => wrapped(d, enclosed(AES_KEY.replace('a', 'z'), APP_ID, message))],
    ['one with nothing in it', (d) => wrapped(d, '')],
    ['one that is no base64', (d) => wrapped(d, '?'.repeat(64))],
    ['one cut off', (d) => wrapped(d, enclosed(AES_KEY, APP_ID, message).slice(0, 64))],
  ])('%s is refused', async (_, make) => {
    const d = await desk({ encrypted: true })
    expect(await statusOf(d, make(d))).toEqual({ status: 403, said: '' })
    expect(d.received).toEqual([])
  }) // prettier-ignore

  test('one bit of what is enclosed changed, its signature stands no more', async () => {
    const d = await desk({ encrypted: true })
    const inside = enclosed(AES_KEY, APP_ID, message)
    const push = wrapped(d, inside)
    const changed = push.body.replace(inside, (inside.startsWith('A') ? 'B' : 'A') + inside.slice(1))
    expect(await statusOf(d, { query: push.query, body: changed })).toEqual({ status: 403, said: '' })
  })

  test('an account without a key takes nothing enclosed', async () => {
    const d = await desk()
    const push = wrapped(d, enclosed(AES_KEY, APP_ID, d.document({ Content: 'x' })))
    expect(await statusOf(d, push)).toEqual({ status: 403, said: '' })
    expect(await d.channel.check?.()).toEqual([{ state: 'problem', what: 'receive', params: { why: 'enclosed' } }])
  })

  test('an account without a key reads what the compatible mode says in plain', async () => {
    const d = await desk()
    const { query, body } = d.half.pushOf(d.document({ Content: '断水了', Encrypt: 'AAAA' }))
    expect(await statusOf(d, { query, body })).toBe('let in')
    expect(d.received).toMatchObject([{ body: { kind: 'text', text: '断水了' } }])
  })

  test('what goes back holds words with anything in them, enclosed', async () => {
    const d = await desk({ encrypted: true })
    d.onDeliver(() => Promise.resolve(void d.send('完\u0000 ]]> 👨‍👩‍👧')))
    const pushed = d.says('x')
    await settled()
    expect(pushed.answer).toEqual({ kind: 'text', text: '完 ]]> 👨‍👩‍👧' })
  })
})

test('a request before the start, or without anything, is turned away', async () => {
  const d = await desk()
  const empty: Partial<RawRequest> = {}
  expect(await d.call('POST', empty)).toMatchObject({ status: 403 })
  await d.channel.stop()
  const { query, body } = d.half.pushOf(d.document({ Content: 'x' }))
  expect(await d.call('POST', { query, body: Buffer.from(body) })).toMatchObject({ status: 503 })
})

test('without a token nothing is taken, and what is missing is told', async () => {
  const d = await desk()
  const settings = CHANNEL_SETTINGS.parse({ WECHAT_AES_KEY: AES_KEY })
  const channel = wechatChannel(settings, d.house, {})
  const { timestamp, nonce } = d.half.signed()
  const query = { timestamp, nonce, signature: sha1Of('', timestamp, nonce), echostr: 'x' }
  const route = channel.routes?.find(({ method }) => method === 'GET')
  expect(await route?.handle({ method: 'GET', path: '', query, headers: {}, body: new Uint8Array() })).toMatchObject({
    status: 403,
  })
  expect(await channel.check?.()).toEqual([
    { state: 'problem', what: 'settings', params: { code: 'WECHAT_TOKEN' } },
    { state: 'problem', what: 'settings', params: { code: 'WECHAT_APP_ID' } },
  ])
  await channel.stop()
})
