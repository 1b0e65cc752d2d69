/** What each platform can do. Limits and windows are those of the platforms' documentation, read in November 2026. */
import type { Abilities, ChannelName } from '../messaging/channel.ts'

const utf16 = (max: number) => ({ max, unit: 'utf16' }) as const
const bytes = (max: number) => ({ max, unit: 'bytes' }) as const
const PLAIN = { buttons: false, markup: 'none', groups: true, receives: true, replyWindowHours: null } as const

export const ABILITIES: Readonly<Record<ChannelName, Abilities>> = {
  pipe: { ...PLAIN, textLimit: utf16(100_000) },
  terminal: { ...PLAIN, groups: false, textLimit: utf16(100_000) },
  /** The chat page draws choices as buttons. */
  web: { ...PLAIN, buttons: true, textLimit: utf16(20_000) },
  telegram: { ...PLAIN, buttons: true, markup: 'html', textLimit: utf16(4096) },
  /** Customer-service messages within 48 hours of the person's last; the text limit is measured by users, not documented. */
  wechat: { ...PLAIN, groups: false, textLimit: bytes(2048), replyWindowHours: 48 },
  'wechat-personal': { ...PLAIN, textLimit: utf16(2000) },
  wecom: { ...PLAIN, markup: 'markdown', textLimit: bytes(2048) },
  /** Of `msgParam`, the JSON that holds the words. */
  dingtalk: { ...PLAIN, markup: 'markdown', textLimit: { max: 15_000, unit: 'body' } },
  feishu: { ...PLAIN, receives: false, textLimit: { max: 20_000, unit: 'body' } },
}
