/** A sender at work against the stand-in of the interface, at a clock that is set by hand. */
import { instant, parseInstant, type Instant } from '../../../src/base/time.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import { wechatSender, type WechatSender, type WechatSenderOptions } from '../../../src/channels/wechat/send.ts'
import type { WechatWords } from '../../../src/channels/wechat/words.ts'
import type { MatterMark, Outgoing } from '../../../src/messaging/channel.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import type { Storage } from '../../../src/storage/open.ts'
import { lent, type Lent } from '../lent.ts'
import { apiServer, type Account, type ApiServer } from './api-server.ts'

export const APP_ID = 'wx0123456789abcdef'
export const SECRET = 'a-secret-that-no-log-may-hold'
export const TEMPLATE = 'tpl-1'
export const MATTER: MatterMark = { number: 'JS-2026-0007', kind: 'case', stage: 'accepted' }

export const WORDS: WechatWords = {
  menu: () => [
    { name: '报困难', say: '报困难' },
    {
      name: '更多',
      items: [
        { name: '我的资料', say: '我的资料' },
        { name: '网页', opens: 'https://bangfu.example/' },
      ],
    },
  ],
  template: ({ number, stage }, at) => ({
    character_string1: number,
    thing2: stage,
    time3: new Date(at).toISOString().slice(0, 10),
  }),
}

export interface Bench {
  readonly api: ApiServer
  readonly parts: Lent
  readonly storage: Storage
  readonly sender: WechatSender
  now(): Instant
  pass(ms: number): void
  /** The person does something, and the channel hears of it. */
  writes(user: string): Promise<void>
  taps(user: string): Promise<void>
  leaves(user: string): Promise<void>
  say(text: string, more?: Partial<Outgoing>): ReturnType<WechatSender['send']>
  texts(user?: string): readonly string[]
  /** Another process on the same storage. */
  restarted(options?: WechatSenderOptions): WechatSender
  close(): Promise<void>
}

export interface BenchOptions extends WechatSenderOptions {
  readonly account?: Account
  readonly settings?: Readonly<Record<string, string>>
  readonly storage?: Storage
}

export const USER = 'oVillager1'

export async function bench({
  account,
  settings: more,
  storage: given,
  ...options
}: BenchOptions = {}): Promise<Bench> {
  let at = parseInstant('2026-11-22T09:00:00+08:00') as Instant
  const clock = { now: () => at }
  const api = await apiServer({ clock, appId: APP_ID, secret: SECRET, ...(account && { account }) })
  api.templates.add(TEMPLATE)
  const storage = given ?? memoryStorage({ clock })
  const parts = lent(storage, clock)
  const settings = CHANNEL_SETTINGS.parse({
    WECHAT_APP_ID: APP_ID,
    WECHAT_APP_SECRET: SECRET,
    WECHAT_ACCOUNT: account ?? 'verified_service',
    WECHAT_API_ROOT: api.root,
    ...more,
  })
  const senders: WechatSender[] = []
  const open = (given: WechatSenderOptions) => {
    const sender = wechatSender(settings, parts, given)
    senders.push(sender)
    return sender
  }
  const sender = open(options)
  let ids = 0
  return {
    api,
    parts,
    storage,
    sender,
    now: () => at,
    pass(ms) {
      at = instant(at + ms)
    },
    async writes(user) {
      api.people.writes(user)
      await sender.opened(user, 'message', at)
    },
    async taps(user) {
      api.people.taps(user)
      await sender.opened(user, 'tap', at)
    },
    async leaves(user) {
      api.people.unfollow(user)
      await sender.gone(user, at)
    },
    say(text, extra = {}) {
      ids += 1
      return sender.send(outgoing(`out-${ids}`, text, at, extra))
    },
    texts: (user = USER) => api.sent.filter((one) => one.user === user && one.kind === 'text').map(({ text }) => text),
    restarted: (given = options) => open(given),
    async close() {
      for (const each of senders) await each.stop()
      await api.close()
      await storage.close()
    },
  }
}

export const outgoing = (id: string, text: string, at: Instant, more: Partial<Outgoing> = {}): Outgoing => ({
  id,
  channel: 'wechat',
  chat: USER,
  text,
  choices: [],
  mentions: [],
  cause: null,
  reminder: null,
  matter: null,
  question: null,
  progress: null,
  createdAt: at,
  again: false,
  ...more,
})
