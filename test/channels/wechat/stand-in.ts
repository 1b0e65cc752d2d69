/** The platform whole, over HTTP on 127.0.0.1: pushes go to the channel's routes as a server gives them out, its interface is asked by the sender. */
import fastify from 'fastify'
import { MINUTE } from '../../../src/base/time.ts'
import { instant } from '../../../src/base/time.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import { ALLOWED } from '../../../src/channels/wechat/allowance.ts'
import { wechatChannel } from '../../../src/channels/wechat/wechat.ts'
import { webhookRoutes } from '../../../src/http/routes/webhooks.ts'
import type { Channel } from '../../../src/messaging/channel.ts'
import { houseWith } from '../../http/deps.ts'
import type { Lent } from '../lent.ts'
import type { Fault, Shown, StandIn } from '../stand-in.ts'
import { apiServer, type Account, type ApiServer, type Scripted } from './api-server.ts'
import { documentOf, platform, type Answer, type Platform } from './pushing.ts'

const TOKEN = 'wxtoken2026'
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const APP_ID = 'wx0123456789abcdef'
const SECRET = 'a-secret-that-no-log-may-hold'
const GH = 'gh_7f083739789a'
const PERSON = 'oyORnuP8q7ou2gfYjqLzSIWZf0rs'

/** Milliseconds: quicker than the platform, and slow enough for a house on a busy machine. */
const UNHURRIED = 1_800
/** Of a suite in which nobody answers most pushes. */
export const HURRIED = 200

/** Of a platform that cuts a push off after so many milliseconds. */
const tempoOf = (cutMs: number) => ({
  answerMs: cutMs / 2,
  cutMs: cutMs * 1.25,
  repeatMs: cutMs * 1.25,
  keptMs: cutMs * 5,
})

const SEND = '/cgi-bin/message/custom/send'

/** What the platform does with each of the calls that go wrong. */
const SCRIPTS: Readonly<Record<Exclude<Fault, 'refused'>, readonly Scripted[]>> = {
  too_fast: [45011],
  down: ['down'],
  cut: ['cut'],
  garbage: ['garbage'],
  token: [40001, 40001],
  blocked: [43019],
  window: [45015],
  content: [87014],
}

export interface WechatStandIn extends StandIn {
  readonly api: ApiServer
  readonly half: Platform
  /** Where the webhooks are. */
  readonly url: string
  /** One push of that document, with its repeats. @returns the last answer and how many pushes it took */
  push(fields: Record<string, string | number>): Promise<{ readonly answer: Answer; readonly pushes: number }>
}

export interface WechatStandInOptions {
  readonly account?: Account
  readonly encrypted?: boolean
  /** After how many milliseconds the platform cuts a push off. Default 1,800. */
  readonly cutMs?: number
}

export async function wechatStandIn(
  lent: Lent,
  { account = 'verified_service', encrypted = false, cutMs = UNHURRIED }: WechatStandInOptions = {},
): Promise<WechatStandIn> {
  const { clock } = lent
  const api = await apiServer({ clock, appId: APP_ID, secret: SECRET, account })
  const settings = CHANNEL_SETTINGS.parse({
    WECHAT_APP_ID: APP_ID,
    WECHAT_APP_SECRET: SECRET,
    WECHAT_TOKEN: TOKEN,
    WECHAT_ACCOUNT: account,
    WECHAT_API_ROOT: api.root,
    WECHAT_MENU: 'left',
    ...(encrypted && { WECHAT_AES_KEY: AES_KEY }),
  })
  const real = wechatChannel(settings, lent, {
    tempo: tempoOf(cutMs),
    timeLimitMs: 500,
    pictureHost: ({ host }) => api.root.endsWith(host),
  })
  const server = fastify({ forceCloseConnections: true })
  webhookRoutes(server, houseWith([], { webhooks: real.routes ?? [] }).deps)
  const url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/webhooks/wechat`
  const half = platform({
    token: TOKEN,
    appId: APP_ID,
    aesKey: encrypted ? AES_KEY : null,
    account: GH,
    now: () => clock.now(),
    cutMs,
  })

  const shown: Shown[] = []
  const show = (chat: string, raw: string, bytes: Uint8Array | null = null) => {
    const text = raw.replace(/<a href="[^"]*">([^<]*)<\/a>/g, '$1')
    const file = bytes && { name: 'picture.jpg', bytes }
    shown.push({ chat, text, raw, choices: [], mentioned: [], file })
  }
  api.onSent = () => {
    const { user, text, bytes } = api.sent.at(-1) ?? { user: '', text: '', bytes: null }
    show(user, text, bytes)
  }

  let refusals = 0
  /** A connection that is refused can only be so for the whole platform: for as long as that send takes. */
  const channel: Channel = {
    ...real,
    async send(outgoing, behind) {
      if (refusals === 0) return real.send(outgoing, behind)
      refusals -= 1
      await api.outage(true)
      try {
        return await real.send(outgoing, behind)
      } finally {
        await api.outage(false)
      }
    },
  }

  // Whoever may be written to has written before. A minute ago: the platform counts in whole seconds.
  api.people.writes(PERSON)
  await lent.quota.open(PERSON, 'message', ALLOWED.message, instant(clock.now() - MINUTE))

  let ids = 6_054_768_590_064_713_728n
  let last: { readonly document: string; readonly user: string } | null = null

  const tell = async (document: string, user: string) => {
    last = { document, user }
    const told = await half.push(url, document, user)
    if (told.answer.kind === 'text') show(user, told.answer.text)
    return told
  }

  const push = (fields: Record<string, string | number>) => {
    const user = String(fields['FromUserName'] ?? PERSON)
    const isEvent = fields['MsgType'] === 'event'
    const event = String(fields['Event'] ?? '')
    if (!isEvent) api.people.writes(user)
    else if (event === 'subscribe') api.people.follow(user)
    else if (event === 'unsubscribe') api.people.unfollow(user)
    else if (event === 'SCAN' || event === 'CLICK') api.people.taps(user)
    const document = documentOf({
      ToUserName: GH,
      FromUserName: user,
      CreateTime: Math.floor(clock.now() / 1000),
      MsgType: 'text',
      ...(!isEvent && { MsgId: String(ids++) }),
      ...fields,
    })
    return tell(document, user)
  }

  const media = (bytes: Uint8Array, type: string, name: string): string => {
    const id = `media-${api.media.size + 1}`
    api.media.set(id, { bytes, type, name })
    return id
  }

  return {
    api,
    half,
    url,
    channel,
    push,
    async says(user, text) {
      await push({ FromUserName: user, Content: text })
    },
    async sends(user, what, bytes, transcript) {
      const isPhoto = what === 'photo'
      const id = isPhoto ? media(bytes, 'image/jpeg', 'p.jpg') : media(bytes, 'audio/amr', 'v.amr')
      await push({
        FromUserName: user,
        MsgType: isPhoto ? 'image' : 'voice',
        MediaId: id,
        // What lies open to everybody, the stand-in of the interface gives out like videos.
        ...(isPhoto ? { PicUrl: `${api.root}/video/${id}` } : { Format: 'amr', Recognition: transcript ?? '' }),
      })
    },
    async isAt(user, latitude, longitude) {
      const place = { Location_X: String(latitude), Location_Y: String(longitude), Scale: '15', Label: '' }
      await push({ FromUserName: user, MsgType: 'location', ...place })
    },
    async arrives(user, payload) {
      const EventKey = payload === '' ? '' : `qrscene_${payload}`
      await push({ FromUserName: user, MsgType: 'event', Event: 'subscribe', EventKey, Ticket: 't' })
    },
    async repeats() {
      if (last) await half.once(url, half.pushOf(last.document), last.user)
    },
    shown: (chat) => shown.filter((one) => one.chat === chat),
    fail(fault, times = 1) {
      if (fault === 'refused') refusals += times
      else for (let count = 0; count < times; count++) api.script(SEND, ...SCRIPTS[fault])
    },
    outage: (isDown) => api.outage(isDown),
    log: () => lent.logged.join('\n'),
    get secrets() {
      return [SECRET, TOKEN, AES_KEY, ...api.tokens.given]
    },
    person: PERSON,
    group: null,
    skips: { ...NO_GROUPS, ...(account === 'unverified' ? PASSIVE_ONLY : {}) },
    async close() {
      await server.close()
      await api.close()
    },
  }
}

const noGroups = 'the platform has no groups'
const noButtons = 'the platform has no buttons: choices are numbered in the text, tests of receive.ts look at the menu'
const NO_GROUPS: StandIn['skips'] = {
  'group text without the mention': noGroups,
  'what was forwarded into a group is left': noGroups,
  'text to a group as it is': noGroups,
  'mentions who was asked for': noGroups,
  'choices are shown': noButtons,
  'tap gives the exact id': noButtons,
  'twenty at once':
    'the platform allows five messages for each that a person writes; tests of the ledger look at the sixth',
}

const passiveOnly = 'an account that is not verified may write to nobody: it only answers, five-seconds.test.ts'
const noFiles = 'an account that is not verified may fetch no file by its id; pictures by their address'
const PASSIVE_ONLY: StandIn['skips'] = {
  'text to a person as it is': passiveOnly,
  'a reminder as it is': passiveOnly,
  attachment: passiveOnly,
  'the longest text goes through whole': passiveOnly,
  'sends while the platform is down': passiveOnly,
  'starts while the platform is down': passiveOnly,
  'leaves nothing open': passiveOnly,
  voice: noFiles,
  ...Object.fromEntries(
    ['too_fast', 'down', 'refused', 'garbage', 'cut', 'token', 'blocked', 'window', 'content'].map((fault) => [
      `fault ${fault}`,
      passiveOnly,
    ]),
  ),
}
