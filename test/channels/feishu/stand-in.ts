/** Feishu on 127.0.0.1: a group with a robot of its own. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { feishuChannel, type FeishuOptions } from '../../../src/channels/feishu/feishu.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import type { Channel } from '../../../src/messaging/channel.ts'
import type { Lent } from '../lent.ts'
import { GROUP_ROBOT_SKIPS, HEARS_NOTHING } from '../group-robot.ts'
import type { Fault, StandIn } from '../stand-in.ts'
import { robot, type Robot } from './robot.ts'

export const HOOK_ID = '0c1d2e3f-4a5b-6c7d-8e9f-aabbccddeeff'
export const HOOK_SECRET = 'fs-secret-5b1f0e'
export const GROUP = 'oc_village_group'

export interface FeishuWorld {
  readonly channel: Channel
  readonly robot: Robot
  readonly origin: string
  outage(isDown: boolean): Promise<void>
  close(): Promise<void>
}

export interface WorldOptions extends FeishuOptions {
  readonly secret?: string | null
}

export async function feishuWorld(lent: Lent, options: WorldOptions = {}): Promise<FeishuWorld> {
  const { secret = HOOK_SECRET, ...more } = options
  const now = () => lent.clock.now()
  const own = robot({ id: HOOK_ID, secret, chat: GROUP, now })
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('date', new Date(now()).toUTCString())
      if (request.method === 'HEAD') return response.end()
      void own.post(request.url ?? '/', Buffer.concat(chunks)).then((answer) => {
        if (!answer) return request.socket.destroy()
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
        return response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
      })
      return undefined
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${String(port)}`
  lent.hooks.set(GROUP, { webhook: `https://open.feishu.cn/open-apis/bot/v2/hook/${HOOK_ID}`, secret })
  const channel = feishuChannel(CHANNEL_SETTINGS.parse({ FEISHU_API_ROOT: origin }), lent, {
    timeoutMs: 10_000,
    random: () => 0.5,
    ...more,
  })
  const outage = async (isDown: boolean) => {
    if (isDown !== server.listening) return
    if (isDown) {
      server.close()
      server.closeAllConnections()
      await new Promise((resolve) => setTimeout(resolve, 5))
    } else {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    }
  }
  return { channel, robot: own, origin, outage, close: () => outage(true) }
}

export async function hookStandIn(lent: Lent): Promise<StandIn> {
  const world = await feishuWorld(lent)
  let refused = 0
  // The contract asks what a reminder looks like, whatever the minute: one that stepped aside comes again.
  const send: Channel['send'] = async (outgoing) => {
    const outcome = await world.channel.send(outgoing)
    return outcome.kind === 'retry' && outcome.reason === 'later:crowded' ? world.channel.send(outgoing) : outcome
  }
  const channel: Channel = {
    ...world.channel,
    async send(outgoing) {
      if (refused === 0) return send(outgoing)
      refused -= 1
      await world.outage(true)
      const outcome = await send(outgoing)
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
    waitSeconds: 120,
    log: () => '',
    secrets: [HOOK_ID, HOOK_SECRET],
    person: null,
    group: GROUP,
    skips: {
      ...GROUP_ROBOT_SKIPS,
      'fault blocked': HEARS_NOTHING,
      attachment: 'a robot sends no files: the text says what matters',
      'mentions who was asked for': 'a robot has no address book: only ids of people, a test of its own',
    },
    close: world.close,
  }
}
