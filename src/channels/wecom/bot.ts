/** The two-way bot (智能机器人): hears whoever writes to it and whoever mentions it in a group, and answers there. */
import type { WSClient } from '@wecom/aibot-node-sdk'
import { HOUR } from '../../base/time.ts'
import type { Outgoing, Received, SendOutcome } from '../../messaging/channel.ts'
import { waitedFor } from '../limited.ts'
import type { ChannelParts } from '../parts.ts'
import { connection, type BotState, type ConnectionPauses } from './connection.ts'
import { deliveries } from '../deliveries.ts'
import { download } from './download.ts'
import { ANSWER_TOO_LATE, reason, refused } from './errors.ts'
import { markdown, plainText } from './format.ts'
import { openFrames, type OpenFrame } from './open-frames.ts'
import { opened, received } from './receive.ts'

/** Groups that were heard so lately are written to by the bot, else by their own robot: a push may be refused where nobody spoke to the bot for long. */
const LATELY = 24 * HOUR
const REMEMBERED = 5_000

const SENT: SendOutcome = { kind: 'sent', platformId: null }
/** Seconds until a connection that is being made is asked again. */
const SOON = 5

export interface BotOptions {
  readonly botId: string
  readonly secret: string
  readonly name: string | null
  readonly socket: string | undefined
  readonly pauses: ConnectionPauses
  readonly timeoutMs: number
  /** Before what the house could not take is offered again, ms. */
  readonly deliverPauseMs: number
  readonly stopped: AbortSignal
}

export interface Bot {
  readonly state: BotState
  start(deliver: (received: Received) => Promise<void>): Promise<void>
  wasHeardIn(chat: string): boolean
  send(outgoing: Outgoing): Promise<SendOutcome>
  stop(): Promise<void>
}

export function bot(options: BotOptions, parts: ChannelParts): Bot {
  const { timeoutMs, stopped } = options
  const { clock } = parts
  const heard = new Map<string, number>()
  const frames = openFrames(clock)
  const waiting = deliveries(() => parts.log('message_lost'), options.deliverPauseMs)
  let deliver: (received: Received) => Promise<void> = () => Promise.resolve()
  let decipher: (bytes: Buffer, key: string) => Buffer = (bytes) => bytes

  const hear = (chat: string) => {
    heard.delete(chat)
    heard.set(chat, clock.now())
    for (const first of heard.keys()) {
      if (heard.size <= REMEMBERED) break
      heard.delete(first)
    }
  }

  const line = connection({
    ...options,
    log: (what) => parts.log(what),
    onLost: () => frames.clear(),
    onMessage(frame) {
      const { chattype, chatid, from, msgid } = frame.body
      if (chattype === 'group' && chatid !== undefined) hear(chatid)
      frames.add(msgid, {
        kind: 'message',
        headers: frame.headers,
        privateChat: chattype === 'group' ? null : from.userid,
      })
      let read: readonly Received[] | null = null
      waiting.add(chatid ?? from.userid, async () => {
        read ??= await received(frame, {
          clock,
          botName: options.name,
          fetchFile: (media, kind) => download(media, kind, { parts, timeoutMs, stopped, decipher }),
        })
        for (const message of read) await deliver(message)
      })
    },
    onEvent(frame) {
      const start = opened(frame, clock)
      if (!start) return
      frames.add(start.messageId, { kind: 'event', headers: frame.headers, privateChat: start.chat })
      waiting.add(start.chat, () => deliver(start))
    },
  })

  const push = (client: WSClient, outgoing: Outgoing): Promise<Acked> =>
    acked(
      client.sendMessage(outgoing.chat, { msgtype: 'markdown', markdown: { content: markdown(outgoing) } }),
      timeoutMs,
    )

  const answer = (client: WSClient, { kind, headers }: OpenFrame, outgoing: Outgoing): Promise<Acked> =>
    acked(
      kind === 'message'
        ? client.replyStream({ headers }, outgoing.id, markdown(outgoing), true)
        : client.replyWelcome({ headers }, { msgtype: 'text', text: { content: plainText(outgoing.text) } }),
      timeoutMs,
    )

  const attach = async (client: WSClient, chat: string, file: NonNullable<Outgoing['attachment']>): Promise<void> => {
    try {
      await waitedFor(timeoutMs, stopped, async () => {
        const bytes = Buffer.from(await parts.readFile(file.id))
        const { media_id: media } = await client.uploadMedia(bytes, { type: 'file', filename: file.name })
        await client.sendMediaMessage(chat, 'file', media)
      })
    } catch {
      parts.log('file_not_sent', { reason: reason('bot') })
    }
  }

  return {
    get state() {
      return line.state
    },
    async start(given) {
      deliver = given
      const sdk = await import('@wecom/aibot-node-sdk')
      decipher = (bytes, key) => sdk.decryptFile(bytes, key)
      line.start(sdk.WSClient)
    },
    wasHeardIn: (chat) => clock.now() - (heard.get(chat) ?? -Infinity) < LATELY,
    async send(outgoing) {
      const { client, state } = line
      if (!client) return notReady(state)
      const frame = frames.find(answered(outgoing), outgoing.chat)
      const first = frame ? await answer(client, frame, outgoing) : null
      const isLate = first !== null && first.code !== null && ANSWER_TOO_LATE.has(first.code)
      if (frame && (isLate || frame.kind === 'event')) frames.drop(frame)
      const last = first && !isLate ? first : await push(client, outgoing)
      if (last.outcome.kind === 'sent' && outgoing.attachment) await attach(client, outgoing.chat, outgoing.attachment)
      return last.outcome
    },
    async stop() {
      line.stop()
      await waiting.stop()
    },
  }
}

/** Id of the message that is answered, as the platform names it. */
const answered = ({ cause }: Outgoing): string | null => {
  const channel = 'wecom '
  return cause?.startsWith(channel) ? cause.slice(channel.length) : null
}

function notReady(state: BotState): SendOutcome {
  if (state === 'connecting' || state === 'ready')
    return { kind: 'retry', afterSeconds: SOON, reason: reason('bot_connecting') }
  return { kind: 'operator', reason: reason(`bot_${state}`) }
}

interface Acked {
  readonly outcome: SendOutcome
  /** The platform's, if it answered. */
  readonly code: number | null
}

/** The SDK writes at once where there is a connection: what ends otherwise than by the platform's answer may have been taken. */
async function acked(sending: Promise<unknown>, timeoutMs: number): Promise<Acked> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Acked>((resolve) => {
    timer = setTimeout(
      () => resolve({ outcome: { kind: 'unknown', reason: reason('timeout') }, code: null }),
      timeoutMs,
    )
  })
  const answered = sending.then(
    (): Acked => ({ outcome: SENT, code: 0 }),
    (error: unknown): Acked => {
      const code = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) : NaN
      if (Number.isInteger(code)) return { outcome: refused(code), code }
      return { outcome: { kind: 'unknown', reason: reason('connection') }, code: null }
    },
  )
  return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}
