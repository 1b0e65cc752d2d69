/** A group robot's address, as it was imported: only its id is taken from there, so that it leads nowhere else. */

/** The host that Feishu gives out addresses for. */
const HOST = 'open.feishu.cn'

const PATH = /^\/open-apis\/bot\/v2\/hook\/([\w-]{1,128})\/?$/

/** @returns null for an address that isn't one of Feishu's, or of the root in the settings, or has no id */
export function hookUrl(webhook: string, root: string): URL | null {
  if (!URL.canParse(webhook)) return null
  const url = new URL(webhook)
  const own = new URL(root)
  const known =
    (url.protocol === 'https:' && url.host === HOST) || (url.protocol === own.protocol && url.host === own.host)
  const id = PATH.exec(url.pathname)?.[1]
  return known && id !== undefined ? new URL(`${root.replace(/\/+$/, '')}/open-apis/bot/v2/hook/${id}`) : null
}
