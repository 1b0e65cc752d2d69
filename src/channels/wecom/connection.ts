/**
 * The two-way bot's connection, kept up by the platform's own SDK. What the SDK gives up is begun again here, slowly: a secret that
 * is refused, and a connection that a newer one of the same bot has pushed out (two that fight for it would push each other out
 * for ever).
 */
import type { WSClient } from '@wecom/aibot-node-sdk'
import { MINUTE, SECOND } from '../../base/time.ts'
import { EVENT_FRAME, MESSAGE_FRAME } from './frames.ts'
import type { EventFrame, MessageFrame } from './frames.ts'

export type BotState = 'off' | 'connecting' | 'ready' | 'refused' | 'displaced'

export interface ConnectionOptions {
  readonly botId: string
  readonly secret: string
  /** Undefined: the platform's. */
  readonly socket: string | undefined
  readonly pauses: ConnectionPauses
  log(what: string): void
  onMessage(frame: MessageFrame): void
  onEvent(frame: EventFrame): void
  onLost(): void
}

/** Milliseconds. */
export interface ConnectionPauses {
  /** Before a connection that broke is made anew; the SDK doubles it up to 30 s. */
  readonly broken: number
  /** Before a secret that was refused, or a sign-in without an answer, is tried again; doubled up to `longest`. */
  readonly refused: number
  /** The same, after a newer connection pushed this one out. */
  readonly displaced: number
  readonly longest: number
  /** For the answer to the sign-in. */
  readonly signIn: number
}

export const CONNECTION_PAUSES: ConnectionPauses = {
  broken: SECOND,
  refused: MINUTE,
  displaced: 5 * MINUTE,
  longest: 30 * MINUTE,
  signIn: 15 * SECOND,
}

export interface Connection {
  readonly state: BotState
  readonly client: WSClient | null
  /** @param Client of the SDK, which is loaded only where there is a bot */
  start(Client: typeof WSClient): void
  stop(): void
}

/** What the SDK tells would name users and print what they said. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** The SDK's word for “the secret was refused as often as I was told to try”. */
const GIVEN_UP = 'WS_AUTH_FAILURE_EXHAUSTED'

export function connection(options: ConnectionOptions): Connection {
  const { pauses, log } = options
  let client: WSClient | null = null
  let state: BotState = 'off'
  let failures = 0
  let unanswered: NodeJS.Timeout | undefined
  let pause: NodeJS.Timeout | null = null
  let isReconnecting = false

  const become = (next: BotState) => {
    if (state === next) return
    state = next
    log(`bot_${next}`)
  }

  const again = (first: number) => {
    if (pause) clearTimeout(pause)
    pause = setTimeout(
      () => {
        pause = null
        client?.connect()
      },
      Math.min(first * 2 ** failures, pauses.longest),
    )
    failures += 1
  }

  const giveUp = (next: BotState) => {
    client?.disconnect()
    become(next)
    again(pauses.refused)
  }

  const listen = (to: WSClient) => {
    to.on('connected', () => {
      clearTimeout(unanswered)
      unanswered = setTimeout(() => giveUp('connecting'), pauses.signIn)
    })
    to.on('authenticated', () => {
      clearTimeout(unanswered)
      failures = 0
      become('ready')
    })
    to.on('reconnecting', () => {
      isReconnecting = true
    })
    to.on('disconnected', () => {
      clearTimeout(unanswered)
      isReconnecting = false
      options.onLost()
      // What the SDK does next it has said by then; where it does nothing, a newer connection has taken the place of this one.
      queueMicrotask(() => {
        if (state === 'off' || pause) return
        become(isReconnecting ? 'connecting' : 'displaced')
        if (!isReconnecting) again(pauses.displaced)
      })
    })
    to.on('error', (error) => {
      if ('code' in error && error.code === GIVEN_UP) giveUp('refused')
    })
    to.on('message', (frame: unknown) => {
      const read = MESSAGE_FRAME.safeParse(frame)
      if (read.success) options.onMessage(read.data)
      else log('frame_unreadable')
    })
    to.on('event', (frame: unknown) => {
      const read = EVENT_FRAME.safeParse(frame)
      if (read.success) options.onEvent(read.data)
    })
  }

  return {
    get state() {
      return state
    },
    get client() {
      return state === 'ready' && client?.isConnected ? client : null
    },
    start(Client) {
      client = new Client({
        botId: options.botId,
        secret: options.secret,
        reconnectInterval: pauses.broken,
        maxReconnectAttempts: -1,
        maxAuthFailureAttempts: 0,
        logger: SILENT,
        ...(options.socket !== undefined && { wsUrl: options.socket }),
      })
      listen(client)
      state = 'connecting'
      client.connect()
    },
    stop() {
      clearTimeout(unanswered)
      if (pause) clearTimeout(pause)
      pause = null
      state = 'off'
      client?.disconnect()
      client = null
    },
  }
}
