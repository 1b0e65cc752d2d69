/** The platform's side of group robots (消息推送): `webhook/send` and `webhook/upload_media` over HTTP, one robot for one group. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault, Shown } from '../stand-in.ts'
import { shownFile, shownMarkdown, shownText } from './shown.ts'

/** Messages of a robot in a minute. */
const QUOTA = 20

export interface Robot {
  readonly chat: string
  readonly key: string
  readonly shown: Shown[]
  /** Bodies of `send` as they were asked for, and how often a file was uploaded. */
  readonly asked: { readonly bodies: unknown[]; uploads: number }
  readonly faults: Fault[]
  /** Codes that the next calls of `send` are answered with. */
  readonly codes: number[]
  /** So many calls of `send` are never answered. */
  silent: number
  handle(request: IncomingMessage, response: ServerResponse): void
}

export const ROBOT_FAULTS: Readonly<Partial<Record<Fault, number>>> = {
  too_fast: 45009,
  down: -1,
  token: 93000,
  content: 40058,
}

export function robot(chat: string, key: string): Robot {
  const shown: Shown[] = []
  const asked: { bodies: unknown[]; uploads: number } = { bodies: [], uploads: 0 }
  const faults: Fault[] = []
  const codes: number[] = []
  const files = new Map<string, { name: string; bytes: Uint8Array }>()
  const times: number[] = []

  const take = (body: Record<string, unknown>): number => {
    const now = Date.now()
    while (times.length > 0 && (times[0] as number) < now - 60_000) times.shift()
    if (times.length >= QUOTA) return 45009
    const part = body[String(body['msgtype'])] as Record<string, unknown> | undefined
    if (!part) return 40008
    const content = String(part['content'] ?? '')
    const size = Buffer.byteLength(content, 'utf8')
    switch (body['msgtype']) {
      case 'text':
        if (size === 0) return 44004
        if (size > 2048) return 40058
        shown.push(shownText(chat, content, (part['mentioned_list'] as string[] | undefined) ?? []))
        break
      case 'markdown':
        if (size === 0) return 44004
        if (size > 4096) return 40058
        shown.push(shownMarkdown(chat, content))
        break
      case 'file': {
        const file = files.get(String(part['media_id']))
        if (!file) return 40007
        shown.push(shownFile(chat, file.name, file.bytes))
        break
      }
      default:
        return 40008
    }
    times.push(now)
    return 0
  }

  const send = (bytes: Buffer): number => {
    let body: unknown
    try {
      body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } catch {
      return 40008
    }
    asked.bodies.push(body)
    return codes.shift() ?? take(body as Record<string, unknown>)
  }

  const upload = (bytes: Buffer, type: string): object => {
    const file = formFile(bytes, type)
    if (!file || file.bytes.length < 5) return { errcode: 40006, errmsg: 'invalid media size' }
    asked.uploads += 1
    const id = `media-${String(asked.uploads)}`
    files.set(id, file)
    return { errcode: 0, errmsg: 'ok', type: 'file', media_id: id, created_at: '1763800000' }
  }

  const own: Robot = {
    chat,
    key,
    shown,
    asked,
    faults,
    codes,
    silent: 0,
    handle(request, response) {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const url = new URL(request.url ?? '/', 'http://127.0.0.1')
        const json = (body: object) => {
          response.setHeader('content-type', 'application/json; charset=UTF-8')
          response.end(JSON.stringify(body))
        }
        if (url.searchParams.get('key') !== key) return json({ errcode: 93000, errmsg: 'invalid webhook url' })
        if (url.pathname.endsWith('/upload_media')) {
          return json(upload(bytes, request.headers['content-type'] ?? ''))
        }
        if (own.silent > 0) {
          own.silent -= 1
          return
        }
        const fault = faults.shift()
        const code = fault && ROBOT_FAULTS[fault]
        if (code !== undefined) return json({ errcode: code, errmsg: `refused, hint: [${key}]` })
        if (fault === 'garbage') return response.end('<html>网关</html>')
        if (fault === 'cut') {
          send(bytes)
          return request.socket.destroy()
        }
        const answer = send(bytes)
        return json({ errcode: answer, errmsg: answer === 0 ? 'ok' : 'refused' })
      })
    },
  }
  return own
}

/** The one file of a form, by RFC 7578. */
function formFile(body: Buffer, type: string): { name: string; bytes: Uint8Array } | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(type)
  const mark = boundary && Buffer.from(`--${boundary[1] ?? boundary[2] ?? ''}`)
  if (!mark) return null
  const head = body.indexOf('\r\n\r\n')
  const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), mark]), head)
  const name = /name="media"; filename="([^"]*)"/.exec(body.subarray(0, head).toString('utf8'))
  if (head < 0 || end < 0 || !name) return null
  return { name: name[1] as string, bytes: Uint8Array.from(body.subarray(head + 4, end)) }
}
