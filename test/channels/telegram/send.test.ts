import { createServer, type Server } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { ReminderMark } from '../../../src/messaging/channel.ts'
import { sha256 } from '../contract-world.ts'
import { closeAll, opened } from './opened.ts'
import { ERRORS, TOKEN } from './stand-in.ts'

afterEach(closeAll)

const PERSON = '52000000001'
const GROUP = '-4000000001'
const NEW_GROUP = '-1004000000001'
const REMINDER: ReminderMark = { rule: 'case_due', rung: 1, matters: [], items: [] }
const failing = (code: number, description: string) => ({
  status: code,
  body: { ok: false, error_code: code, description },
})

describe('words', () => {
  test('markup is ours alone: only the first line of a reminder is bold', async () => {
    const { standIn, send } = await opened()
    await send(PERSON, '<b>石二妹</b> & “她”\n第二行', { reminder: REMINDER })
    await send(PERSON, '<b>石二妹</b>')
    expect(standIn.shown(PERSON).map(({ raw }) => raw)).toEqual([
      '<b>&lt;b&gt;石二妹&lt;/b&gt; &amp; “她”</b>\n第二行',
      '&lt;b&gt;石二妹&lt;/b&gt;',
    ])
  })

  test('nobody’s words call somebody', async () => {
    const { standIn, send } = await opened()
    await send(GROUP, '@lilei @zhangsan，写信到 a@b.cn')
    await send(GROUP, '@a'.repeat(2048))
    expect(standIn.shown(GROUP).map(({ mentioned }) => mentioned)).toEqual([[], []])
    expect(standIn.shown(GROUP)[0]?.text).toContain('a@b.cn')
  })

  test('whoever is called is called by the name that was seen, or that the group knows', async () => {
    const { standIn, send, start } = await opened()
    await start()
    await standIn.saysInGroup?.(GROUP, '52000000009', '待办')
    standIn.members.set('52000000008', '王<书记>')
    await send(GROUP, '收到。', { mentions: ['52000000009', '52000000008', '52000000007', 'c1'] })
    expect(standIn.shown(GROUP)[0]).toMatchObject({ text: '收到。', mentioned: ['52000000009', '52000000008'] })
    expect(standIn.shown(GROUP)[0]?.raw).toContain('王&lt;书记&gt;')
    await send(GROUP, '再说一遍。', { mentions: ['52000000008'] })
    expect(standIn.calls.filter(({ method }) => method === 'getChatMember')).toHaveLength(2)
  })

  test('names never make a text too long', async () => {
    const { standIn, send } = await opened()
    const text = '断'.repeat(4096)
    expect(await send(GROUP, text, { mentions: [PERSON] })).toMatchObject({ kind: 'sent' })
    expect(standIn.shown(GROUP)[0]?.text).toBe(text)
  })

  test('refused markup goes as plain text', async () => {
    const { standIn, send } = await opened()
    standIn.script('sendMessage', ERRORS.entities)
    expect(await send(PERSON, '一 <二>', { reminder: REMINDER })).toMatchObject({ kind: 'sent' })
    expect(standIn.shown(PERSON)[0]).toMatchObject({ raw: '一 <二>', text: '一 <二>' })
  })

  test('links are not unfolded; short labels share a row', async () => {
    const { standIn, send } = await opened()
    const labels = ['1. 是', '2. 不是', '3. 家里有人生病要花很多钱', '4. 说不清', '5. 更多']
    await send(PERSON, '对吗？', { choices: labels.map((label, place) => ({ id: `c${place}`, label })) })
    const { fields } = standIn.calls[0] ?? {}
    expect(JSON.parse(fields?.get('link_preview_options')?.value ?? '')).toEqual({ is_disabled: true })
    const rows = JSON.parse(fields?.get('reply_markup')?.value ?? '').inline_keyboard as { text: string }[][]
    expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['1. 是', '2. 不是'],
      ['3. 家里有人生病要花很多钱'],
      ['4. 说不清', '5. 更多'],
    ])
  })
})

describe('files', () => {
  const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 0, 13, 10, 45, 45])
  const id = sha256(bytes)
  const book = { id, name: '七月"台账;\r\n".xlsx', type: 'application/vnd.ms-excel' }

  test('go with their words, or behind them when those are long', async () => {
    const { standIn, send, house } = await opened()
    house.files.set(id, bytes)
    await send(PERSON, '台账 <七月>', { attachment: book, choices: [{ id: 'ok', label: '好' }] })
    await send(PERSON, '长'.repeat(1025), { attachment: book })
    const [one, words, file] = standIn.shown(PERSON)
    expect(one).toMatchObject({ text: '台账 <七月>', choices: [{ id: 'ok', label: '好' }] })
    expect(one?.file?.bytes).toEqual(bytes)
    expect(words?.file).toBeNull()
    expect(file).toMatchObject({ text: '' })
    expect(file?.file?.name).not.toMatch(/["\r\n;]/)
    expect(standIn.calls.map(({ method }) => method)).toEqual(['sendDocument', 'sendMessage', 'sendDocument'])
  })

  test('a file that did not get through is tried again without its words', async () => {
    const { standIn, send, house } = await opened()
    house.files.set(id, bytes)
    standIn.script('sendDocument', ERRORS.tooFast)
    const more = { id: 'the-same', attachment: book }
    expect(await send(PERSON, '长'.repeat(1025), more)).toMatchObject({ kind: 'retry', afterSeconds: 7 })
    expect(await send(PERSON, '长'.repeat(1025), more)).toMatchObject({ kind: 'sent' })
    expect(standIn.shown(PERSON).map(({ file }) => file !== null)).toEqual([false, true])
  })

  test('a file that is refused, or gone, takes nothing from the words', async () => {
    const { standIn, send, house } = await opened()
    expect(await send(PERSON, '台账', { attachment: book })).toMatchObject({ kind: 'sent' })
    house.files.set(id, bytes)
    standIn.script('sendDocument', failing(413, 'Request Entity Too Large'))
    expect(await send(PERSON, '长'.repeat(1025), { attachment: book })).toMatchObject({ kind: 'sent' })
    expect(standIn.shown(PERSON)).toHaveLength(2)
    expect(house.logged.map((line) => line.split(' ')[0])).toEqual(['telegram_file_missing', 'telegram_file_refused'])
  })
})

describe('what an error means', () => {
  test.each([
    [403, 'Forbidden: bot was blocked by the user', 'unsendable', 'blocked'],
    [403, 'Forbidden: user is deactivated', 'unsendable', 'deactivated'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'unsendable', 'kicked'],
    [403, 'Forbidden: bot is not a member of the channel chat', 'unsendable', 'kicked'],
    [403, 'Forbidden: the group chat was deleted', 'unsendable', 'chat_not_found'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'unsendable', 'cannot_initiate'],
    [403, "Forbidden: bot can't send messages to bots", 'unsendable', 'cannot_initiate'],
    [403, 'Forbidden: not enough rights to send text messages to the chat', 'operator', 'no_rights'],
    [403, 'Forbidden: something new', 'unsendable', 'telegram:403'],
    [400, 'Bad Request: chat not found', 'unsendable', 'chat_not_found'],
    [400, 'Bad Request: PEER_ID_INVALID', 'unsendable', 'chat_not_found'],
    [400, 'Bad Request: group chat was deactivated', 'unsendable', 'chat_not_found'],
    [400, 'Bad Request: have no rights to send a message', 'operator', 'no_rights'],
    [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'operator', 'no_rights'],
    [400, 'Bad Request: TOPIC_CLOSED', 'operator', 'no_rights'],
    [400, 'Bad Request: message is too long', 'unsendable', 'too_long'],
    [400, 'Bad Request: message text is empty', 'unsendable', 'empty'],
    [400, 'Bad Request: BUTTON_DATA_INVALID', 'unsendable', 'bad_button'],
    [400, 'Bad Request: something new', 'unsendable', 'telegram:400'],
    [401, 'Unauthorized', 'operator', 'telegram:401'],
    [404, 'Not Found', 'operator', 'telegram:404'],
    [409, 'Conflict', 'retry', 'telegram:409'],
    [413, 'Request Entity Too Large', 'unsendable', 'telegram:413'],
    [420, 'FLOOD_WAIT', 'retry', 'telegram:420'],
    [429, 'Too Many Requests', 'retry', 'telegram:429'],
    [500, 'Internal Server Error', 'retry', 'telegram:500'],
    [502, 'Bad Gateway', 'retry', 'telegram:502'],
  ])('%i %s', async (code, description, kind, reason) => {
    const { standIn, send } = await opened()
    standIn.script('sendMessage', failing(code, description))
    expect(await send(GROUP, '在吗')).toMatchObject({ kind, reason })
  })

  test('whoever takes the bot out of a group is believed', async () => {
    const { standIn, send, house } = await opened()
    standIn.script('sendMessage', ERRORS.kicked, ERRORS.kicked)
    await send(GROUP, '在吗')
    await send(PERSON, '在吗')
    expect([...house.leftGroups]).toEqual([[GROUP, true]])
  })

  test('a group that moved is written to at its new address in the same call', async () => {
    const { standIn, send, house } = await opened()
    standIn.script('sendMessage', ERRORS.moved(NEW_GROUP))
    expect(await send(GROUP, '在吗')).toMatchObject({ kind: 'sent' })
    expect(house.movedGroups).toEqual([[GROUP, NEW_GROUP]])
    expect(standIn.shown(NEW_GROUP)).toHaveLength(1)
    standIn.script('sendMessage', ERRORS.moved(NEW_GROUP), ERRORS.tooFast)
    expect(await send(GROUP, '在吗')).toEqual({ kind: 'retry', afterSeconds: 7, reason: 'telegram:429' })
  })

  test.each(['null', '[]', '{}', '{"ok":false}', ''])('an answer that is none: %s', async (body) => {
    const { standIn, send } = await opened()
    standIn.script('sendMessage', { body })
    expect(await send(PERSON, '在吗')).toMatchObject({ kind: 'retry', reason: 'telegram:unreadable' })
  })

  test('no address of this platform', async () => {
    const { standIn, send } = await opened()
    expect(await send('g1', '在吗')).toEqual({ kind: 'unsendable', reason: 'chat_not_found' })
    expect(standIn.calls).toEqual([])
  })

  test('no answer in time may have arrived; cut before the answer too', async () => {
    const { standIn, send } = await opened({ callMs: 30 })
    standIn.script('sendMessage', 'cut')
    expect(await send(PERSON, '在吗')).toEqual({ kind: 'unknown', reason: 'telegram:no_answer' })
    standIn.script('sendMessage', 'hang')
    expect(await send(PERSON, '在吗')).toEqual({ kind: 'unknown', reason: 'telegram:no_answer' })
  })
})

describe('through a proxy', () => {
  const ends: (() => Promise<void>)[] = []
  afterEach(async () => {
    await closeAll()
    for (const end of ends.splice(0)) await end()
  })

  const listening = async (server: Server | ReturnType<typeof createTcpServer>) => {
    const sockets = new Set<Socket>()
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ends.push(async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test('every call and every file', async () => {
    const asked: string[] = []
    const proxy = createServer()
    proxy.on('connect', ({ url = '' }, socket) => {
      asked.push(url)
      const [host, port] = url.split(':')
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        onward.pipe(socket).pipe(onward)
      })
      onward.on('error', () => socket.destroy())
      socket.on('error', () => onward.destroy())
    })
    const { standIn, send, start, received } = await opened({ proxy: await listening(proxy) })
    await start()
    await standIn.sends?.(PERSON, 'photo', Uint8Array.from([0xff, 0xd8, 0xff]))
    expect(received[0]?.body.kind).toBe('photo')
    expect(await send(PERSON, '在吗')).toMatchObject({ kind: 'sent' })
    expect(new Set(asked)).toEqual(new Set([new URL(standIn.root).host]))
    expect(await standIn.channel.check?.()).toContainEqual({ state: 'ok', what: 'token' })
  })

  test('a proxy that is not there, or says nothing, sent nothing', async () => {
    const silent = await listening(createTcpServer())
    const first = await opened({ proxy: silent, connectMs: 30 })
    expect(await first.send(PERSON, '在吗')).toEqual({
      kind: 'retry',
      afterSeconds: 0,
      reason: 'telegram:unreachable',
    })
    const gone = await opened({ proxy: 'http://127.0.0.1:1' })
    expect(await gone.send(PERSON, '在吗')).toMatchObject({ kind: 'retry', reason: 'telegram:unreachable' })
  })

  test('a proxy that refuses is no answer of the platform', async () => {
    const proxy = createServer()
    proxy.on('connect', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno'))
    const { send, house } = await opened({ proxy: await listening(proxy) })
    expect((await send(PERSON, '在吗')).kind).toBe('retry')
    expect(house.logged.join('\n')).not.toContain(TOKEN)
  })
})
