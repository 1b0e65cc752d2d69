import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { jsonPoster, wasNeverMade } from '../../src/channels/post-json.ts'

let server: Server | null = null

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<URL> {
  server = createServer(handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`)
}

afterEach(() => {
  server?.close()
  server?.closeAllConnections()
  server = null
})

const never = new AbortController().signal
const post = jsonPoster(5_000, never)

test('where nobody listens nothing was written', async () => {
  const url = await serve(() => {})
  server?.close()
  await once(server as Server, 'close')
  expect(await post(url, {})).toEqual({ kind: 'unreached' })
})

test('what is cut, late or stopped may have been taken', async () => {
  const cut = await serve((request) => request.socket.destroy())
  expect(await post(cut, {})).toEqual({ kind: 'lost', late: false })
  server?.close()
  const silent = await serve(() => {})
  expect(await jsonPoster(20, never)(silent, {})).toEqual({ kind: 'lost', late: true })
  const stop = new AbortController()
  const asked = once(server as Server, 'request')
  const posted = jsonPoster(5_000, stop.signal)(silent, {})
  await asked
  stop.abort()
  expect(await posted).toEqual({ kind: 'lost', late: false })
})

test('an answer that breaks off may have been taken too', async () => {
  const url = await serve((request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"errcode":')
    setImmediate(() => request.socket.destroy())
  })
  expect(await post(url, {})).toEqual({ kind: 'lost', late: false })
})

test.each([
  ['{"code":0}', { code: 0 }],
  ['', null],
  ['null', null],
  ['[1]', null],
  ['"x"', null],
  ['<html>', null],
  ['{"code":', null],
])('the answer %j is %o', async (text, body) => {
  const url = await serve((_, response) => response.writeHead(502).end(text))
  expect(await post(url, {})).toMatchObject({ kind: 'answer', status: 502, body })
})

test('nobody is followed elsewhere', async () => {
  const url = await serve((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
  expect(await post(url, {})).toMatchObject({ kind: 'answer', status: 302, body: null })
})

test.each([
  [{ code: 'CERT_HAS_EXPIRED' }, true],
  [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, true],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, true],
  [{ code: 'ETIMEDOUT', syscall: 'connect' }, true],
  [{ code: 'ECONNRESET', syscall: 'read' }, false],
  [{ code: 'UND_ERR_SOCKET' }, false],
  [{}, false],
])('a connection that failed with %o was never made: %s', (details, isSo) => {
  expect(wasNeverMade(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), details) }))).toBe(isSo)
})

test('what says nothing of its cause may have been taken', () => {
  expect(wasNeverMade(new Error('x'))).toBe(false)
  expect(wasNeverMade('x')).toBe(false)
})
