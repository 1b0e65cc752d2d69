/** A group robot's address, as it was imported: only its key is taken from there, so that it leads nowhere else. */

/** The host that WeCom gives out addresses for. */
const HOST = 'qyapi.weixin.qq.com'

/** @returns null for an address that isn't one of WeCom's or has no key */
export function hookKey(webhook: string, apiRoot: string): string | null {
  if (!URL.canParse(webhook)) return null
  const url = new URL(webhook)
  const own = new URL(apiRoot)
  const known =
    (url.protocol === 'https:' && url.host === HOST) || (url.protocol === own.protocol && url.host === own.host)
  const key = url.searchParams.get('key')
  return known && key !== null && /^[\w-]{1,128}$/.test(key) ? key : null
}

export function hookUrl(apiRoot: string, what: 'send' | 'upload_media', key: string): URL {
  const url = new URL(`${apiRoot.replace(/\/+$/, '')}/cgi-bin/webhook/${what}`)
  url.searchParams.set('key', key)
  if (what === 'upload_media') url.searchParams.set('type', 'file')
  return url
}
