import type { Clock } from '../../base/time.ts'
import type { ChannelFinding } from '../../messaging/channel.ts'
import { lookAtClock } from '../clock-drift.ts'
import type { ChannelParts } from '../parts.ts'
import { hookUrl } from './hook-address.ts'

/** The addresses, that they are signed, and the clock: whatever is posted would show in the group. */
export async function look(
  root: string,
  parts: Pick<ChannelParts, 'hookedChats' | 'hookOf'> & { readonly clock: Clock },
): Promise<readonly ChannelFinding[]> {
  const chats = await parts.hookedChats()
  if (chats.length === 0) return [{ state: 'warning', what: 'webhook' }]
  let broken = 0
  let bare = 0
  for (const chat of chats) {
    const hook = await parts.hookOf(chat)
    if (!hook) continue
    if (hookUrl(hook.webhook, root) === null) broken += 1
    else if (hook.secret === null) bare += 1
  }
  const well = chats.length - broken - bare
  return [
    await lookAtClock(root, parts.clock),
    ...(broken > 0 ? [{ state: 'problem', what: 'webhook', params: { count: broken } } as const] : []),
    ...(bare > 0 ? [{ state: 'warning', what: 'unsigned', params: { count: bare } } as const] : []),
    ...(well > 0 ? [{ state: 'ok', what: 'webhook', params: { count: well } } as const] : []),
  ]
}
