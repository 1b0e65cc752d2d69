import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.ts'
import { buildServer } from '../../src/http/server.ts'
import { CHAT, houseWith, outgoing, TOKEN } from './deps.ts'

const auth = { authorization: `Bearer ${TOKEN}` }

describe('the chat of a page', () => {
  test('a message reaches the inbox as the token’s own chat, and is accepted once it is durable', async () => {
    const { deps, received } = houseWith([])
    const server = await buildServer(deps)
    const reply = await server.inject({
      method: 'POST',
      url: '/api/chat/messages',
      headers: auth,
      payload: { messageId: 'm1', body: { kind: 'text', text: '三口人' } },
    })
    expect(reply.statusCode).toBe(202)
    expect(received).toMatchObject([
      { channel: 'web', chat: CHAT, from: CHAT, group: false, body: { kind: 'text', text: '三口人' } },
    ])
  })

  test('the id of a message is bound to the chat: another page cannot use it up', async () => {
    const { deps, received } = houseWith([])
    const server = await buildServer(deps)
    for (const token of [TOKEN, 'b'.repeat(43)]) {
      await server.inject({
        method: 'POST',
        url: '/api/chat/messages',
        headers: { authorization: `Bearer ${token}` },
        payload: { messageId: 'm1', body: { kind: 'text', text: 'x' } },
      })
    }
    expect(new Set(received.map((message) => message.messageId)).size).toBe(2)
  })

  test('what could not be stored is not accepted', async () => {
    const { deps, logged } = houseWith([], { receive: () => Promise.reject(new AppError('DATABASE_FULL')) })
    const server = await buildServer(deps)
    const reply = await server.inject({
      method: 'POST',
      url: '/api/chat/messages',
      headers: auth,
      payload: { messageId: 'm1', body: { kind: 'text', text: 'x' } },
    })
    expect(reply.statusCode).toBe(503)
    expect(reply.json()).toEqual({ error: { code: 'DATABASE_FULL', message: 'DATABASE_FULL' } })
    expect(logged).toHaveLength(1)
  })

  test.each([
    ['no token', {}, { messageId: 'm', body: { kind: 'text', text: 'x' } }, 401],
    ['a short token', { authorization: 'Bearer abc' }, { messageId: 'm', body: { kind: 'text', text: 'x' } }, 401],
    ['an unknown kind', auth, { messageId: 'm', body: { kind: 'wish', text: 'x' } }, 400],
    ['no body', auth, { messageId: 'm' }, 400],
    ['a long text', auth, { messageId: 'm', body: { kind: 'text', text: 'x'.repeat(20_001) } }, 400],
    ['a huge body', auth, { messageId: 'm', body: { kind: 'text', text: 'x'.repeat(400_000) } }, 413],
    [
      'a file that was never stored',
      auth,
      { messageId: 'm', body: { kind: 'photo', file: '0'.repeat(64), name: 'a' } },
      404,
    ],
  ])('%s is refused and nothing is received', async (_, headers, payload, status) => {
    const { deps, received } = houseWith([])
    const server = await buildServer(deps)
    const reply = await server.inject({ method: 'POST', url: '/api/chat/messages', headers, payload })
    expect(reply.statusCode).toBe(status)
    expect(received).toEqual([])
  })

  test('broken JSON is the caller’s mistake', async () => {
    const server = await buildServer(houseWith([]).deps)
    const reply = await server.inject({
      method: 'POST',
      url: '/api/chat/messages',
      headers: { ...auth, 'content-type': 'application/json' },
      payload: '{"messageId":',
    })
    expect(reply.statusCode).toBe(400)
  })

  test('a page reads what it missed, and never another chat', async () => {
    const { deps } = houseWith([outgoing('a1', '您好'), outgoing('a2', '几口人？'), outgoing('a3', 'other', 'else')])
    const server = await buildServer(deps)
    const reply = await server.inject({ url: '/api/chat/messages?after=a1', headers: auth })
    expect(reply.json()).toMatchObject({
      more: false,
      messages: [{ seq: 'a2', text: '几口人？', choices: [{ id: 'yes', label: '是' }] }],
    })
  })

  test('the stream first gives what was missed, then what comes, each once', async () => {
    const { deps, listeners } = houseWith([outgoing('a1', 'one')])
    const server = await buildServer(deps)
    const address = await server.listen({ port: 0, host: '127.0.0.1' })
    const response = await fetch(`${address}/api/chat/events`, { headers: auth })
    const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>
    let heard = ''
    const until = async (word: string) => {
      while (!heard.includes(word)) heard += new TextDecoder().decode((await reader.read()).value)
    }
    await until('ready')
    for (const listener of listeners) {
      listener(outgoing('a1', 'one'))
      listener(outgoing('a2', 'two'))
    }
    await until('two')
    expect(heard.match(/^id: .*$/gm)).toEqual(['id: a1', 'id: a2'])
    await reader.cancel()
    await server.close()
  })
})

describe('what a page needs to draw', () => {
  const page = {
    talk: 't1',
    answered: 'members',
    multiple: true,
    optional: true,
    asks: 'image',
    review: { before: '好。', lines: [{ question: 'members', label: '几口人', value: '3 人' }] },
  } as const

  const read = async (message: ReturnType<typeof outgoing>) => {
    const server = await buildServer(houseWith([message]).deps)
    const reply = await server.inject({ url: '/api/chat/messages', headers: auth })
    return reply.json<{ messages: object[] }>().messages[0]
  }

  test('the marks of a message, and which own message it replies to', async () => {
    const cause = `web ${CHAT.slice(0, 16)} m7`
    expect(await read({ ...outgoing('a1', '几口人？'), cause, page })).toMatchObject({ re: 'm7', ...page })
  })

  test('without marks there are none; the id of somebody else’s message is not told', async () => {
    const message = await read({ ...outgoing('a1', '您有一件事'), cause: 'web 0123456789abcdef m7' })
    expect(Object.keys(message ?? {})).toEqual(['seq', 'text', 'choices', 'question', 'progress', 'matter', 'at'])
  })

  test('sound that a browser recorded is sound, though its container is a video’s', async () => {
    const file = { id: '0'.repeat(64), name: '', type: 'video/webm', bytes: 9 }
    const { deps, received } = houseWith([], { fileById: () => Promise.resolve(file) })
    const server = await buildServer(deps)
    const body = { kind: 'voice', file: file.id, name: 'voice.webm', transcript: null }
    await server.inject({
      method: 'POST',
      url: '/api/chat/messages',
      headers: auth,
      payload: { messageId: 'm1', body },
    })
    expect(received).toMatchObject([{ body: { kind: 'voice', file: { type: 'audio/webm', name: 'voice.webm' } } }])
  })
})

describe('villages and groups', () => {
  test('a code opens its village, in any case', async () => {
    const server = await buildServer(houseWith([]).deps)
    const reply = await server.inject('/api/chat/villages/ABC123')
    expect(reply.json()).toMatchObject({ code: 'abc123', name: '阳孟村', payload: 'village:吉首市/矮寨镇/阳孟村' })
    expect((await server.inject('/api/chat/villages/nope00')).statusCode).toBe(404)
  })

  test('a group’s page shows what it received, on a demo only', async () => {
    const sent = [outgoing('a1', '今天有 2 件', 'group-1')]
    const demo = await buildServer(houseWith(sent).deps)
    expect((await demo.inject('/api/groups/grp1')).json()).toMatchObject({
      title: '阳孟村',
      messages: [{ text: '今天有 2 件' }],
    })
    const real = await buildServer(houseWith(sent, { demo: false }).deps)
    expect((await real.inject('/api/groups/grp1')).statusCode).toBe(404)
  })
})

describe('health', () => {
  test('alive, ready, and not ready when something has been due for long', async () => {
    const { deps } = houseWith([])
    expect((await (await buildServer(deps)).inject('/health')).json()).toEqual({ alive: true })
    expect((await (await buildServer(deps)).inject('/ready')).statusCode).toBe(200)
    const stuck = houseWith([], {
      readiness: () =>
        Promise.resolve({ database: true, oldestDue: (deps.clock.now() - 600_000) as never, lastTick: null }),
    })
    const reply = await (await buildServer(stuck.deps)).inject('/ready')
    expect(reply.statusCode).toBe(503)
    expect(reply.json()).toMatchObject({ ready: false, oldestDueSeconds: 600 })
  })

  test('the OpenAPI document names every route of the API', async () => {
    const server = await buildServer(houseWith([]).deps)
    const document = (await server.inject('/api/openapi.json')).json<{ paths: Record<string, object> }>()
    const routes = [...server.printRoutes({ commonPrefix: false }).matchAll(/\/api\/\S*/g)]
      .map((match) => match[0].replace(/:(\w+)/g, '{$1}'))
      .filter((path) => path !== '/api/openapi.json')
    for (const path of routes) expect(Object.keys(document.paths)).toContain(path)
  })
})
