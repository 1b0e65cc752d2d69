/** A group robot's address, as it was imported: only its token is taken from there, so that it leads nowhere else. */
import type { Instant } from '../../base/time.ts'
import type { GroupHook } from '../parts.ts'
import { signed } from './signature.ts'

/** The host that DingTalk gives out addresses for. */
const HOST = 'oapi.dingtalk.com'

/** Whether it is DingTalk's own address, or that of the root in the settings. */
export function isRobotHost(url: URL, root: string): boolean {
  const own = new URL(root)
  return (url.protocol === 'https:' && url.host === HOST) || (url.protocol === own.protocol && url.host === own.host)
}

/** @returns null for an address that isn't one of DingTalk's or has no token */
export function robotToken(webhook: string, root: string): string | null {
  if (!URL.canParse(webhook)) return null
  const url = new URL(webhook)
  const token = url.searchParams.get('access_token')
  return isRobotHost(url, root) && token !== null && /^[\w-]{1,128}$/.test(token) ? token : null
}

/** @returns null likewise */
export function robotUrl({ webhook, secret }: GroupHook, root: string, at: Instant): URL | null {
  const token = robotToken(webhook, root)
  if (token === null) return null
  const url = new URL(`${root.replace(/\/+$/, '')}/robot/send`)
  url.searchParams.set('access_token', token)
  if (secret !== null) for (const [name, value] of Object.entries(signed(secret, at))) url.searchParams.set(name, value)
  return url
}
