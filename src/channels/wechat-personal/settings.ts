import { z } from 'zod'

const text = z.string().trim().min(1)

export const WECHAT_PERSONAL_SETTINGS = z.object({
  /** Package of the wechaty puppet, installed by whoever runs it; without it the channel is off. */
  WECHAT_PERSONAL_PUPPET: text.optional(),
  WECHAT_PERSONAL_TOKEN: text.optional(),
  /** File that a login is kept in over a restart; without one each start has to be scanned again. */
  WECHAT_PERSONAL_LOGIN_FILE: text.optional(),
})
