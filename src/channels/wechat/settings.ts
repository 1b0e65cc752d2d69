import { z } from 'zod'

const text = z.string().trim().min(1)

export const WECHAT_SETTINGS = z.object({
  WECHAT_APP_ID: text.optional(),
  WECHAT_APP_SECRET: text.optional(),
  WECHAT_TOKEN: text.regex(/^[A-Za-z0-9]{3,32}$/, '3 to 32 letters and digits, as entered on the platform').optional(),
  /** Encrypted mode only: plain bodies are refused then. */
  WECHAT_AES_KEY: text.regex(/^[A-Za-z0-9]{43}$/, '43 letters and digits').optional(),
  WECHAT_ACCOUNT: z.enum(['verified_service', 'verified_subscription', 'unverified']).default('unverified'),
  /** Template for what is told outside the 48 hours; its fields are in locales (`wechat:template`). */
  WECHAT_TEMPLATE_ID: text.optional(),
  /** `left`: the account's menu is looked after by hand. */
  WECHAT_MENU: z.enum(['made', 'left']).default('made'),
  WECHAT_API_ROOT: z.url({ protocol: /^https?$/ }).default('https://api.weixin.qq.com'),
})
