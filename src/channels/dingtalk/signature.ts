import { createHmac } from 'node:crypto'
import type { Instant } from '../../base/time.ts'

/**
 * Of a robot with a signing secret: `timestamp` in milliseconds, good for an hour, and `sign`, in base64 as it is: whoever makes the
 * address escapes it, once. Source: DingTalk, custom robot, security settings.
 */
export function signed(secret: string, at: Instant): { readonly timestamp: string; readonly sign: string } {
  const timestamp = String(at)
  return { timestamp, sign: createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64') }
}
