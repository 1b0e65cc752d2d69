/** Settings of all platforms, as they are named in the environment; `config.ts` reads them. */
import { z } from 'zod'
import { DINGTALK_SETTINGS } from './dingtalk/settings.ts'
import { FEISHU_SETTINGS } from './feishu/settings.ts'
import { TELEGRAM_SETTINGS } from './telegram/settings.ts'
import { WECHAT_PERSONAL_SETTINGS } from './wechat-personal/settings.ts'
import { WECHAT_SETTINGS } from './wechat/settings.ts'
import { WECOM_SETTINGS } from './wecom/settings.ts'

export const CHANNEL_SETTINGS = z.object({
  ...TELEGRAM_SETTINGS.shape,
  ...WECHAT_SETTINGS.shape,
  ...WECHAT_PERSONAL_SETTINGS.shape,
  ...WECOM_SETTINGS.shape,
  ...DINGTALK_SETTINGS.shape,
  ...FEISHU_SETTINGS.shape,
})

export type ChannelSettings = z.infer<typeof CHANNEL_SETTINGS>
