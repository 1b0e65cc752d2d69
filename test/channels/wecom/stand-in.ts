/** WeCom on 127.0.0.1: groups with a robot of their own, and the two-way bot. */
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Channel } from '../../../src/messaging/channel.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import { wecomChannel, type WecomOptions } from '../../../src/channels/wecom/wecom.ts'
import type { Lent } from '../lent.ts'
import { GROUP_ROBOT_SKIPS, HEARS_NOTHING } from '../group-robot.ts'
import type { Fault, StandIn } from '../stand-in.ts'
import { botPlatform, type BotPlatform } from './bot-platform.ts'
import { robot, type Robot } from './robot.ts'
import { acceptWebSockets } from './web-socket.ts'

export const BOT_ID = 'aibTestBot'
export const BOT_SECRET = 'bot-secret-2f9c41'
export const BOT_NAME = '帮扶助手'
export const HOOK_KEY = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa'
export const PERSON = 'wangwu'
export const GROUP = 'wrkSFfCgAAxxxxGroup'

export interface WecomWorld {
  readonly channel: Channel
  readonly robot: Robot
  readonly bot: BotPlatform
  readonly origin: string
  /** Waits until a client has signed in after so many. */
  signedIn(after: number): Promise<void>
  outage(isDown: boolean): Promise<void>
  close(): Promise<void>
}

export interface WorldOptions extends WecomOptions {
  readonly withHook?: boolean
  readonly withBot?: boolean
  readonly settings?: Readonly<Record<string, string>>
}

/** Short, so that nobody sleeps: a connection that broke is back in milliseconds. */
const QUICK: WecomOptions = {
  timeoutMs: 10_000,
  deliverPauseMs: 2,
  pauses: { broken: 2, refused: 20, displaced: 20, longest: 100, signIn: 500 },
}

export async function wecomWorld(lent: Lent, options: WorldOptions = {}): Promise<WecomWorld> {
  const { withHook = true, withBot = true, settings = {}, ...more } = options
  const ownRobot = robot(GROUP, HOOK_KEY)
  const bot = botPlatform(BOT_ID, BOT_SECRET)
  bot.known.add(PERSON)
  bot.known.add(GROUP)
  const server: Server = createServer((request, response) => {
    if (request.url?.startsWith('/cgi-bin/webhook/')) ownRobot.handle(request, response)
    else bot.handle(request, response)
  })
  const sockets = new Set<{ destroy(): void }>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  acceptWebSockets(server, (peer) => bot.accept(peer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${String(port)}`
  if (withHook) {
    lent.hooks.set(GROUP, { webhook: `${origin}/cgi-bin/webhook/send?key=${HOOK_KEY}`, secret: null })
  }
  const channel = wecomChannel(
    CHANNEL_SETTINGS.parse({
      WECOM_API_ROOT: origin,
      ...(withBot && {
        WECOM_BOT_ID: BOT_ID,
        WECOM_BOT_SECRET: BOT_SECRET,
        WECOM_SOCKET: origin.replace('http', 'ws'),
      }),
      ...settings,
    }),
    lent,
    { ...QUICK, ...more, pauses: { ...QUICK.pauses, ...more.pauses } },
  )
  const outage = async (isDown: boolean) => {
    if (isDown === !server.listening) return
    if (isDown) {
      server.close()
      for (const socket of sockets) socket.destroy()
      bot.peer = null
      await new Promise((resolve) => setTimeout(resolve, 5))
    } else {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    }
  }
  return {
    channel,
    robot: ownRobot,
    bot,
    origin,
    async signedIn(after) {
      for (let left = 1_000; bot.signedIn <= after && left > 0; left--) await new Promise((done) => setTimeout(done, 2))
      // The client has heard of it once it answers something.
      await new Promise((done) => setTimeout(done, 5))
    },
    outage,
    async close() {
      await outage(true)
    },
  }
}

const NOT_IN_THE_PLATFORM = 'WeCom tells no such thing'

const COMMON_SKIPS = {
  'fault blocked': NOT_IN_THE_PLATFORM,
  'choices are shown': 'no buttons: choices are numbers in the text',
  'tap gives the exact id': 'no buttons: choices are numbers in the text',
}

/** A group with a robot of its own, and nothing else. */
export async function hookStandIn(lent: Lent): Promise<StandIn> {
  const world = await wecomWorld(lent, { withBot: false })
  let refused = 0
  const channel: Channel = {
    ...world.channel,
    async send(outgoing) {
      if (refused === 0) return world.channel.send(outgoing)
      refused -= 1
      await world.outage(true)
      const outcome = await world.channel.send(outgoing)
      await world.outage(false)
      return outcome
    },
  }
  return {
    channel,
    says: () => Promise.reject(new Error(HEARS_NOTHING)),
    shown: () => world.robot.shown,
    fail(fault, times = 1) {
      if (fault === 'refused') refused += times
      else world.robot.faults.push(...Array<Fault>(times).fill(fault))
    },
    outage: world.outage,
    log: () => '',
    secrets: [HOOK_KEY],
    person: null,
    group: GROUP,
    skips: {
      ...COMMON_SKIPS,
      ...GROUP_ROBOT_SKIPS,
      'fault window': NOT_IN_THE_PLATFORM,
    },
    close: world.close,
  }
}

/** The two-way bot, in private and in a group without a robot. */
export async function botStandIn(lent: Lent): Promise<StandIn> {
  const world = await wecomWorld(lent, { withHook: false })
  const { bot } = world
  let refused = 0
  const single = (user: string, body: Record<string, unknown>) =>
    bot.message({ chattype: 'single', from: { userid: user }, ...body })
  const connected = async () => {
    if (bot.peer === null) await world.signedIn(bot.signedIn)
  }
  const channel: Channel = {
    ...world.channel,
    async start(deliver) {
      const before = bot.signedIn
      await world.channel.start(deliver)
      if (!down) await world.signedIn(before)
    },
    async send(outgoing) {
      const isRefused = refused > 0
      if (isRefused) {
        refused -= 1
        await world.outage(true)
      }
      const outcome = await world.channel.send(outgoing)
      if (isRefused) await world.outage(false)
      if (!down) await connected()
      return outcome
    },
  }
  let down = false
  return {
    channel,
    async says(user, text) {
      await connected()
      single(user, { msgtype: 'text', text: { content: text } })
    },
    async saysInGroup(chat, user, text) {
      await connected()
      bot.message({
        chattype: 'group',
        chatid: chat,
        from: { userid: user },
        msgtype: 'text',
        text: { content: `@${BOT_NAME} ${text}` },
      })
    },
    async sends(user, what, bytes, transcript) {
      await connected()
      if (what === 'voice') single(user, { msgtype: 'voice', voice: { content: transcript ?? '' } })
      else single(user, { msgtype: 'image', image: bot.media(bytes, world.origin) })
    },
    repeats: () => Promise.resolve(bot.repeat()),
    shown: (chat) => bot.shown.filter((message) => message.chat === chat),
    fail(fault, times = 1) {
      if (fault === 'refused') refused += times
      else if (fault === 'window') bot.known.delete(PERSON)
      else bot.faults.push(...Array<Fault>(times).fill(fault))
    },
    async outage(isDown) {
      down = isDown
      await world.outage(isDown)
    },
    log: () => '',
    secrets: [BOT_SECRET],
    person: PERSON,
    group: GROUP,
    skips: {
      ...COMMON_SKIPS,
      'acked after it is durable': 'the platform is not answered: it says everything once',
      'fault garbage': 'a frame that is no JSON is dropped by the SDK; no answer is a test of its own',
      voice: 'the platform writes down what was spoken and keeps the sound',
      location: NOT_IN_THE_PLATFORM,
      'payload of a QR code': NOT_IN_THE_PLATFORM,
      'what was forwarded into a group is left':
        'in groups only what mentions the bot is told, which nothing forwarded does',
    },
    close: world.close,
  }
}
