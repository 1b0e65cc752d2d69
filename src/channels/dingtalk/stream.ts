/**
 * The connection that messages come by (Stream mode), made by the platform's own SDK, one client for one connection. That SDK hides
 * why a connection failed and tries again each second for ever, so that is done here: with growing pauses, and told to the log.
 */
import type * as Sdk from 'dingtalk-stream'
import type { DWClient, DWClientDownStream } from 'dingtalk-stream'
import { MINUTE, SECOND, type Clock } from '../../base/time.ts'
import type { Random } from '../../base/random.ts'
import type { ChannelParts } from '../parts.ts'
import type { Api } from './api.ts'

/** Milliseconds. */
export interface StreamPauses {
  readonly first: number
  /** Doubled up to that. */
  readonly longest: number
  /** A connection that lasted so long begins with `first` again. */
  readonly steady: number
}

export const STREAM_PAUSES: StreamPauses = { first: SECOND, longest: 5 * MINUTE, steady: MINUTE }

export interface StreamOptions {
  readonly api: Api
  readonly clientSecret: string
  readonly timeoutMs: number
  readonly pauses: StreamPauses
  readonly random: Random
  readonly clock: Clock
  readonly log: ChannelParts['log']
  /** Resolves when the frame is done with; rejects when it has to come again: it is not acknowledged then, and pushed once more. */
  onMessage(data: unknown): Promise<void>
}

export interface Stream {
  /** Resolves at once: connecting goes on behind. */
  start(): void
  stop(): Promise<void>
}

const TOPIC = '/v1.0/im/bot/messages/get'
const AGENT = 'bangfu'

/** What the SDK keeps to itself. */
interface Socket {
  once(event: 'close', listener: () => void): void
  on(event: 'error', listener: () => void): void
  removeAllListeners(event: 'error'): void
  close(): void
  terminate(): void
}

export function stream(options: StreamOptions): Stream {
  const { api, clientSecret, timeoutMs, pauses, random, clock, log, onMessage } = options
  let stopped = false
  let running: Promise<void> | null = null
  let wake = () => {}
  let current: DWClient | null = null

  const socketOf = (client: DWClient) => Reflect.get(client, 'socket') as Socket | undefined

  const endpoint = async (): Promise<string> => {
    const answer = await api.open('/v1.0/gateway/connections/open', {
      clientId: api.clientId,
      clientSecret,
      ua: AGENT,
      subscriptions: [{ type: 'CALLBACK', topic: TOPIC }],
    })
    if (answer.kind === 'failed') throw new Error(answer.outcome.reason)
    const { endpoint: address, ticket } = answer.body
    if (typeof address !== 'string' || typeof ticket !== 'string' || !URL.canParse(address))
      throw new Error('no_address')
    const url = new URL(address)
    if (url.protocol !== 'wss:' && url.protocol !== 'ws:') throw new Error('no_address')
    url.searchParams.set('ticket', ticket)
    return url.href
  }

  const heard = (client: DWClient, frame: DWClientDownStream) => {
    const { messageId } = frame.headers
    void onMessage(frame.data).then(
      () => client.socketCallBackResponse(messageId, {}),
      () => log('not_acknowledged'),
    )
  }

  /** One connection, from its beginning to its end. @throws when it could not be made */
  const connect = async (sdk: typeof Sdk): Promise<void> => {
    const client = new sdk.DWClient({ clientId: api.clientId, clientSecret, ua: AGENT, keepAlive: true })
    client.config.autoReconnect = false
    client.config.subscriptions = []
    const address = await endpoint()
    if (stopped) return
    Object.assign(client, { dw_url: address, sslopts: { handshakeTimeout: timeoutMs } })
    const handle = client.onDownStream.bind(client)
    client.onDownStream = (data) => {
      const frame = frameOf(data)
      if (!frame) return log('frame_unreadable')
      // The platform is about to close it.
      if (frame.type === 'SYSTEM' && frame.headers.topic === 'disconnect') return socketOf(client)?.close()
      handle(data)
    }
    client.registerCallbackListener(TOPIC, (frame) => heard(client, frame))
    current = client
    const opened = client._connect().then(() => true)
    const closed = new Promise<false>((resolve) => socketOf(client)?.once('close', () => resolve(false)))
    quiet(socketOf(client))
    if (!(await Promise.race([opened, closed]))) throw new Error('refused')
    log('stream_open')
    await closed
  }

  const end = (client: DWClient | null) => {
    if (!client) return
    clearInterval(Reflect.get(client, 'heartbeatIntervallId') as NodeJS.Timeout | undefined)
    socketOf(client)?.terminate()
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const run = async () => {
    const sdk = await import('dingtalk-stream')
    let rest = pauses.first
    while (!stopped) {
      const began = clock.now()
      let why = 'closed'
      try {
        await connect(sdk)
      } catch (error) {
        why = error instanceof Error && /^[a-z][\w.:]{0,60}$/i.test(error.message) ? error.message : 'connection'
      }
      end(current)
      current = null
      if (stopped) return
      if (why === 'closed' && clock.now() - began >= pauses.steady) rest = pauses.first
      const ms = Math.round(rest * (1 + random() / 4))
      log('stream_away', { reason: why, seconds: Math.round(ms / SECOND) })
      await pause(ms)
      rest = Math.min(rest * 2, pauses.longest)
    }
  }

  return {
    start() {
      if (running) return
      stopped = false
      running = run()
    },
    async stop() {
      stopped = true
      wake()
      end(current)
      await running
      running = null
    },
  }
}

/** The SDK prints errors with all that is in them; a connection that fails is closed in any case. */
function quiet(socket: Socket | undefined): void {
  socket?.removeAllListeners('error')
  socket?.on('error', () => socket.terminate())
}

/** @returns null for what is no frame, or none that was asked for: the SDK would throw where nobody can catch it */
function frameOf(data: unknown): DWClientDownStream | null {
  try {
    const frame = JSON.parse(String(data)) as DWClientDownStream | null
    const { topic, messageId } = frame?.headers ?? {}
    const isOurs = frame?.type === 'SYSTEM' || (frame?.type === 'CALLBACK' && topic === TOPIC)
    return isOurs && typeof topic === 'string' && typeof messageId === 'string' ? frame : null
  } catch {
    return null
  }
}
