import { afterEach, expect, test } from 'vitest'
import { instant, SECOND } from '../../../src/base/time.ts'
import type { Outgoing, Received } from '../../../src/messaging/channel.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { lent, type Lent } from '../lent.ts'
import { BOT_NAME, BOT_SECRET, GROUP, PERSON, wecomWorld, type WecomWorld, type WorldOptions } from './stand-in.ts'

let now = Date.now()
const clock = { now: () => instant(now) }

let house: Lent
let world: WecomWorld
let heard: Received[]

async function open(options: WorldOptions = {}) {
  now = Date.now()
  heard = []
  house = lent(memoryStorage({ clock }), clock)
  world = await wecomWorld(house, { withHook: false, ...options })
}

async function start(options: WorldOptions = {}, signsIn = true) {
  await open(options)
  await world.channel.start((message) => Promise.resolve(void heard.push(message)))
  if (signsIn) await world.signedIn(0)
}

afterEach(async () => {
  await world.channel.stop()
  await world.close()
})

const send = (chat: string, text: string, more: Partial<Outgoing> = {}) =>
  world.channel.send({
    id: `out-${text}`,
    channel: 'wecom',
    chat,
    text,
    choices: [],
    mentions: [],
    cause: null,
    reminder: null,
    matter: null,
    question: null,
    progress: null,
    createdAt: clock.now(),
    again: false,
    ...more,
  })

const until = async (isSo: () => boolean) => {
  for (let left = 1_000; !isSo(); left--) {
    if (left === 0) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

const says = async (text: string): Promise<Received> => {
  const count = heard.length
  world.bot.message({ chattype: 'single', from: { userid: PERSON }, msgtype: 'text', text: { content: text } })
  await until(() => heard.length > count)
  return heard.at(-1) as Received
}

const saysInGroup = async (text: string): Promise<void> => {
  const count = heard.length
  world.bot.message({
    chattype: 'group',
    chatid: GROUP,
    from: { userid: PERSON },
    msgtype: 'text',
    text: { content: `@${BOT_NAME} ${text}` },
  })
  await until(() => heard.length > count)
}

const sentFrames = () => world.bot.frames.map(({ cmd }) => cmd).filter((cmd) => !/subscribe|ping/.test(cmd))
const cause = ({ messageId }: Received) => `wecom ${messageId}`

test('answers are replies to the message, in private also what comes of itself soon after it', async () => {
  await start()
  const said = await says('断水了')
  expect(await send(PERSON, '记下了', { cause: cause(said) })).toMatchObject({ kind: 'sent' })
  expect(await send(PERSON, '几天了？', { cause: cause(said) })).toMatchObject({ kind: 'sent' })
  world.bot.known.delete(PERSON)
  expect(await send(PERSON, '王书记接手了')).toMatchObject({ kind: 'sent' })
  expect(sentFrames()).toEqual(['aibot_respond_msg', 'aibot_respond_msg', 'aibot_respond_msg'])
  expect(
    new Set(world.bot.frames.flatMap(({ body }) => (body['stream'] as { id: string } | undefined)?.id ?? [])).size,
  ).toBe(3)
  expect(world.bot.shown.map(({ chat, text }) => [chat, text])).toEqual([
    [PERSON, '记下了'],
    [PERSON, '几天了？'],
    [PERSON, '王书记接手了'],
  ])
  now += 301 * SECOND
  expect(await send(PERSON, '办好了')).toEqual({ kind: 'person', reason: 'wecom:93006' })
})

test('in a group only an answer is a reply', async () => {
  await start()
  await saysInGroup('待办')
  await send(GROUP, '还有三件', { cause: cause(heard[0] as Received) })
  await send(GROUP, '到期提醒')
  expect(sentFrames()).toEqual(['aibot_respond_msg', 'aibot_send_msg'])
})

test('an answer that comes too late for its message is sent by itself', async () => {
  await start()
  const said = await says('断水了')
  world.bot.codes.push(846608)
  expect(await send(PERSON, '记下了', { cause: cause(said) })).toMatchObject({ kind: 'sent' })
  const later = await says('还没来水')
  now += 301 * SECOND
  expect(await send(PERSON, '记下了', { cause: cause(later) })).toMatchObject({ kind: 'sent' })
  expect(sentFrames()).toEqual(['aibot_respond_msg', 'aibot_send_msg', 'aibot_send_msg'])
  expect(world.bot.shown).toHaveLength(2)
})

test('an answer that was refused for another reason is not sent twice', async () => {
  await start()
  const said = await says('断水了')
  world.bot.codes.push(45009)
  expect(await send(PERSON, '记下了', { cause: cause(said) })).toMatchObject({ kind: 'retry', afterSeconds: 60 })
  expect(sentFrames()).toEqual(['aibot_respond_msg'])
})

test('whoever opens the chat is greeted within the five seconds, later by a message', async () => {
  await start()
  for (const wait of [0, 6 * SECOND]) {
    const count = heard.length
    world.bot.event({ chattype: 'single', from: { userid: PERSON }, event: { eventtype: 'enter_chat' } })
    await until(() => heard.length > count)
    const came = heard.at(-1) as Received
    expect(came.body).toEqual({ kind: 'start', payload: '' })
    now += wait
    expect(await send(PERSON, '您好 <@all>', { cause: cause(came) })).toMatchObject({ kind: 'sent' })
  }
  expect(sentFrames()).toEqual(['aibot_respond_welcome_msg', 'aibot_send_msg'])
  expect(world.bot.shown.flatMap(({ mentioned }) => mentioned)).toEqual([])
})

test('other events, and frames that are none, are nothing', async () => {
  await start()
  world.bot.event({ chattype: 'single', from: { userid: PERSON }, event: { eventtype: 'feedback_event' } })
  world.bot.event({ chattype: 'group', chatid: GROUP, from: { userid: PERSON }, event: { eventtype: 'enter_chat' } })
  for (const text of [
    '',
    '{',
    '[]',
    'null',
    '{"cmd":"aibot_msg_callback","headers":{}}',
    '{"cmd":7,"body":{"msgtype":1}}',
  ]) {
    world.bot.peer?.send(text)
  }
  world.bot.message({ chattype: 'single', from: {}, msgtype: 'text', text: { content: '谁' } })
  await says('我')
  expect(heard.map(({ body }) => body)).toEqual([{ kind: 'text', text: '我' }])
})

test('a picture that can’t be had is told as something else', async () => {
  await start()
  world.bot.message({
    chattype: 'single',
    from: { userid: PERSON },
    msgtype: 'image',
    image: { url: `${world.origin}/media/none`, aeskey: 'AAAA' },
  })
  const bad = world.bot.media(Uint8Array.from([1, 2, 3]), world.origin)
  world.bot.message({
    chattype: 'single',
    from: { userid: PERSON },
    msgtype: 'image',
    image: { ...bad, aeskey: Buffer.alloc(16, 7).toString('base64') },
  })
  await until(() => heard.length === 2)
  expect(heard.map(({ body }) => body)).toEqual([
    { kind: 'other', what: 'photo' },
    { kind: 'other', what: 'photo' },
  ])
  expect(house.logged.filter((line) => line.startsWith('file_not_fetched'))).toHaveLength(2)
})

test('words stay behind the picture that was sent before them', async () => {
  await start()
  const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 1])
  world.bot.message({
    chattype: 'single',
    from: { userid: PERSON },
    msgtype: 'image',
    image: world.bot.media(bytes, world.origin),
  })
  await says('就是这面墙')
  expect(heard.map(({ body }) => body.kind)).toEqual(['photo', 'text'])
})

test('a message that the house can’t take now is offered until it does, those behind it wait', async () => {
  await open()
  let refused = 0
  const taken: string[] = []
  await world.channel.start((message) => {
    if (refused++ < 3) return Promise.reject(new Error('disk'))
    if (message.body.kind === 'text') taken.push(message.body.text)
    return Promise.resolve()
  })
  await world.signedIn(0)
  for (const text of ['一', '二']) {
    world.bot.message({ chattype: 'single', from: { userid: PERSON }, msgtype: 'text', text: { content: text } })
  }
  await until(() => taken.length === 2)
  expect(taken).toEqual(['一', '二'])
})

test('no answer within the limit: it may have arrived', async () => {
  await start({ timeoutMs: 30 })
  world.bot.silent = true
  expect(await send(PERSON, '在吗')).toEqual({ kind: 'unknown', reason: 'wecom:timeout' })
})

test('a connection that a newer one pushed out waits before it comes back, and says so', async () => {
  await start({ pauses: { displaced: 60 } })
  world.bot.displace()
  await until(() => house.logged.some((line) => line.startsWith('bot_displaced')))
  expect(await send(PERSON, '在吗')).toEqual({ kind: 'operator', reason: 'wecom:bot_displaced' })
  expect(await world.channel.check?.()).toEqual([{ state: 'problem', what: 'bot' }])
  await world.signedIn(1)
  expect(await send(PERSON, '在吗')).toMatchObject({ kind: 'sent' })
  expect(await world.channel.check?.()).toEqual([{ state: 'ok', what: 'receive' }])
})

test('a secret that is refused stops no start; it is told, tried again slowly, and works once it is right', async () => {
  await open()
  world.bot.signInCode = 853000
  await world.channel.start(() => Promise.resolve())
  await until(() => house.logged.some((line) => line.startsWith('bot_refused')))
  expect(await send(PERSON, '在吗')).toEqual({ kind: 'operator', reason: 'wecom:bot_refused' })
  expect(await world.channel.check?.()).toEqual([{ state: 'problem', what: 'token' }])
  expect(house.logged.join('\n')).not.toContain(BOT_SECRET)
  world.bot.signInCode = 0
  await world.signedIn(0)
  expect(await send(PERSON, '在吗')).toMatchObject({ kind: 'sent' })
})

test('a sign-in that is never answered is begun anew', async () => {
  await open({ pauses: { signIn: 20 } })
  world.bot.signInCode = null
  await world.channel.start(() => Promise.resolve())
  await until(() => world.bot.frames.filter(({ cmd }) => cmd === 'aibot_subscribe').length >= 2)
  expect(await send(PERSON, '在吗')).toMatchObject({ kind: 'retry', reason: 'wecom:bot_connecting' })
  world.bot.signInCode = 0
  await world.signedIn(0)
  expect(await send(PERSON, '在吗')).toMatchObject({ kind: 'sent' })
})

test('a look from another process makes no connection', async () => {
  await open()
  expect(await world.channel.check?.()).toEqual([{ state: 'warning', what: 'bot' }])
  expect(world.bot.frames).toEqual([])
})

test('half of the bot’s settings is a problem', async () => {
  await open({ withBot: false, settings: { WECOM_BOT_ID: 'aib' } })
  expect(await world.channel.check?.()).toEqual([{ state: 'problem', what: 'settings' }])
})

test('a group with both is written to by its robot until the bot was heard there', async () => {
  await start({ withHook: true })
  await send(GROUP, '一')
  await saysInGroup('待办')
  await send(GROUP, '二')
  now += 25 * 3_600 * SECOND
  await send(GROUP, '三')
  expect(world.robot.shown.map(({ text }) => text)).toEqual(['一', '三'])
  expect(world.bot.shown.map(({ text }) => text)).toEqual(['二'])
})

test('what one of both has certainly not sent goes by the other', async () => {
  await start({ withHook: true })
  world.robot.codes.push(93000)
  expect(await send(GROUP, '一')).toMatchObject({ kind: 'sent' })
  await saysInGroup('待办')
  world.bot.codes.push(45009)
  expect(await send(GROUP, '二')).toMatchObject({ kind: 'sent' })
  expect(world.bot.shown.map(({ text }) => text)).toEqual(['一'])
  expect(world.robot.shown.map(({ text }) => text)).toEqual(['二'])
  world.bot.codes.push(45009)
  world.robot.codes.push(93000)
  expect(await send(GROUP, '三')).toEqual({ kind: 'retry', afterSeconds: 60, reason: 'wecom:45009' })
})

test('what may have arrived is not sent by the other', async () => {
  await start({ withHook: true })
  await saysInGroup('待办')
  world.bot.faults.push('cut')
  expect(await send(GROUP, '一')).toMatchObject({ kind: 'unknown' })
  expect(world.robot.shown).toEqual([])
  expect(world.bot.shown).toHaveLength(1)
})
