import type { Clock } from '../../base/time.ts'
import type { ChannelFinding } from '../../messaging/channel.ts'
import { lookAtClock } from '../clock-drift.ts'
import type { ChannelParts } from '../parts.ts'
import type { ChannelSettings } from '../settings.ts'
import type { Api } from './api.ts'
import { robotToken } from './hook-address.ts'

/**
 * Of robots the address, that it is signed or has the keyword, and the clock: whatever is posted would show in the group. Of the app
 * whether it gets a token.
 */
export async function look(
  settings: ChannelSettings,
  api: Api | null,
  parts: Pick<ChannelParts, 'hookedChats' | 'hookOf'> & { readonly clock: Clock },
): Promise<readonly ChannelFinding[]> {
  const [ofApp, clock, robots] = await Promise.all([
    lookAtApp(settings, api),
    lookAtClock(settings.DINGTALK_ROBOT_ROOT, parts.clock),
    lookAtRobots(settings, api !== null, parts),
  ])
  return [...ofApp, clock, ...robots]
}

async function lookAtApp(settings: ChannelSettings, api: Api | null): Promise<readonly ChannelFinding[]> {
  if ((settings.DINGTALK_CLIENT_ID === undefined) !== (settings.DINGTALK_CLIENT_SECRET === undefined)) {
    return [{ state: 'problem', what: 'settings' }]
  }
  if (!api) return []
  const answer = await api.look()
  if (answer.kind === 'done') return [{ state: 'ok', what: 'token' }]
  if (answer.outcome.kind === 'operator') return [{ state: 'problem', what: 'token' }]
  return [{ state: 'warning', what: 'network' }]
}

async function lookAtRobots(
  settings: ChannelSettings,
  hasApp: boolean,
  parts: Pick<ChannelParts, 'hookedChats' | 'hookOf'>,
): Promise<readonly ChannelFinding[]> {
  const chats = await parts.hookedChats()
  if (chats.length === 0) return hasApp ? [] : [{ state: 'warning', what: 'webhook' }]
  let broken = 0
  let bare = 0
  for (const chat of chats) {
    const hook = await parts.hookOf(chat)
    if (!hook) continue
    if (robotToken(hook.webhook, settings.DINGTALK_ROBOT_ROOT) === null) broken += 1
    else if (hook.secret === null && settings.DINGTALK_KEYWORD === undefined) bare += 1
  }
  const well = chats.length - broken - bare
  return [
    ...(broken > 0 ? [{ state: 'problem', what: 'webhook', params: { count: broken } } as const] : []),
    ...(bare > 0 ? [{ state: 'warning', what: 'unsigned', params: { count: bare } } as const] : []),
    ...(well > 0 ? [{ state: 'ok', what: 'webhook', params: { count: well } } as const] : []),
  ]
}
