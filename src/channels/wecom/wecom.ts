import { setMaxListeners } from 'node:events'
import type { Channel, SendOutcome } from '../../messaging/channel.ts'
import { SECOND } from '../../base/time.ts'
import { ABILITIES } from '../abilities.ts'
import type { ChannelParts } from '../parts.ts'
import type { ChannelSettings } from '../settings.ts'
import { bot } from './bot.ts'
import { caller } from './call.ts'
import { look } from './check.ts'
import { CONNECTION_PAUSES, type ConnectionPauses } from './connection.ts'
import { reason, wasNotTaken } from './errors.ts'
import { hooks } from './hook.ts'

export interface WecomOptions {
  /** For one call. */
  readonly timeoutMs?: number
  readonly pauses?: Partial<ConnectionPauses>
  readonly deliverPauseMs?: number
}

/**
 * WeCom (企业微信): groups by their own robot (one-way), and where a bot is configured private chats and groups that mention it.
 * A group that has both is written to by the bot if it was lately heard there, else by the robot; where one of them has certainly
 * sent nothing, the other is tried.
 */
export function wecomChannel(settings: ChannelSettings, parts: ChannelParts, options: WecomOptions = {}): Channel {
  const { timeoutMs = 15 * SECOND } = options
  const { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret } = settings
  const stopping = new AbortController()
  // Each call under way listens to it.
  setMaxListeners(0, stopping.signal)
  const oneWay = hooks(settings.WECOM_API_ROOT, caller(timeoutMs, stopping.signal), parts)
  const twoWay =
    botId !== undefined && secret !== undefined
      ? bot(
          {
            botId,
            secret,
            name: settings.WECOM_BOT_NAME ?? null,
            socket: settings.WECOM_SOCKET,
            pauses: { ...CONNECTION_PAUSES, ...options.pauses },
            timeoutMs,
            deliverPauseMs: options.deliverPauseMs ?? SECOND,
            stopped: stopping.signal,
          },
          parts,
        )
      : null

  return {
    name: 'wecom',
    abilities: { ...ABILITIES.wecom, receives: twoWay !== null },
    async start(deliver) {
      await twoWay?.start(deliver)
    },
    async send(outgoing) {
      const hook = await parts.hookOf(outgoing.chat)
      const byHook = hook ? () => oneWay.send(hook, outgoing) : null
      const byBot = twoWay ? () => twoWay.send(outgoing) : null
      const [first, second] = twoWay?.wasHeardIn(outgoing.chat) ? [byBot, byHook] : [byHook, byBot]
      const tried = await (first ?? second)?.()
      if (!tried) return { kind: 'operator', reason: reason('no_way') }
      return first && second && wasNotTaken(tried) ? better(tried, await second()) : tried
    },
    check: () => look(settings, twoWay?.state ?? null, oneWay, parts),
    async stop() {
      stopping.abort()
      await twoWay?.stop()
    },
  }
}

/** What both ways together say: that it may have arrived, else what may be tried again soonest. */
function better(first: SendOutcome, second: SendOutcome): SendOutcome {
  if (!wasNotTaken(second)) return second
  return first.kind === 'retry' || second.kind !== 'retry' ? first : second
}
