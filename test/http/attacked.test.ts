/** Callers who send the platforms' addresses anything but what the platforms send. Real sockets where a socket matters. */
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { RawRequest } from '../../src/messaging/channel.ts'
import { buildServer } from '../../src/http/server.ts'
import { CHAT, houseWith, TOKEN } from './deps.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function opened() {
  const taken: RawRequest[] = []
  const house = houseWith([], {
    webhooks: [
      {
        method: 'POST',
        path: '/webhooks/some',
        handle: (request) => {
          taken.push(request)
          return Promise.resolve({ status: 200, headers: { 'content-type': 'text/plain' }, body: '' })
        },
      },
    ],
  })
  const server = await buildServer(house.deps)
  closing.push(() => server.close())
  return { server, taken, ...house }
}

test.each([
  ['no type', undefined],
  ['a type that is none', 'x'],
  ['JSON of another set of characters', 'application/json; charset=gbk'],
  ['a form', 'application/x-www-form-urlencoded'],
  ['parts', 'multipart/form-data; boundary=x'],
  ['a type that is endless', `text/${'x'.repeat(5_000)}`],
])('a body comes as it was sent, whatever it is called: %s', async (_, type) => {
  const { server, taken, logged } = await opened()
  const answer = await server.inject({
    method: 'POST',
    url: '/webhooks/some',
    headers: type === undefined ? {} : { 'content-type': type },
    payload: Buffer.from('{"__proto__":{"x":1}'),
  })
  expect(answer.statusCode).toBeLessThan(500)
  expect(taken.map(({ body }) => Buffer.from(body).toString())).toEqual(
    answer.statusCode === 200 ? ['{"__proto__":{"x":1}'] : [],
  )
  expect(logged).toEqual([])
})

test('parameters that are given twice are none; a name of every object is only a name', async () => {
  const { server, taken } = await opened()
  const url = '/webhooks/some?a=1&a=2&b=3&__proto__=4&constructor=5&%00=6&c=%ED%A0%80&d=%'
  const answer = await server.inject({ method: 'POST', url, payload: 'x' })
  expect(answer.statusCode).toBe(200)
  const [{ query } = { query: {} as Record<string, string> }] = taken
  expect(query['a']).toBeUndefined()
  expect(query['b']).toBe('3')
  expect(Object.getPrototypeOf(query)).toBe(Object.prototype)
})

test.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'GET', 'OPTIONS'] as const)('%s is nothing', async (method) => {
  const { server, taken, logged } = await opened()
  const answer = await server.inject({ method, url: '/webhooks/some' })
  expect([answer.statusCode, taken.length, logged.length]).toEqual([404, 0, 0])
})

test('too much is refused by what it says of itself, and while it comes; nobody hears of it', async () => {
  const { server, taken, logged } = await opened()
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  const said = (headers: string, body: string) =>
    new Promise<string>((resolve) => {
      let heard = ''
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`POST /webhooks/some HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n`)
        socket.write(body)
      })
      socket.setEncoding('utf8')
      socket.on('data', (part: string) => {
        heard += part
        if (heard.includes('\r\n\r\n')) socket.destroy()
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve(heard))
    })
  expect(await said('content-length: 99999999', 'x')).toContain(' 413 ')
  const chunk = `${(300_000).toString(16)}\r\n${'x'.repeat(300_000)}\r\n`
  expect(await said('transfer-encoding: chunked', chunk.repeat(4))).toContain(' 413 ')
  expect(await said('content-length: 5\r\ntransfer-encoding: chunked', '0\r\n\r\n')).toContain(' 400 ')
  expect([taken, logged]).toEqual([[], []])
})

test('a request that never ends is ended', async () => {
  const { server } = await opened()
  await server.ready()
  expect(server.server.requestTimeout).toBeGreaterThan(0)
  expect(server.server.requestTimeout).toBeLessThanOrEqual(300_000)
  expect(server.server.headersTimeout).toBeGreaterThan(0)
})

test('a file that a chat may not send is none, and says nothing of whether it is there', async () => {
  const { deps, received } = houseWith([], {
    fileById: (id, chat) => Promise.resolve(chat === CHAT ? { id, name: '', type: 'image/png', bytes: 1 } : null),
  })
  const server = await buildServer(deps)
  closing.push(() => server.close())
  const send = async (token: string) =>
    server.inject({
      method: 'POST',
      url: '/api/chat/messages',
      headers: { authorization: `Bearer ${token}` },
      payload: { messageId: 'm1', body: { kind: 'photo', file: 'f'.repeat(64), name: 'x.png' } },
    })
  expect((await send('b'.repeat(43))).statusCode).toBe(404)
  expect(received).toEqual([])
  expect((await send(TOKEN)).statusCode).toBe(202)
})
