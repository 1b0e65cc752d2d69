/** An official account without a network: pushes go straight to the channel's routes, and time passes when the test says so. */
import { instant } from '../../../src/base/time.ts'
import type { ChannelSettings } from '../../../src/channels/settings.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import type { WechatSender } from '../../../src/channels/wechat/send.ts'
import { wechatChannel, type WechatOptions } from '../../../src/channels/wechat/wechat.ts'
import type { Outgoing, RawRequest, RawResponse, Received, SendOutcome } from '../../../src/messaging/channel.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { lent } from '../lent.ts'
import { documentOf, platform, type Answer } from './pushing.ts'

export const TOKEN = 'wxtoken2026'
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
export const APP_ID = 'wx0123456789abcdef'
export const GH = 'gh_7f083739789a'
export const USER = 'oyORnuP8q7ou2gfYjqLzSIWZf0rs'

export const OWN = {
  slow: () => '正在办',
  slowUnverified: (link: string | null) =>
    link === null ? '正在办，过会儿回个字' : `正在办，点<a href="${link}">这里</a>`,
  again: () => '请再发一次',
  lost: () => '照片没收到',
  more: () => '后面还有',
}

/** Time that stands still between two steps. */
export function handTimers(start: number) {
  let now = start
  let jobs: { at: number; job: () => void }[] = []
  return {
    clock: { now: () => instant(now) },
    after(ms: number, job: () => void) {
      const one = { at: now + ms, job }
      jobs.push(one)
      return () => void (jobs = jobs.filter((other) => other !== one))
    },
    waiting: () => jobs.length,
    async pass(ms: number) {
      const end = now + ms
      for (;;) {
        await settled()
        const next = jobs.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        jobs = jobs.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.job()
      }
      now = end
      await settled()
    },
  }
}

/** Whatever was under way without waiting for time or a network has ended. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

export interface DeskOptions {
  readonly account?: ChannelSettings['WECHAT_ACCOUNT']
  readonly encrypted?: boolean
  readonly sender?: Partial<WechatSender>
  readonly pictureHost?: WechatOptions['pictureHost']
}

/** What became of a push: null as long as it is open. */
export interface Pushed {
  answer: Answer | null
}

export async function desk({
  account = 'verified_service',
  encrypted = false,
  sender = {},
  pictureHost,
}: DeskOptions = {}) {
  const timers = handTimers(Date.UTC(2026, 10, 22, 8))
  const house = lent(memoryStorage({ clock: timers.clock }), timers.clock)
  const received: Received[] = []
  const sent: Outgoing[] = []
  const opened: string[] = []
  const gone: (number | null)[] = []
  let deliver: (message: Received) => Promise<void> = () => Promise.resolve()
  const settings = CHANNEL_SETTINGS.parse({
    WECHAT_TOKEN: TOKEN,
    WECHAT_APP_ID: APP_ID,
    WECHAT_APP_SECRET: 'secret-of-the-app',
    WECHAT_ACCOUNT: account,
    ...(encrypted && { WECHAT_AES_KEY: AES_KEY }),
  })
  const whole: WechatSender = {
    send(outgoing): Promise<SendOutcome> {
      if (account === 'unverified') return Promise.resolve({ kind: 'person', reason: 'wechat:passive_only' })
      sent.push(outgoing)
      return Promise.resolve({ kind: 'sent', platformId: 'by-service' })
    },
    opened: (user, kind) => Promise.resolve(void opened.push(`${user} ${kind}`)),
    gone: (_, at) => Promise.resolve(void gone.push(at)),
    download: () => Promise.resolve(null),
    check: () => Promise.resolve([]),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    villageQr: () => Promise.resolve(null),
    ...sender,
  }
  const channel = wechatChannel(settings, house, {
    own: OWN,
    after: timers.after,
    sender: whole,
    ...(pictureHost && { pictureHost }),
  })
  await channel.start(async (message) => {
    received.push(message)
    await deliver(message)
  })
  const half = platform({
    token: TOKEN,
    appId: APP_ID,
    aesKey: encrypted ? AES_KEY : null,
    account: GH,
    now: () => timers.clock.now(),
    cutMs: 5_000,
  })
  let ids = 24_000_000_000_000_000n
  let outgoings = 0

  const call = (method: 'GET' | 'POST', given: Partial<RawRequest>): Promise<RawResponse> => {
    const route = channel.routes?.find((one) => one.method === method)
    if (!route) throw new Error('no such route')
    return route.handle({ method, path: route.path, query: {}, headers: {}, body: new Uint8Array(), ...given })
  }

  const document = (fields: Record<string, string | number>): string =>
    documentOf({
      ToUserName: GH,
      FromUserName: USER,
      CreateTime: Math.floor(timers.clock.now() / 1000),
      MsgType: 'text',
      ...(fields['MsgType'] !== 'event' && { MsgId: String(ids++) }),
      ...fields,
    })

  /** One push as the platform makes it. @param isGone the connection breaks before the answer is through */
  const push = (whole: string, isGone = false): Pushed => {
    const { query, body } = half.pushOf(whole)
    const pushed: Pushed = { answer: null }
    void call('POST', { query, body: Buffer.from(body) }).then((response) => {
      pushed.answer = isGone ? { kind: 'cut' } : half.read(response.status, response.body, USER)
      response.handedOver?.(!isGone)
    })
    return pushed
  }

  return {
    channel,
    timers,
    house,
    half,
    received,
    /** What went out as messages of their own. */
    sent,
    opened,
    gone,
    call,
    document,
    push,
    onDeliver(handle: typeof deliver) {
      deliver = handle
    },
    says: (text: string, isGone = false) => push(document({ Content: text }), isGone),
    /** As the outbox sends it. @returns what became of it; null as long as it waits */
    send(text: string, more: Partial<Outgoing> = {}, behind: readonly Outgoing[] = []) {
      const result: { outcome: SendOutcome | null } = { outcome: null }
      void channel
        .send(outgoing(text, more), () => Promise.resolve(behind))
        .then((outcome) => (result.outcome = outcome))
      return result
    },
    outgoing,
  }

  function outgoing(text: string, more: Partial<Outgoing> = {}): Outgoing {
    const last = received.at(-1)
    return {
      id: `out-${++outgoings}`,
      channel: 'wechat',
      chat: USER,
      text,
      choices: [],
      mentions: [],
      cause: last ? `wechat ${last.messageId}` : null,
      reminder: null,
      matter: null,
      question: null,
      progress: null,
      createdAt: timers.clock.now(),
      again: false,
      ...more,
    }
  }
}
