/** The platform's side of an app: access tokens, the gateway and its connection, messages of the app's robot, files, addresses for answers. */
import { randomUUID } from 'node:crypto'
import type { Fault, Shown } from '../stand-in.ts'
import type { Peer, PeerEvents } from '../wecom/web-socket.ts'
import { formFile } from './form-file.ts'
import { shownOf, type RobotBody } from './shown.ts'

export const TOPIC = '/v1.0/im/bot/messages/get'

export interface Answer {
  readonly status: number
  readonly body: object | string | Uint8Array
}

export interface AppPlatform {
  readonly shown: Shown[]
  readonly faults: Fault[]
  /** Answers that the next calls that send get, whatever they ask. */
  readonly answers: Answer[]
  /** Paths of the calls that came. */
  readonly asked: { readonly path: string; readonly body: Readonly<Record<string, unknown>> }[]
  readonly staff: Set<string>
  readonly groups: Set<string>
  peer: Peer | null
  /** How often a connection was made. */
  connections: number
  /** Access tokens given so far; all but the last were taken back when `revoke` was called. */
  tokens: number
  revoke(): void
  /** How long an address for answers is good. */
  sessionMs: number
  /** Pushes a message; resolves when it was acknowledged. */
  push(message: Readonly<Record<string, unknown>>): Promise<void>
  /** The last push that is not acknowledged, or the last of all, once more. */
  repeat(): void
  frame(frame: object | string): void
  file(bytes: Uint8Array): string
  handle(method: string, url: URL, headers: Readonly<Record<string, unknown>>, bytes: Buffer): Answer | null
  accept(peer: Peer, ticket: string | null): PeerEvents
}

export interface AppWorld {
  readonly clientId: string
  readonly clientSecret: string
  readonly origin: () => string
  now(): number
}

const LONGEST = 15_000

const refused = (status: number, code: string): Answer => ({
  status,
  body: { code, message: 'refused', requestid: 'R' },
})

const FAULTS: Readonly<Partial<Record<Fault, Answer>>> = {
  too_fast: refused(403, 'Forbidden.AccessDenied.QpsLimitForApi'),
  down: refused(503, 'ServiceUnavailable'),
  token: refused(401, 'InvalidAuthentication'),
  content: refused(400, 'invalidParameter.msgParam.invalid'),
  garbage: { status: 200, body: '<html>网关</html>' },
}

export function appPlatform({ clientId, clientSecret, origin, now }: AppWorld): AppPlatform {
  const files = new Map<string, Uint8Array>()
  const tickets = new Set<string>()
  const sessions = new Map<string, { readonly chat: string; readonly until: number }>()
  const waiting = new Map<string, { readonly text: string; done(): void }>()
  let last: string | null = null
  let valid: string | null = null
  let refusedTokens = 0

  const media = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>()

  const shownMedia = (chat: string, key: unknown, param: Readonly<Record<string, string>>): Answer => {
    const file = media.get((key === 'sampleFile' ? param['mediaId'] : param['photoURL']) ?? '')
    if (!file || (key === 'sampleFile' && !/^(xlsx|pdf|zip|rar|docx?)$/.test(param['fileType'] ?? ''))) {
      return refused(400, 'invalidParameter.msgParam.invalid')
    }
    platform.shown.push({ chat, text: '', raw: JSON.stringify(param), choices: [], mentioned: [], file })
    return { status: 200, body: { processQueryKey: randomUUID() } }
  }

  const upload = (url: URL, headers: Readonly<Record<string, unknown>>, bytes: Buffer): Answer => {
    if (url.searchParams.get('access_token') !== valid) return { status: 200, body: { errcode: 40014, errmsg: 'x' } }
    const file = formFile(bytes, String(headers['content-type']))
    if (!file || !/^(image|file)$/.test(url.searchParams.get('type') ?? '')) {
      return { status: 200, body: { errcode: 40035, errmsg: 'x' } }
    }
    const id = `@lAL${randomUUID()}`
    media.set(id, file)
    return { status: 200, body: { errcode: 0, errmsg: 'ok', media_id: id, type: 'file', created_at: now() } }
  }

  const sent = (chat: string, body: Readonly<Record<string, unknown>>): Answer => {
    const param = String(body['msgParam'])
    if (Buffer.byteLength(param) > LONGEST) return refused(400, 'invalidParameter.msgParam.invalid')
    const key = body['msgKey']
    if (key === 'sampleFile' || key === 'sampleImageMsg') {
      return shownMedia(chat, key, JSON.parse(param) as Record<string, string>)
    }
    const read = JSON.parse(param) as { content?: string; title?: string; text?: string }
    const isMarkdown = key === 'sampleMarkdown'
    const message: RobotBody = isMarkdown
      ? { msgtype: 'markdown', markdown: { title: read.title ?? '', text: read.text ?? '' } }
      : { msgtype: 'text', text: { content: read.content ?? '' } }
    platform.shown.push(shownOf(chat, message))
    return { status: 200, body: { processQueryKey: randomUUID() } }
  }

  const toGroup = (body: Readonly<Record<string, unknown>>): Answer => {
    const chat = String(body['openConversationId'])
    if (!platform.groups.has(chat)) return refused(400, 'invalid.openConversationId')
    return sent(chat, body)
  }

  const toPerson = (body: Readonly<Record<string, unknown>>): Answer => {
    const [user = ''] = body['userIds'] as string[]
    if (!platform.staff.has(user) || blocked) {
      blocked = false
      return { status: 200, body: { processQueryKey: 'q', invalidStaffIdList: [user], flowControlledStaffIdList: [] } }
    }
    return sent(user, body)
  }

  let blocked = false

  const sending = (take: () => Answer): Answer | null => {
    if (refusedTokens > 0) {
      refusedTokens -= 1
      return FAULTS.token as Answer
    }
    const scripted = platform.answers.shift()
    if (scripted) return scripted
    const fault = platform.faults.shift()
    // A fresh token isn't accepted either.
    if (fault === 'token') refusedTokens = 1
    if (fault === 'blocked') blocked = true
    const answer = fault && FAULTS[fault]
    if (answer) return answer
    const taken = take()
    return fault === 'cut' ? null : taken
  }

  const answerSession = (url: URL, body: Readonly<Record<string, unknown>>): Answer => {
    const session = sessions.get(url.searchParams.get('session') ?? '')
    if (!session || session.until < now()) return { status: 200, body: { errcode: 300001, errmsg: 'session 不存在' } }
    platform.shown.push(shownOf(session.chat, body as unknown as RobotBody))
    return { status: 200, body: { errcode: 0, errmsg: 'ok' } }
  }

  const platform: AppPlatform = {
    shown: [],
    faults: [],
    answers: [],
    asked: [],
    staff: new Set(),
    groups: new Set(),
    peer: null,
    connections: 0,
    tokens: 0,
    sessionMs: 90 * 60_000,
    revoke() {
      valid = null
    },
    push(message) {
      const isGroup = message['conversationType'] === '2'
      const session = randomUUID()
      const chat = String(isGroup ? message['conversationId'] : (message['senderStaffId'] ?? message['senderId']))
      const until = now() + platform.sessionMs
      sessions.set(session, { chat, until })
      const id = randomUUID()
      const text = JSON.stringify({
        specVersion: '1.0',
        type: 'CALLBACK',
        headers: { topic: TOPIC, messageId: id, contentType: 'application/json', time: String(now()) },
        data: JSON.stringify({
          msgId: `msg${randomUUID()}==`,
          createAt: now(),
          robotCode: clientId,
          chatbotUserId: '$:LWCP_v1:$bot',
          sessionWebhook: `${origin()}/robot/sendBySession?session=${session}`,
          sessionWebhookExpiredTime: until,
          ...message,
        }),
      })
      last = text
      return new Promise((resolve) => {
        waiting.set(id, { text, done: resolve })
        platform.peer?.send(text)
      })
    },
    repeat() {
      const [open] = waiting.values()
      platform.peer?.send(open?.text ?? last ?? '')
    },
    frame: (frame) => platform.peer?.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    file(bytes) {
      const code = randomUUID()
      files.set(code, bytes)
      return code
    },
    handle(method, url, headers, bytes) {
      if (method === 'HEAD') return { status: 200, body: '' }
      if (url.pathname.startsWith('/files/')) {
        const file = files.get(url.pathname.slice('/files/'.length))
        return file ? { status: 200, body: file } : { status: 404, body: '' }
      }
      if (url.pathname === '/media/upload') return upload(url, headers, bytes)
      const body = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>
      platform.asked.push({ path: url.pathname, body })
      switch (url.pathname) {
        case '/robot/sendBySession':
          return sending(() => answerSession(url, body))
        case '/v1.0/oauth2/accessToken':
          if (body['appKey'] !== clientId || body['appSecret'] !== clientSecret) {
            return refused(400, 'invalidClientIdOrSecret')
          }
          platform.tokens += 1
          valid = `access-token-${String(platform.tokens)}-4b7f`
          return { status: 200, body: { accessToken: valid, expireIn: 7200 } }
        case '/v1.0/gateway/connections/open': {
          if (body['clientId'] !== clientId || body['clientSecret'] !== clientSecret) return refused(401, 'authFailed')
          const asked = body['subscriptions'] as { type: string; topic: string }[]
          if (!asked.some(({ type, topic }) => type === 'CALLBACK' && topic === TOPIC)) return refused(400, 'no.topic')
          const ticket = randomUUID()
          tickets.add(ticket)
          return { status: 200, body: { endpoint: `${origin().replace('http', 'ws')}/connect`, ticket } }
        }
      }
      if (headers['x-acs-dingtalk-access-token'] !== valid || valid === null) return FAULTS.token as Answer
      if (body['robotCode'] !== clientId) return refused(400, 'invalidParameter.robotCode.notExsit')
      switch (url.pathname) {
        case '/v1.0/robot/groupMessages/send':
          return sending(() => toGroup(body))
        case '/v1.0/robot/oToMessages/batchSend':
          return sending(() => toPerson(body))
        case '/v1.0/robot/messageFiles/download':
          if (!files.has(String(body['downloadCode']))) return refused(400, 'invalidParameter.param.invalid')
          return { status: 200, body: { downloadUrl: `${origin()}/files/${String(body['downloadCode'])}` } }
        default:
          return refused(404, 'InvalidAction.NotFound')
      }
    },
    accept(peer, ticket) {
      // A ticket is good for one connection.
      if (ticket === null || !tickets.delete(ticket)) {
        peer.cut()
        return { onText: () => {}, onClose: () => {} }
      }
      platform.peer = peer
      platform.connections += 1
      for (const { text } of waiting.values()) peer.send(text)
      return {
        onText(text) {
          const frame = JSON.parse(text) as { code: number; headers: { messageId: string } }
          const acked = frame.code === 200 ? waiting.get(frame.headers.messageId) : undefined
          waiting.delete(frame.headers.messageId)
          acked?.done()
        },
        onClose() {
          if (platform.peer === peer) platform.peer = null
        },
      }
    },
  }
  return platform
}
