import { z } from 'zod'

const text = z.string().trim().min(1)

export const DINGTALK_SETTINGS = z.object({
  DINGTALK_CLIENT_ID: text.optional(),
  DINGTALK_CLIENT_SECRET: text.optional(),
  /** Of robots with keyword security: put into every message. */
  DINGTALK_KEYWORD: text.max(10).optional(),
  DINGTALK_API_ROOT: z.url({ protocol: /^https?$/ }).default('https://api.dingtalk.com'),
  DINGTALK_ROBOT_ROOT: z.url({ protocol: /^https?$/ }).default('https://oapi.dingtalk.com'),
})
