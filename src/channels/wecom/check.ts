import type { ChannelFinding, SendOutcome } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'
import type { ChannelSettings } from '../settings.ts'
import type { BotState } from './connection.ts'
import type { Hooks } from './hook.ts'

/** Robots asked at the same time. */
const WIDTH = 8

/**
 * Every group's robot is asked for; of the bot only what this process knows: a connection made for a look would push out the
 * one that works. Nothing is found where WeCom isn't used.
 */
export async function look(
  settings: ChannelSettings,
  state: BotState | null,
  hooks: Hooks,
  parts: Pick<ChannelParts, 'hookedChats' | 'hookOf'>,
): Promise<readonly ChannelFinding[]> {
  return [...ofBot(settings, state), ...(await ofHooks(hooks, parts))]
}

function ofBot(
  { WECOM_BOT_ID: id, WECOM_BOT_SECRET: secret }: ChannelSettings,
  state: BotState | null,
): ChannelFinding[] {
  if ((id === undefined) !== (secret === undefined)) return [{ state: 'problem', what: 'settings' }]
  switch (state) {
    case null:
      return []
    case 'off':
      return [{ state: 'warning', what: 'bot' }]
    case 'connecting':
      return [{ state: 'warning', what: 'network' }]
    case 'ready':
      return [{ state: 'ok', what: 'receive' }]
    case 'refused':
      return [{ state: 'problem', what: 'token' }]
    case 'displaced':
      return [{ state: 'problem', what: 'bot' }]
  }
}

async function ofHooks(hooks: Hooks, parts: Pick<ChannelParts, 'hookedChats' | 'hookOf'>): Promise<ChannelFinding[]> {
  const chats = [...(await parts.hookedChats())]
  const seen: SendOutcome[] = []
  for (let batch = chats.splice(0, WIDTH); batch.length > 0; batch = chats.splice(0, WIDTH)) {
    const outcomes = await Promise.all(
      batch.map(async (chat) => {
        const hook = await parts.hookOf(chat)
        return hook ? hooks.look(hook) : null
      }),
    )
    seen.push(...outcomes.filter((outcome) => outcome !== null))
  }
  const count = (kinds: readonly SendOutcome['kind'][]) => seen.filter(({ kind }) => kinds.includes(kind)).length
  const broken = count(['operator', 'unsendable', 'person'])
  const unreached = count(['unknown', 'retry'])
  const well = count(['sent'])
  return [
    ...(broken > 0 ? [{ state: 'problem', what: 'webhook', params: { count: broken } } as const] : []),
    ...(unreached > 0 ? [{ state: 'warning', what: 'network' } as const] : []),
    ...(well > 0 ? [{ state: 'ok', what: 'webhook', params: { count: well } } as const] : []),
  ]
}
