/** The platform's interface over HTTP on 127.0.0.1, behaving as its documentation says, and a script of what goes wrong. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../../src/base/time.ts'
import { people, type People } from './api-people.ts'
import { tokens, type Tokens } from './api-tokens.ts'

export type Account = 'verified_service' | 'verified_subscription' | 'unverified'

/**
 * What the next call of a path comes to instead. A number: that code. `cut`: it is taken, and the connection cut before the answer.
 * `reset`: cut before anything was taken. `down`: HTTP 502. `garbage`: 200 with something that is no answer. `hang`: nothing ever.
 */
export type Scripted = number | 'cut' | 'reset' | 'down' | 'garbage' | 'hang'

export interface Sent {
  readonly user: string
  readonly kind: 'text' | 'image' | 'template'
  readonly text: string
  readonly bytes: Uint8Array | null
  readonly body: Record<string, unknown>
}

export interface ApiServer {
  readonly root: string
  readonly people: People
  readonly tokens: Tokens
  readonly sent: Sent[]
  /** Paths of the calls, in order. */
  readonly calls: string[]
  /** Codes that were answered to custom/send without a script. */
  readonly refusals: number[]
  readonly menu: { current: unknown; created: number }
  readonly media: Map<string, { bytes: Uint8Array; type: string; name: string }>
  readonly templates: Set<string>
  readonly quota: { limit: number; used: number }
  readonly settings: { account: Account; isListed: boolean; textMax: number; clockOffMs: number }
  script(path: string, ...answers: Scripted[]): void
  /** What hangs is taken and answered after all. */
  answerHanging(): void
  /** Called after each message that was taken. */
  onSent: (() => void) | null
  /** Connections are refused, or taken again at the same address. */
  outage(isDown: boolean): Promise<void>
  close(): Promise<void>
}

export interface ApiServerOptions {
  readonly clock: Clock
  readonly appId: string
  readonly secret: string
  readonly account?: Account
}

const VERIFIED = ['/cgi-bin/message/custom/send', '/cgi-bin/menu/create', '/cgi-bin/media/get', '/cgi-bin/media/upload']
const SERVICE_ONLY = [
  '/cgi-bin/message/template/send',
  '/cgi-bin/qrcode/create',
  '/cgi-bin/template/get_all_private_template',
]

type Body = Record<string, unknown>
interface Reply {
  readonly json?: unknown
  readonly file?: { bytes: Uint8Array; type: string; name: string }
}

export async function apiServer({
  clock,
  appId,
  secret,
  account = 'verified_service',
}: ApiServerOptions): Promise<ApiServer> {
  const script = new Map<string, Scripted[]>()
  const hanging: (() => void)[] = []
  const sent: Sent[] = []
  const calls: string[] = []
  const refusals: number[] = []
  const book = tokens(clock)
  const known = people(clock)
  const menu: ApiServer['menu'] = { current: null, created: 0 }
  const media: ApiServer['media'] = new Map()
  const templates = new Set<string>()
  const quota = { limit: 500_000, used: 0 }
  const settings = { account, isListed: true, textMax: 2048, clockOffMs: 0 }
  let serial = 0

  const coded = (errcode: number, errmsg = 'hint'): Reply => {
    serial += 1
    return { json: { errcode, errmsg: errcode === 0 ? 'ok' : `${errmsg} rid: 65a1${serial}-1f2e3d4c-0a${serial}` } }
  }

  const token = (body: Body): Reply => {
    if (body['grant_type'] !== 'client_credential') return coded(40002)
    if (body['appid'] !== appId) return coded(40013, 'invalid appid')
    if (body['secret'] !== secret) return coded(40125, 'invalid appsecret')
    if (!settings.isListed) return coded(40164, 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist')
    const given = book.give(body['force_refresh'] === true)
    return typeof given === 'number' ? coded(given) : { json: given }
  }

  const customSend = (body: Body): Reply => {
    const user = String(body['touser'])
    const part = body[String(body['msgtype'])] as Body | undefined
    if (!part) return coded(40008)
    const content = String(part['content'] ?? '')
    const picture = media.get(String(part['media_id'] ?? ''))
    if (body['msgtype'] === 'text' && content === '') return coded(44004)
    if (Buffer.byteLength(content) > settings.textMax) return coded(45002, 'content size out of limit')
    if (body['msgtype'] === 'image' && !picture) return coded(40007)
    if (quota.used >= quota.limit) return coded(45009)
    const code = known.charge(user)
    if (code !== 0) {
      refusals.push(code)
      return coded(code)
    }
    quota.used += 1
    const kind = body['msgtype'] === 'image' ? 'image' : 'text'
    sent.push({ user, kind, text: content, bytes: picture?.bytes ?? null, body })
    platform.onSent?.()
    return coded(0)
  }

  const templateSend = (body: Body): Reply => {
    const user = String(body['touser'])
    const code = known.known(user)
    if (code !== 0) return coded(code)
    if (!templates.has(String(body['template_id']))) return coded(40037)
    const data = (body['data'] ?? {}) as Record<string, { value?: unknown }>
    const lines = Object.entries(data).map(([name, { value }]) => `${name}: ${String(value)}`)
    if (lines.length === 0) return coded(47003)
    const repeated = sent.some((one) => one.kind === 'template' && one.body['client_msg_id'] === body['client_msg_id'])
    if (!repeated) sent.push({ user, kind: 'template', text: lines.join('\n'), bytes: null, body })
    // A number beyond what a double holds.
    return { json: '{"errcode":0,"errmsg":"ok","msgid":9007199254740993}' }
  }

  const selfMenu = (): Reply => {
    if (menu.current === null) return { json: { is_menu_open: 0 } }
    const { button } = menu.current as { button: Body[] }
    const shaped = button.map(({ sub_button: below, ...rest }) =>
      below === undefined ? rest : { ...rest, sub_button: { list: below } },
    )
    return { json: { is_menu_open: 1, selfmenu_info: { button: shaped } } }
  }

  const menuCreate = (body: Body): Reply => {
    const { button } = body as { button?: { name?: string; sub_button?: { name: string }[] }[] }
    if (!button || button.length === 0 || button.length > 3) return coded(40016)
    if (button.some(({ name = '' }) => name === '' || Buffer.byteLength(name) > 16)) return coded(40018)
    if (button.some(({ sub_button: below = [] }) => below.length > 5)) return coded(40023)
    if (button.some(({ sub_button: below = [] }) => below.some(({ name }) => Buffer.byteLength(name) > 60)))
      return coded(40024)
    menu.current = structuredClone(body)
    menu.created += 1
    return coded(0)
  }

  const qr = (body: Body): Reply => {
    const info = body['action_info'] as { scene?: { scene_str?: unknown } } | undefined
    const scene = info?.scene?.scene_str
    if (typeof scene !== 'string' || scene.length < 1 || scene.length > 64) return coded(40053)
    return {
      json: { ticket: `gQ/${Buffer.from(scene).toString('base64')}==`, url: `http://weixin.qq.com/q/${scene}` },
    }
  }

  const upload = async (bytes: Buffer, request: IncomingMessage): Promise<Reply> => {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData()
    const file = form.get('media')
    if (!(file instanceof File)) return coded(41005)
    const id = `M${media.size + 1}`
    media.set(id, { bytes: new Uint8Array(await file.arrayBuffer()), type: file.type, name: file.name })
    return { json: { type: 'image', media_id: id, created_at: Math.floor(clock.now() / 1000) } }
  }

  const mediaGet = (id: string): Reply => {
    const file = media.get(id)
    if (!file) return coded(40007, 'invalid media_id')
    return file.type === 'video/mp4' ? { json: { video_url: `${root()}/video/${id}` } } : { file }
  }

  const answer = async (request: IncomingMessage, url: URL, bytes: Buffer): Promise<Reply> => {
    const { pathname: path } = url
    if (path.startsWith('/video/')) return { file: media.get(path.slice(7)) ?? { bytes: bytes, type: '', name: '' } }
    const isJson = request.method === 'POST' && path !== '/cgi-bin/media/upload'
    let body: Body = {}
    if (isJson) {
      try {
        body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Body
      } catch {
        return coded(47001, 'data format error')
      }
    }
    if (path === '/cgi-bin/stable_token') return token(body)
    const refused = book.judge(url.searchParams.get('access_token'))
    if (refused !== 0) return coded(refused, 'invalid credential, access_token is invalid or not latest')
    if (!settings.isListed) return coded(40164, 'invalid ip 203.0.113.7, not in whitelist')
    if (settings.account === 'unverified' && VERIFIED.includes(path)) return coded(48001, 'api unauthorized')
    if (settings.account !== 'verified_service' && SERVICE_ONLY.includes(path)) return coded(48001, 'api unauthorized')
    switch (path) {
      case '/cgi-bin/message/custom/send':
        return customSend(body)
      case '/cgi-bin/message/template/send':
        return templateSend(body)
      case '/cgi-bin/get_current_selfmenu_info':
        return selfMenu()
      case '/cgi-bin/menu/create':
        return menuCreate(body)
      case '/cgi-bin/qrcode/create':
        return qr(body)
      case '/cgi-bin/media/upload':
        return upload(bytes, request)
      case '/cgi-bin/media/get':
        return mediaGet(url.searchParams.get('media_id') ?? '')
      case '/cgi-bin/openapi/quota/get':
        return {
          json: {
            errcode: 0,
            errmsg: 'ok',
            quota: { daily_limit: quota.limit, used: quota.used, remain: quota.limit - quota.used },
          },
        }
      case '/cgi-bin/template/get_all_private_template':
        return { json: { template_list: [...templates].map((id) => ({ template_id: id, title: 'T', content: '' })) } }
      default:
        return coded(40066, 'invalid url')
    }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://platform')
    const next = script.get(url.pathname)?.shift()
    if (next === 'reset') return void request.socket.resetAndDestroy()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    calls.push(url.pathname)
    response.setHeader('date', new Date(clock.now() + settings.clockOffMs).toUTCString())
    if (next === 'hang') await new Promise<void>((resolve) => hanging.push(resolve))
    if (next === 'down') return void response.writeHead(502).end('<html>502 Bad Gateway</html>')
    if (next === 'garbage') return void response.writeHead(200).end('<html>\u767b\u5f55</html>')
    const { json, file } = typeof next === 'number' ? coded(next) : await answer(request, url, Buffer.concat(chunks))
    if (next === 'cut') return void request.socket.destroy()
    if (file) {
      response.setHeader('content-disposition', `attachment; filename="${file.name}"`)
      return void response.writeHead(200, { 'content-type': file.type }).end(file.bytes)
    }
    // The platform says text/plain, whatever it is.
    response
      .writeHead(200, { 'content-type': 'text/plain' })
      .end(typeof json === 'string' ? json : JSON.stringify(json))
  }

  const make = () => createServer((request, response) => void handle(request, response))
  let server = make()
  let port = 0
  const root = () => `http://127.0.0.1:${port}`
  const listen = () =>
    new Promise<void>((resolve) => {
      server = make()
      server.listen(port, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port
        resolve()
      })
    })
  const hangUp = () =>
    new Promise<void>((resolve) => {
      // Whoever held a connection has seen its end, and can't mistake it for a call that was cut off.
      server.close(() => setTimeout(resolve, 5))
      server.closeAllConnections()
    })
  await listen()

  const platform: ApiServer = {
    root: root(),
    onSent: null,
    answerHanging: () => hanging.splice(0).forEach((answer) => answer()),
    people: known,
    tokens: book,
    sent,
    calls,
    refusals,
    menu,
    media,
    templates,
    quota,
    settings,
    script: (path, ...answers) => void script.set(path, [...(script.get(path) ?? []), ...answers]),
    outage: (isDown) => (isDown ? hangUp() : listen()),
    close: hangUp,
  }
  return platform
}
