import { setMaxListeners } from 'node:events'
import { SECOND } from '../../base/time.ts'
import type { Channel, ChannelFinding, SendOutcome } from '../../messaging/channel.ts'
import { ABILITIES } from '../abilities.ts'
import { deliveries } from '../deliveries.ts'
import { waitedFor } from '../limited.ts'
import type { ChannelParts } from '../parts.ts'
import type { ChannelSettings } from '../settings.ts'
import { load, login, type LoginState } from './login.ts'
import { received } from './receive.ts'
import { reason, send } from './send.ts'

export interface WechatPersonalOptions {
  /** A puppet that was made already, instead of the package that the settings name. */
  readonly puppet?: unknown
  /** For one message or file. */
  readonly timeoutMs?: number
  readonly deliverPauseMs?: number
  readonly againMs?: number
}

/** Seconds until a puppet that is starting is asked again. */
const SOON = 10

/**
 * A personal account of WeChat through wechaty: for tries with an account that may be lost, see README. Ids of persons and groups are
 * those of the puppet: with another one, and with some after each login, everybody is a stranger again.
 *
 * What was said while nobody was logged in is delivered late rather than never: the inbox knows what it has had.
 */
export function wechatPersonalChannel(
  settings: ChannelSettings,
  parts: ChannelParts,
  options: WechatPersonalOptions = {},
): Channel {
  const { timeoutMs = 15 * SECOND } = options
  const stopping = new AbortController()
  // Each send under way listens to it.
  setMaxListeners(0, stopping.signal)
  const limited = <T>(work: () => Promise<T>) => waitedFor(timeoutMs, stopping.signal, work)
  const waiting = deliveries(() => parts.log('message_lost'), options.deliverPauseMs)
  let deliver: Parameters<Channel['start']>[0] = () => Promise.resolve()

  const line = login({
    puppet: options.puppet ?? settings.WECHAT_PERSONAL_PUPPET,
    token: settings.WECHAT_PERSONAL_TOKEN,
    file: settings.WECHAT_PERSONAL_LOGIN_FILE,
    parts,
    againMs: options.againMs,
    onMessage(message) {
      let read: Awaited<ReturnType<typeof received>> | undefined
      waiting.add((message.room() ?? message.talker()).id, async () => {
        read ??= await received(message, { parts, limited, selfName: line.bot?.currentUser.name() ?? '' })
        if (read) await deliver(read)
      })
    },
  })

  return {
    name: 'wechat-personal',
    abilities: ABILITIES['wechat-personal'],
    start(given) {
      deliver = given
      void line.start().catch(() => parts.log('puppet_fault'))
      return Promise.resolve()
    },
    async send(outgoing) {
      const { bot, state } = line
      if (!bot) return notReady(state)
      return send(bot, outgoing, { parts, limited, loggedInFor: () => line.loggedInFor() })
    },
    async check() {
      const state = line.state === 'off' && !(await load()) ? 'missing' : line.state
      return [FINDINGS[state]]
    },
    async stop() {
      stopping.abort()
      await line.stop()
      await waiting.stop()
    },
  }
}

const FINDINGS: Readonly<Record<LoginState, ChannelFinding>> = {
  off: { state: 'warning', what: 'login' },
  missing: { state: 'problem', what: 'puppet' },
  starting: { state: 'warning', what: 'network' },
  waiting: { state: 'problem', what: 'login' },
  ready: { state: 'ok', what: 'login' },
}

function notReady(state: LoginState): SendOutcome {
  if (state === 'starting') return { kind: 'retry', afterSeconds: SOON, reason: reason('starting') }
  return { kind: 'operator', reason: reason(state === 'missing' ? 'not_installed' : 'not_logged_in') }
}
