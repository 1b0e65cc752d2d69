/** The sending half of an Official Account: what leaves without being asked, and what the platform is asked besides. */
import { setMaxListeners } from 'node:events'
import type { Instant } from '../../base/time.ts'
import type { ChannelFinding, Outgoing, SendOutcome } from '../../messaging/channel.ts'
import type { ChannelSettings } from '../settings.ts'
import type { ChannelParts } from '../parts.ts'
import type { QuotaKind } from '../quota.ts'
import { ALLOWED } from './allowance.ts'
import { wechatApi } from './api.ts'
import { checkAccount } from './check.ts'
import { fetchMedia, uploadPicture, type Fetched } from './media.ts'
import { menuKeeper } from './menu.ts'
import { inPieces } from './pieces.ts'
import { pushBy } from './push.ts'
import { villageQrBy, type VillageQr } from './qr.ts'
import { sendsUnderWay } from './sends-under-way.ts'
import { byTemplate } from './template.ts'
import { realAfter, type After } from './timers.ts'
import { authorised, tokenKeeper } from './token.ts'
import { wordsOf, type WechatWords } from './words.ts'

/** Milliseconds of one call. */
const TIME_LIMIT = 15_000

/** So long a stop waits for messages that are on their way: one that is cut off may have arrived, and would be sent again. */
const GRACE_MS = 3_000

export interface WechatSender {
  send(outgoing: Outgoing): Promise<SendOutcome>
  /** The person wrote (`message`), or tapped the menu, scanned or subscribed (`tap`), at the platform's moment. */
  opened(user: string, kind: QuotaKind, at: Instant): Promise<void>
  /** Unsubscribed at that moment; null = came back. */
  gone(user: string, at: Instant | null): Promise<void>
  /** Bytes of what a person sent; null where the platform doesn't give them. */
  download(mediaId: string): Promise<Fetched | null>
  check(): Promise<readonly ChannelFinding[]>
  /** The account's menu, where it may have one. Resolves at once, tries until it's done. */
  start(): Promise<void>
  stop(): Promise<void>
  /** @returns null where the account may not, or the platform doesn't give one now */
  villageQr(code: string): Promise<VillageQr | null>
}

export interface WechatSenderOptions {
  /** Default: from what the house lends. */
  readonly words?: WechatWords
  /** Of one call, in milliseconds. Default 15,000. */
  readonly timeLimitMs?: number
  /** Of a stop, for what is on its way, in milliseconds. Default 3,000. */
  readonly graceMs?: number
  /** Default: timers. */
  readonly after?: After
}

export function wechatSender(
  settings: ChannelSettings,
  parts: ChannelParts,
  { words = wordsOf(parts), timeLimitMs = TIME_LIMIT, graceMs = GRACE_MS, after = realAfter }: WechatSenderOptions = {},
): WechatSender {
  const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: secret, WECHAT_ACCOUNT: account } = settings
  const ended = new AbortController()
  // One for each call under way.
  setMaxListeners(0, ended.signal)
  const apiOptions = { root: settings.WECHAT_API_ROOT.replace(/\/+$/, ''), timeLimitMs, stopped: ended.signal }
  const api = wechatApi(apiOptions)
  const call = appId && secret ? authorised(api, tokenKeeper({ appId, secret, api, clock: parts.clock })) : null
  const mayPush = account !== 'unverified' && call !== null
  const templateId = account === 'verified_service' ? settings.WECHAT_TEMPLATE_ID : undefined
  const sender = mayPush
    ? inPieces({
        parts,
        push: pushBy(call, parts),
        tell: templateId ? byTemplate({ templateId, words, call, parts }) : () => Promise.resolve(null),
        upload: (file) => uploadPicture(call, parts.readFile, file),
      })
    : null
  const menu = mayPush && settings.WECHAT_MENU === 'made' ? menuKeeper({ call, words, parts, after }) : null

  const underWay = sendsUnderWay()

  return {
    send(outgoing) {
      if (sender) return underWay.add(() => sender(outgoing))
      const isUnverified = account === 'unverified'
      return Promise.resolve(
        isUnverified
          ? { kind: 'person', reason: 'wechat:passive_only' }
          : { kind: 'operator', reason: 'wechat:settings' },
      )
    },
    opened: (user, kind, at) => (mayPush ? parts.quota.open(user, kind, ALLOWED[kind], at) : Promise.resolve()),
    gone: (user, at) => (mayPush ? parts.quota.gone(user, at) : Promise.resolve()),
    download: (mediaId) => (call ? fetchMedia(call, mediaId, apiOptions) : Promise.resolve(null)),
    check: () => checkAccount({ settings, api, call, clock: parts.clock }),
    start() {
      menu?.start()
      return Promise.resolve()
    },
    async stop() {
      menu?.stop()
      await underWay.end(graceMs)
      ended.abort()
    },
    villageQr: (code) => (account === 'verified_service' && call ? villageQrBy(call)(code) : Promise.resolve(null)),
  }
}
