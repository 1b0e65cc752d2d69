import { z } from 'zod'

export const FEISHU_SETTINGS = z.object({
  FEISHU_API_ROOT: z.url({ protocol: /^https?$/ }).default('https://open.feishu.cn'),
})
