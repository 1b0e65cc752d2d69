/** The platform's side of the two-way bot: frames over WebSocket, and the files that were sent to it, enciphered, over HTTP. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault, Shown } from '../stand-in.ts'
import { shownFile, shownMarkdown, shownText } from './shown.ts'
import type { Peer, PeerEvents } from './web-socket.ts'

interface Frame {
  readonly cmd: string
  readonly headers: { readonly req_id: string }
  readonly body: Record<string, unknown>
}

export const BOT_FAULTS: Readonly<Partial<Record<Fault, number>>> = {
  too_fast: 45009,
  down: -1,
  token: 853000,
  content: 40201,
}

export interface BotPlatform {
  readonly shown: Shown[]
  /** Every frame of a client, in order. */
  readonly frames: Frame[]
  readonly faults: Fault[]
  /** Codes that the next frames that send are answered with. */
  readonly codes: number[]
  /** Chats that may be written to: a person or a group has spoken to the bot there. */
  readonly known: Set<string>
  /** The connection that is signed in. */
  peer: Peer | null
  /** How many have signed in so far. */
  signedIn: number
  /** What the sign-in is answered with; null = nothing. */
  signInCode: number | null
  /** Nothing but the sign-in is answered. */
  silent: boolean
  accept(peer: Peer): PeerEvents
  /** Serves a file. */
  handle(request: IncomingMessage, response: ServerResponse): void
  message(body: Record<string, unknown>): void
  event(body: Record<string, unknown>): void
  repeat(): void
  /** Lays a file down. @param origin where this platform is reached */
  media(bytes: Uint8Array, origin: string): { url: string; aeskey: string }
  /** Signs in somebody else with the same bot. */
  displace(): void
  cut(): void
}

/** A welcome within five seconds of the person's coming. */
const WELCOME_MS = 5_000

export function botPlatform(botId: string, secret: string): BotPlatform {
  const files = new Map<string, Buffer>()
  const uploads = new Map<string, { name: string; md5: string; chunks: Buffer[] }>()
  const media = new Map<string, { name: string; bytes: Buffer }>()
  /** Frames that may be answered: the chat, and when they were told. */
  const open = new Map<string, { chat: string; event: boolean; at: number }>()
  let last: Frame | null = null
  let count = 0

  const tell = (frame: Frame) => {
    last = frame
    platform.peer?.send(JSON.stringify(frame))
  }

  const callback = (cmd: string, body: Record<string, unknown>) => {
    count += 1
    const from = body['from'] as { userid: string }
    const chat = String(body['chatid'] ?? from.userid)
    const req = `req-${String(count)}`
    platform.known.add(chat)
    open.set(req, { chat, event: cmd === 'aibot_event_callback', at: Date.now() })
    tell({
      cmd,
      headers: { req_id: req },
      body: { msgid: `CAIQ${String(count)}`, aibotid: botId, create_time: Math.floor(Date.now() / 1000), ...body },
    })
  }

  const show = (chat: string, { body }: Frame): number => {
    const content = (part: string) => String((body[part] as Record<string, unknown> | undefined)?.['content'] ?? '')
    switch (body['msgtype']) {
      case 'markdown':
        platform.shown.push(shownMarkdown(chat, content('markdown')))
        return 0
      case 'stream':
        if (Buffer.byteLength(content('stream')) > 20_480) return 40058
        platform.shown.push(shownMarkdown(chat, content('stream')))
        return 0
      case 'file': {
        const file = media.get(String((body['file'] as Record<string, unknown>)['media_id']))
        if (!file) return 40007
        platform.shown.push(shownFile(chat, file.name, Uint8Array.from(file.bytes)))
        return 0
      }
      default:
        return 40008
    }
  }

  const send = (frame: Frame): number => {
    const code = platform.codes.shift()
    if (code !== undefined) return code
    if (frame.cmd === 'aibot_send_msg') {
      const chat = String(frame.body['chatid'])
      return platform.known.has(chat) ? show(chat, frame) : 93006
    }
    const asked = open.get(frame.headers.req_id)
    if (frame.cmd === 'aibot_respond_welcome_msg') {
      if (!asked?.event || Date.now() - asked.at > WELCOME_MS) return 846605
      platform.shown.push(
        shownText(asked.chat, String((frame.body['text'] as Record<string, unknown> | undefined)?.['content'])),
      )
      return 0
    }
    // The greeting of an event and an answer to a message are two different things.
    return asked && !asked.event ? show(asked.chat, frame) : 846605
  }

  const upload = ({ cmd, body }: Frame): object | null => {
    if (cmd === 'aibot_upload_media_init') {
      const id = `upload-${String(uploads.size + 1)}`
      uploads.set(id, { name: String(body['filename']), md5: String(body['md5']), chunks: [] })
      return { upload_id: id }
    }
    const of = uploads.get(String(body['upload_id']))
    if (!of) return null
    if (cmd === 'aibot_upload_media_chunk') {
      of.chunks[Number(body['chunk_index'])] = Buffer.from(String(body['base64_data']), 'base64')
      return {}
    }
    const bytes = Buffer.concat(of.chunks)
    if (createHash('md5').update(bytes).digest('hex') !== of.md5) return null
    const id = `media-${String(media.size + 1)}`
    media.set(id, { name: of.name, bytes })
    return { type: 'file', media_id: id, created_at: '1763800000' }
  }

  const onFrame = (frame: Frame, peer: Peer) => {
    platform.frames.push(frame)
    const ack = (errcode: number, body?: object) =>
      peer.send(JSON.stringify({ headers: frame.headers, errcode, errmsg: errcode === 0 ? 'ok' : secret, body }))
    if (frame.cmd === 'aibot_subscribe') {
      if (platform.signInCode === null) return
      const right = frame.body['bot_id'] === botId && frame.body['secret'] === secret
      const code = platform.signInCode !== 0 ? platform.signInCode : right ? 0 : 853000
      if (code !== 0) return ack(code)
      platform.displace()
      platform.peer = peer
      platform.signedIn += 1
      return ack(0)
    }
    if (frame.cmd === 'ping') return ack(0)
    if (platform.silent) return
    if (platform.peer !== peer) return ack(846609)
    if (frame.cmd.startsWith('aibot_upload_media_')) {
      const body = upload(frame)
      return body ? ack(0, body) : ack(40007)
    }
    const fault = platform.faults.shift()
    const code = fault && BOT_FAULTS[fault]
    if (code !== undefined) return ack(code)
    const answer = send(frame)
    if (fault === 'cut') return peer.cut()
    return ack(answer)
  }

  const platform: BotPlatform = {
    shown: [],
    frames: [],
    faults: [],
    codes: [],
    known: new Set(),
    peer: null,
    signedIn: 0,
    signInCode: 0,
    silent: false,
    accept: () => ({
      onText: (text, from) => onFrame(JSON.parse(text) as Frame, from),
      onClose(closed) {
        if (platform.peer === closed) platform.peer = null
      },
    }),
    handle(request, response) {
      const file = files.get(request.url ?? '')
      response.statusCode = file ? 200 : 404
      response.end(file)
    },
    message: (body) => callback('aibot_msg_callback', body),
    event: (body) => callback('aibot_event_callback', { msgtype: 'event', ...body }),
    repeat() {
      if (last) tell(last)
    },
    media(bytes, origin) {
      const key = randomBytes(32)
      const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
      const pad = 32 - (bytes.length % 32)
      const path = `/media/${String(files.size + 1)}`
      files.set(path, Buffer.concat([cipher.update(Buffer.concat([bytes, Buffer.alloc(pad, pad)])), cipher.final()]))
      return { url: `${origin}${path}`, aeskey: key.toString('base64') }
    },
    displace() {
      const old = platform.peer
      platform.peer = null
      old?.send(
        JSON.stringify({
          cmd: 'aibot_event_callback',
          headers: { req_id: 'req-displaced' },
          body: { msgid: 'displaced', msgtype: 'event', event: { eventtype: 'disconnected_event' } },
        }),
      )
    },
    cut() {
      platform.peer?.cut()
      platform.peer = null
    },
  }
  return platform
}
