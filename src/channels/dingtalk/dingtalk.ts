import type { Random } from '../../base/random.ts'
import { SECOND } from '../../base/time.ts'
import type { Channel, Received } from '../../messaging/channel.ts'
import { ABILITIES } from '../abilities.ts'
import type { ChannelParts } from '../parts.ts'
import { jsonPoster } from '../post-json.ts'
import type { ChannelSettings } from '../settings.ts'
import { api as apiOf } from './api.ts'
import { app } from './app.ts'
import { look } from './check.ts'
import { download } from './download.ts'
import { reason } from './errors.ts'
import { files as filesOf } from './files.ts'
import { inTurn } from './in-turn.ts'
import { chatOf, readMessage } from './message.ts'
import { received } from './receive.ts'
import { robots as robotsOf } from './robot.ts'
import { sessions as sessionsOf } from './sessions.ts'
import { stream, STREAM_PAUSES, type StreamPauses } from './stream.ts'

export interface DingtalkOptions {
  /** For one call. Default 15 s. */
  readonly timeoutMs?: number
  readonly pauses?: Partial<StreamPauses>
  readonly random?: Random
}

/**
 * DingTalk (钉钉): groups by their own robot (one-way, signed), and where an app is configured private chats and groups that mention
 * its robot. A group that has both gets reminders and digests by its own robot, answers by the app's.
 */
export function dingtalkChannel(
  settings: ChannelSettings,
  parts: ChannelParts,
  options: DingtalkOptions = {},
): Channel {
  const { timeoutMs = 15 * SECOND, random = Math.random } = options
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret } = settings
  const { clock } = parts
  const stopping = new AbortController()
  const post = jsonPoster(timeoutMs, stopping.signal)
  const robots = robotsOf({
    root: settings.DINGTALK_ROBOT_ROOT,
    keyword: settings.DINGTALK_KEYWORD ?? null,
    post,
    clock,
    log: parts.log,
  })
  const sessions = sessionsOf(settings.DINGTALK_ROBOT_ROOT)
  const twoWay = clientId !== undefined && clientSecret !== undefined ? { clientId, clientSecret } : null
  const api = twoWay && apiOf({ root: settings.DINGTALK_API_ROOT, ...twoWay, post, clock })
  const files = api && filesOf({ api, root: settings.DINGTALK_ROBOT_ROOT, post, readFile: parts.readFile, clock })
  const own = api && files && app({ api, robots, sessions, files, clock, log: parts.log })
  const turn = inTurn()
  let deliver: (message: Received) => Promise<void> = () => Promise.reject(new Error('not started'))

  const onMessage = async (data: unknown): Promise<void> => {
    const message = readMessage(data)
    // Coming again would not make it readable.
    if (!message || !api) return parts.log('message_unreadable')
    const chat = chatOf(message)
    await turn(chat, async () => {
      const fetchFile = (code: string, name: string) =>
        download(code, name, { api, parts, timeoutMs, stopped: stopping.signal })
      const { sessionWebhook: address, sessionWebhookExpiredTime: until } = message
      if (address !== undefined && until !== undefined) sessions.keep(chat, address, until)
      for (const one of await received(message, { clock, fetchFile })) await deliver(one)
    })
  }

  const line =
    api && twoWay
      ? stream({
          api,
          clientSecret: twoWay.clientSecret,
          timeoutMs,
          pauses: { ...STREAM_PAUSES, ...options.pauses },
          random,
          clock,
          log: parts.log,
          onMessage,
        })
      : null

  return {
    name: 'dingtalk',
    abilities: { ...ABILITIES.dingtalk, receives: own !== null },
    start(given) {
      deliver = given
      line?.start()
      return Promise.resolve()
    },
    async send(outgoing) {
      const hook = await parts.hookOf(outgoing.chat)
      const byApp = own && (!hook || (outgoing.reminder === null && own.reaches(outgoing.chat)))
      const way = byApp ? () => own.send(outgoing) : hook && (() => robots.send(hook, outgoing))
      if (!way) return { kind: 'operator', reason: reason('no_webhook') }
      const outcome = await way()
      // A group's own robot takes no files: the app's robot sends them where it is in that group.
      if (outcome.kind === 'sent' && own && (byApp || own.reaches(outgoing.chat))) await own.attach(outgoing)
      return outcome
    },
    check: () => look(settings, api, parts),
    async stop() {
      stopping.abort()
      await line?.stop()
    },
  }
}
