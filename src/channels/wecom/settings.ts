import { z } from 'zod'

const text = z.string().trim().min(1)

export const WECOM_SETTINGS = z.object({
  WECOM_BOT_ID: text.optional(),
  WECOM_BOT_SECRET: text.optional(),
  /** Name of the bot in groups: needed where it has blanks, so that its mention is known from what was said. */
  WECOM_BOT_NAME: text.optional(),
  WECOM_SOCKET: z.url({ protocol: /^wss?$/ }).optional(),
  WECOM_API_ROOT: z.url({ protocol: /^https?$/ }).default('https://qyapi.weixin.qq.com'),
})
