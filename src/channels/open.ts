/** The channels of platforms. Each platform's code is loaded only where it is configured, so that a start stays quick. */
import type { Channel, ChannelName } from '../messaging/channel.ts'
import type { ChannelParts } from './parts.ts'
import type { ChannelSettings } from './settings.ts'

/** What the house lends to that channel. */
export type PartsOf = (name: ChannelName) => ChannelParts

/** @returns null where it isn't configured */
type Opener = (settings: ChannelSettings, partsOf: PartsOf) => Promise<Channel | null>

const OPENERS: readonly Opener[] = [openTelegram, openWecom, openDingtalk, openFeishu, openWechat, openWechatPersonal]

export async function openChannels(settings: ChannelSettings, partsOf: PartsOf): Promise<readonly Channel[]> {
  const opened = await Promise.all(OPENERS.map((open) => open(settings, partsOf)))
  return opened.filter((channel) => channel !== null)
}

async function openTelegram(settings: ChannelSettings, partsOf: PartsOf): Promise<Channel | null> {
  const { TELEGRAM_TOKEN } = settings
  if (TELEGRAM_TOKEN === undefined) return null
  const { telegramChannel } = await import('./telegram/telegram.ts')
  return telegramChannel({ ...settings, TELEGRAM_TOKEN }, partsOf('telegram'))
}

/** Groups with a robot may be imported at any time. */
async function openWecom(settings: ChannelSettings, partsOf: PartsOf): Promise<Channel> {
  const { wecomChannel } = await import('./wecom/wecom.ts')
  return wecomChannel(settings, partsOf('wecom'))
}

async function openDingtalk(settings: ChannelSettings, partsOf: PartsOf): Promise<Channel> {
  const { dingtalkChannel } = await import('./dingtalk/dingtalk.ts')
  return dingtalkChannel(settings, partsOf('dingtalk'))
}

async function openFeishu(settings: ChannelSettings, partsOf: PartsOf): Promise<Channel> {
  const { feishuChannel } = await import('./feishu/feishu.ts')
  return feishuChannel(settings, partsOf('feishu'))
}

async function openWechat(settings: ChannelSettings, partsOf: PartsOf): Promise<Channel | null> {
  if (settings.WECHAT_TOKEN === undefined) return null
  const [{ wechatChannel }, { wordsOf }] = await Promise.all([
    import('./wechat/wechat.ts'),
    import('./wechat/words.ts'),
  ])
  const parts = partsOf('wechat')
  return wechatChannel(settings, parts, { words: wordsOf(parts) })
}

async function openWechatPersonal(settings: ChannelSettings, partsOf: PartsOf): Promise<Channel | null> {
  if (settings.WECHAT_PERSONAL_PUPPET === undefined) return null
  const { wechatPersonalChannel } = await import('./wechat-personal/wechat-personal.ts')
  return wechatPersonalChannel(settings, partsOf('wechat-personal'))
}
