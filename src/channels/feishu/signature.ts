import { createHmac } from 'node:crypto'
import { SECOND, type Instant } from '../../base/time.ts'

/**
 * Of a robot with a signing secret, as fields of the body: `timestamp` in seconds, good for an hour. The secret is part of the key
 * and nothing is signed. Source: Feishu open platform, custom bot, signature verification.
 */
export function signed(secret: string, at: Instant): { readonly timestamp: string; readonly sign: string } {
  const timestamp = String(Math.floor(at / SECOND))
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') }
}
