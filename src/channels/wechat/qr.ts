/** A village's QR code of the account: whoever scans it follows the account and says by that where they live. */
import { SECOND, type Clock } from '../../base/time.ts'
import type { ChannelSettings } from '../settings.ts'
import { wechatApi } from './api.ts'
import { authorised, tokenKeeper, type Authorised } from './token.ts'

/** Where the platform draws the picture. */
const PICTURES = 'https://mp.weixin.qq.com/cgi-bin/showqrcode'

/** Longest scene that the platform keeps. */
const LONGEST = 64

export interface VillageQr {
  /** The picture as the platform draws it. */
  readonly picture: string
  /** What the code says: to be drawn by ourselves. Null where the platform did not tell. */
  readonly content: string | null
}

/**
 * Lasts for ever; an account has 100,000 of them, and a scene that has one already gets it again.
 * @returns null where the platform gives none now, or the code is too long
 */
export const villageQrBy =
  (call: Authorised) =>
  async (code: string): Promise<VillageQr | null> => {
    const scene = `v_${code}`
    if (scene.length > LONGEST) return null
    const body = { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: scene } } }
    const answer = await call({ path: '/cgi-bin/qrcode/create', body })
    if (answer.kind !== 'answered' || answer.code !== 0) return null
    const { ticket, url } = answer.body
    if (typeof ticket !== 'string') return null
    return {
      picture: `${PICTURES}?ticket=${encodeURIComponent(ticket)}`,
      content: typeof url === 'string' ? url : null,
    }
  }

/** What a village's code says, asked without a channel; null where the account may have none. */
export function accountCodes(
  settings: ChannelSettings,
  clock: Clock,
): ((code: string) => Promise<string | null>) | null {
  const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: secret, WECHAT_ACCOUNT: account, WECHAT_API_ROOT: root } = settings
  if (account !== 'verified_service' || !appId || !secret) return null
  const api = wechatApi({
    root: root.replace(/\/+$/, ''),
    timeLimitMs: 15 * SECOND,
    stopped: new AbortController().signal,
  })
  const codeOf = villageQrBy(authorised(api, tokenKeeper({ appId, secret, api, clock })))
  return async (code) => (await codeOf(code))?.content ?? null
}
