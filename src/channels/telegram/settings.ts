import { z } from 'zod'

const text = z.string().trim().min(1)

export const TELEGRAM_SETTINGS = z.object({
  TELEGRAM_TOKEN: text.regex(/^\d+:[\w-]+$/, '123456:ABC…, from BotFather').optional(),
  TELEGRAM_API_ROOT: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
  TELEGRAM_PROXY: z.url({ protocol: /^https?$/ }).optional(),
  /** Long polling unless a secret for the webhook is given. */
  TELEGRAM_WEBHOOK_SECRET: text.regex(/^[\w-]{16,256}$/, '16 to 256 letters, digits, _ and -').optional(),
  TELEGRAM_SENSITIVE: z.enum(['refuse', 'allow']).default('refuse'),
})
