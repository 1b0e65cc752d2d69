/** DingTalk on 127.0.0.1: groups with a robot of their own, and the app's robot by Stream. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dingtalkChannel, type DingtalkOptions } from '../../../src/channels/dingtalk/dingtalk.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import type { Clock } from '../../../src/base/time.ts'
import type { Channel } from '../../../src/messaging/channel.ts'
import type { Lent } from '../lent.ts'
import { GROUP_ROBOT_SKIPS, HEARS_NOTHING } from '../group-robot.ts'
import type { Fault, StandIn } from '../stand-in.ts'
import { acceptWebSockets } from '../wecom/web-socket.ts'
import { appPlatform, type Answer, type AppPlatform } from './app-platform.ts'
import { robot, type Robot } from './robot.ts'

export const CLIENT_ID = 'dingtest0001'
export const CLIENT_SECRET = 'client-secret-77a0c3'
export const HOOK_TOKEN = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
export const HOOK_SECRET = 'SEC0c1d2e3f4a5b6c7d'
export const PERSON = 'manager0123'
export const GROUP = 'cidVillageGroup0001AbCd=='

export interface DingtalkWorld {
  readonly channel: Channel
  readonly robot: Robot
  readonly app: AppPlatform
  readonly origin: string
  /** Waits until that many connections were made, and one is there. */
  connected(count?: number): Promise<void>
  outage(isDown: boolean): Promise<void>
  close(): Promise<void>
}

export interface WorldOptions extends DingtalkOptions {
  readonly withHook?: boolean
  readonly withApp?: boolean
  readonly secret?: string | null
  readonly keyword?: string | null
  readonly settings?: Readonly<Record<string, string>>
  /** The platform's time, where it isn't the house's. */
  readonly platform?: Clock
}

/** Short, so that nobody sleeps. */
const QUICK: DingtalkOptions = { timeoutMs: 10_000, pauses: { first: 2, longest: 20 }, random: () => 0.5 }

export async function dingtalkWorld(lent: Lent, options: WorldOptions = {}): Promise<DingtalkWorld> {
  const {
    withHook = true,
    withApp = true,
    secret = HOOK_SECRET,
    keyword = null,
    settings = {},
    platform,
    ...more
  } = options
  const now = () => (platform ?? lent.clock).now()
  let origin = ''
  const ownRobot = robot({ token: HOOK_TOKEN, secret, keyword, chat: GROUP, now })
  const app = appPlatform({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, origin: () => origin, now })
  app.staff.add(PERSON)
  app.groups.add(GROUP)

  const answer = async (method: string, url: URL, headers: object, bytes: Buffer): Promise<Answer | null> => {
    if (url.pathname !== '/robot/send') return app.handle(method, url, { ...headers }, bytes)
    const body = await ownRobot.send(url, bytes)
    return body === null ? null : { status: 200, body }
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', origin)
      void answer(request.method ?? '', url, request.headers, Buffer.concat(chunks)).then((given) => {
        if (!given) return request.socket.destroy()
        const { status, body } = given
        response.writeHead(status, { 'content-type': 'application/json', date: new Date(now()).toUTCString() })
        return response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))
      })
    })
  })
  const sockets = new Set<{ destroy(): void }>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  acceptWebSockets(server, (peer, request) =>
    app.accept(peer, new URL(request.url ?? '/', origin).searchParams.get('ticket')),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  origin = `http://127.0.0.1:${String(port)}`
  if (withHook) {
    lent.hooks.set(GROUP, { webhook: `https://oapi.dingtalk.com/robot/send?access_token=${HOOK_TOKEN}`, secret })
  }
  const channel = dingtalkChannel(
    CHANNEL_SETTINGS.parse({
      DINGTALK_API_ROOT: origin,
      DINGTALK_ROBOT_ROOT: origin,
      ...(withApp && { DINGTALK_CLIENT_ID: CLIENT_ID, DINGTALK_CLIENT_SECRET: CLIENT_SECRET }),
      ...(keyword !== null && { DINGTALK_KEYWORD: keyword }),
      ...settings,
    }),
    lent,
    { ...QUICK, ...more, pauses: { ...QUICK.pauses, ...more.pauses } },
  )
  const outage = async (isDown: boolean) => {
    if (isDown !== server.listening) return
    if (isDown) {
      server.close()
      for (const socket of sockets) socket.destroy()
      app.peer = null
      await new Promise((resolve) => setTimeout(resolve, 5))
    } else {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    }
  }
  return {
    channel,
    robot: ownRobot,
    app,
    origin,
    async connected(count = 1) {
      for (let left = 5_000; left > 0 && (app.connections < count || !app.peer); left--) {
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    },
    outage,
    close: () => outage(true),
  }
}

/** Where the connection must not be made, the platform is away for that one send. */
function refusing(world: DingtalkWorld) {
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
  return { channel, refuse: (times: number) => void (refused += times) }
}

const NO_BUTTONS = 'no buttons: choices are numbers in the text'
const NOT_IN_THE_PLATFORM = 'DingTalk tells no such thing to robots'
const COMMON_SKIPS = {
  'choices are shown': NO_BUTTONS,
  'tap gives the exact id': NO_BUTTONS,
}
/** A group with a robot of its own, and nothing else. */
export async function hookStandIn(lent: Lent): Promise<StandIn> {
  const world = await dingtalkWorld(lent, { withApp: false })
  const { channel, refuse } = refusing(world)
  return {
    channel,
    says: () => Promise.reject(new Error(HEARS_NOTHING)),
    shown: () => world.robot.shown,
    fail(fault, times = 1) {
      if (fault === 'refused') refuse(times)
      else world.robot.faults.push(...Array<Fault>(times).fill(fault))
    },
    outage: world.outage,
    waitSeconds: 600,
    log: () => '',
    secrets: [HOOK_TOKEN, HOOK_SECRET],
    person: null,
    group: GROUP,
    skips: {
      ...COMMON_SKIPS,
      attachment: 'a group’s own robot takes no files: the text says what matters',
      ...GROUP_ROBOT_SKIPS,
    },
    close: world.close,
  }
}

/** The app's robot, in private and in a group without a robot of its own. */
export async function streamStandIn(lent: Lent): Promise<StandIn> {
  const world = await dingtalkWorld(lent, { withHook: false })
  const { app } = world
  const { channel, refuse } = refusing(world)
  const push = async (message: Readonly<Record<string, unknown>>) => {
    await world.connected()
    await app.push(message)
  }
  const privately = (user: string, message: Readonly<Record<string, unknown>>) =>
    push({
      conversationType: '1',
      conversationId: `cidPrivate${user}`,
      senderStaffId: user,
      senderId: `$:LWCP_v1:$${user}`,
      ...message,
    })
  return {
    channel,
    says: (user, text) => privately(user, { msgtype: 'text', text: { content: text } }),
    saysInGroup: (chat, user, text) =>
      push({
        conversationType: '2',
        conversationId: chat,
        senderStaffId: user,
        senderId: `$:LWCP_v1:$${user}`,
        isInAtList: true,
        msgtype: 'text',
        text: { content: ` ${text}` },
      }),
    forwards: (chat, user, text) =>
      push({
        conversationType: '2',
        conversationId: chat,
        senderStaffId: user,
        senderId: `$:LWCP_v1:$${user}`,
        msgtype: 'chatRecord',
        content: { chatRecord: JSON.stringify([{ msgType: 'text', content: text }]) },
      }),
    sends: (user, what, bytes, transcript) => {
      const downloadCode = app.file(bytes)
      return privately(
        user,
        what === 'photo'
          ? { msgtype: 'picture', content: { downloadCode, pictureDownloadCode: downloadCode } }
          : { msgtype: 'audio', content: { downloadCode, duration: 3000, recognition: transcript ?? '' } },
      )
    },
    repeats: () => Promise.resolve(app.repeat()),
    shown: (chat) => app.shown.filter((message) => message.chat === chat),
    fail(fault, times = 1) {
      if (fault === 'refused') refuse(times)
      else app.faults.push(...Array<Fault>(times).fill(fault))
    },
    outage: world.outage,
    waitSeconds: 15,
    log: () => '',
    secrets: [CLIENT_SECRET, 'access-token-'],
    person: PERSON,
    group: GROUP,
    skips: {
      ...COMMON_SKIPS,
      'mentions who was asked for': 'only a group’s own robot and answers call by name: tests of their own',
      location: NOT_IN_THE_PLATFORM,
      'payload of a QR code': NOT_IN_THE_PLATFORM,
      'fault window': 'only for people outside of the organisation: a test of its own',
    },
    close: world.close,
  }
}
