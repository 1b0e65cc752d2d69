/**
 * Telegram as its documentation says, on 127.0.0.1: polls are held and confirmed by their offset, a webhook is called until it
 * answers 200, texts are parsed and measured, buttons and chats are checked, files go both ways.
 */
import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { CallbackQuery, Message, Update, User } from 'grammy/types'
import { telegramChannel, type TelegramOptions } from '../../../src/channels/telegram/telegram.ts'
import type { Channel } from '../../../src/messaging/channel.ts'
import type { Lent } from '../lent.ts'
import type { Fault, Shown, StandIn } from '../stand-in.ts'
import { parseHtml } from './html.ts'
import { localServer, type Asked, type Field } from './server.ts'

export const TOKEN = '7000000001:AAH-stand_in-of-our-own'
export const SECRET = 'webhook-secret-of-a-test'
const BOT: User & Record<string, unknown> = {
  id: 7_000_000_001,
  is_bot: true,
  first_name: '帮扶通',
  username: 'bangfu_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
}
const PERSON = '52000000001'
const GROUP = '-4000000001'
const WAIT_SECONDS = 7

export interface Answer {
  readonly status?: number
  /** `ok: false` and a description, or a result. */
  readonly body: unknown
}

const failure = (code: number, description: string, parameters?: object): Answer => ({
  status: code,
  body: { ok: false, error_code: code, description, ...(parameters && { parameters }) },
})
export const ERRORS = {
  tooFast: failure(429, 'Too Many Requests: retry after 7', { retry_after: WAIT_SECONDS }),
  down: failure(502, 'Bad Gateway'),
  token: failure(401, 'Unauthorized'),
  blocked: failure(403, 'Forbidden: bot was blocked by the user'),
  kicked: failure(403, 'Forbidden: bot was kicked from the group chat'),
  empty: failure(400, 'Bad Request: message text is empty'),
  notFound: failure(400, 'Bad Request: chat not found'),
  entities: failure(400, "Bad Request: can't parse entities: Unsupported start tag"),
  otherPoller: failure(409, 'Conflict: terminated by other getUpdates request'),
  moved: (to: string) =>
    failure(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: Number(to) }),
}

/** A call, or what to do with its connection. */
type Scripted = Answer | 'cut' | 'cut after' | 'hang'

export interface TelegramStandIn extends StandIn {
  readonly root: string
  readonly calls: { readonly method: string; readonly fields: ReadonlyMap<string, Field> }[]
  /** Next answers of a method, before it does what it should. */
  script(method: string, ...answers: Scripted[]): void
  /** Resolves when it is confirmed, or the webhook answered 200. */
  push(update: Partial<Update>): Promise<void>
  /** A message as the platform would send it. */
  message(chat: string, user: string, more: Partial<Message>): Partial<Update>
  /** Confirmed by the last poll. */
  confirmed(): number
  webhook(): { url: string; secret: string } | null
  put(path: string, bytes: Uint8Array): string
  /** Seconds that the platform's clock is off ours. */
  drift: number
  readonly edits: { readonly chat: string; readonly text: string | null; readonly keyboard: string }[]
  /** Names that getChatMember knows. */
  readonly members: Map<string, string>
}

export interface StandInOptions extends TelegramOptions {
  readonly webhook?: boolean
  readonly sensitive?: 'refuse' | 'allow'
  readonly proxy?: string
}

/** As the shortened form is defined: a mark, and 22 characters of the hash. */
const shortOf = (id: string): string => `~${createHash('sha256').update(id).digest('base64url').slice(0, 22)}`

const SENDING = new Set(['sendMessage', 'sendPhoto', 'sendDocument'])

export async function telegramStandIn(lent: Lent, options: StandInOptions = {}): Promise<TelegramStandIn> {
  const calls: TelegramStandIn['calls'] = []
  const scripts = new Map<string, Scripted[]>()
  const shown = new Map<string, Shown[]>()
  const sentTo = new Map<string, Message[]>()
  const edits: TelegramStandIn['edits'][number][] = []
  const files = new Map<string, Uint8Array>()
  const members = new Map<string, string>()
  const queue: Update[] = []
  const waiting = new Map<number, () => void>()
  let confirmed = 0
  let updateId = 900_000
  let messageId = 100
  let held: { respond: () => void; timer: NodeJS.Timeout } | null = null
  let hook: { url: string; secret: string } | null = null
  let last: Update | null = null
  let refused = 0
  let queryId = 0
  const queries = new Set<string>()

  const reply = (response: ServerResponse, { status = 200, body }: Answer) => {
    const date = new Date(Date.now() + self.drift * 1000).toUTCString()
    response.writeHead(status, { 'content-type': 'application/json', date })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  const ok = (response: ServerResponse, result: unknown) => reply(response, { body: { ok: true, result } })

  const server = await localServer((asked, response) => {
    const [, method] = asked.path.match(/^\/bot[^/]+\/(\w+)$/) ?? []
    if (asked.path.startsWith(`/file/bot${TOKEN}/`)) return giveFile(asked.path, response)
    if (method === undefined) return reply(response, { status: 302, body: '' })
    if (!asked.path.startsWith(`/bot${TOKEN}/`)) return reply(response, ERRORS.token)
    calls.push({ method, fields: asked.fields })
    const scripted = scripts.get(method)?.shift()
    if (scripted === 'cut') return void asked.socket.destroy()
    if (scripted === 'hang') return
    if (scripted && scripted !== 'cut after') return reply(response, scripted)
    const answer = METHODS[method]
    if (!answer) return reply(response, failure(404, 'Not Found'))
    answer(asked, response, scripted === 'cut after' ? asked.socket : null)
  })

  function giveFile(path: string, response: ServerResponse): void {
    const bytes = files.get(decodeURIComponent(path.slice(`/file/bot${TOKEN}/`.length)))
    if (bytes) response.end(bytes)
    else reply(response, failure(404, 'Not Found'))
  }

  function poll({ fields }: Asked, response: ServerResponse): void {
    if (hook) return reply(response, failure(409, "Conflict: can't use getUpdates method while webhook is active"))
    if (held) {
      clearTimeout(held.timer)
      held.respond()
    }
    const offset = Number(fields.get('offset')?.value ?? 0)
    if (offset > confirmed) confirmed = offset
    while (queue[0] && queue[0].update_id < offset) queue.shift()
    for (const [id, resolve] of waiting) {
      if (id >= offset) continue
      waiting.delete(id)
      resolve()
    }
    const respond = () => {
      held = null
      ok(response, queue.slice(0, 100))
    }
    if (queue.length > 0) return respond()
    const timer = setTimeout(respond, Number(fields.get('timeout')?.value ?? 0) * 1000)
    response.on('close', () => {
      clearTimeout(timer)
      if (held?.timer === timer) held = null
    })
    held = { respond, timer }
  }

  function send({ fields, path }: Asked, response: ServerResponse, cut: Socket | null): void {
    const chat = fields.get('chat_id')?.value ?? ''
    if (!/^-?\d+$/.test(chat)) return reply(response, ERRORS.notFound)
    const isFile = !path.endsWith('/sendMessage')
    const raw = fields.get(isFile ? 'caption' : 'text')?.value ?? ''
    const isHtml = fields.get('parse_mode')?.value === 'HTML'
    const parsed = isHtml ? parseHtml(raw) : { text: raw, entities: [] }
    if (!parsed) return reply(response, ERRORS.entities)
    const text = parsed.text.trim()
    if (text === '' && !isFile) return reply(response, ERRORS.empty)
    if (text.length > (isFile ? 1024 : 4096)) return reply(response, failure(400, 'Bad Request: message is too long'))
    const markup = fields.get('reply_markup')?.value
    const keyboard = (markup === undefined ? [] : JSON.parse(markup).inline_keyboard) as {
      text: string
      callback_data: string
    }[][]
    const buttons = keyboard.flat()
    if (buttons.some(({ callback_data: data }) => data === '' || Buffer.byteLength(data) > 64)) {
      return reply(response, failure(400, 'Bad Request: BUTTON_DATA_INVALID'))
    }
    const attached = [...fields.values()].find(({ file }) => file !== null)?.file ?? null
    const linked = parsed.entities.flatMap(({ url }) => /^tg:\/\/user\?id=(\d+)$/.exec(url ?? '')?.[1] ?? [])
    // As the apps find them in any text.
    const named = [...text.matchAll(/(?<![\w.])@([A-Za-z]\w{2,31})/g)].map(([, name]) => name as string)
    const calledName = linked.length > 0 ? parsed.entities.find(({ url }) => url?.startsWith('tg://')) : undefined
    const message = {
      message_id: ++messageId,
      date: Math.floor(Date.now() / 1000),
      chat: { id: Number(chat), type: chat.startsWith('-') ? 'group' : 'private' },
      from: BOT,
      ...(isFile ? { caption: text, caption_entities: parsed.entities } : { text, entities: parsed.entities }),
      ...(markup !== undefined && { reply_markup: { inline_keyboard: keyboard } }),
    } as unknown as Message
    sentTo.set(chat, [...(sentTo.get(chat) ?? []), message])
    const seen: Shown = {
      chat,
      text: calledName ? text.slice(text.indexOf('\n') + 1) : text,
      raw,
      choices: buttons.map(({ text: label, callback_data: id }) => ({ id, label })),
      mentioned: [...linked, ...named],
      file: attached,
    }
    shown.set(chat, [...(shown.get(chat) ?? []), seen])
    if (cut) cut.destroy()
    else ok(response, message)
  }

  function edit({ fields, path }: Asked, response: ServerResponse): void {
    const markup = fields.get('reply_markup')?.value
    const text = fields.get('text')?.value ?? fields.get('caption')?.value ?? null
    if (path.endsWith('Text') && (text ?? '').length > 4096)
      return reply(response, failure(400, 'Bad Request: message is too long'))
    edits.push({ chat: fields.get('chat_id')?.value ?? '', text, keyboard: markup ?? '' })
    ok(response, true)
  }

  const METHODS: Readonly<Record<string, (asked: Asked, response: ServerResponse, cut: Socket | null) => void>> = {
    getMe: (_, response) => ok(response, BOT),
    getUpdates: poll,
    sendMessage: send,
    sendPhoto: send,
    sendDocument: send,
    editMessageText: edit,
    editMessageCaption: edit,
    editMessageReplyMarkup: edit,
    setWebhook({ fields }, response) {
      hook = { url: fields.get('url')?.value ?? '', secret: fields.get('secret_token')?.value ?? '' }
      if (!hook.url.startsWith('https:')) {
        hook = null
        return reply(response, failure(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook'))
      }
      ok(response, true)
    },
    deleteWebhook(_, response) {
      hook = null
      ok(response, true)
    },
    getWebhookInfo: (_, response) => ok(response, { url: hook?.url ?? '', pending_update_count: queue.length }),
    answerCallbackQuery({ fields }, response) {
      if (queries.delete(fields.get('callback_query_id')?.value ?? '')) return ok(response, true)
      reply(response, failure(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'))
    },
    getFile({ fields }, response) {
      const id = fields.get('file_id')?.value ?? ''
      if (!files.has(id)) return reply(response, failure(400, 'Bad Request: invalid file_id'))
      if ((files.get(id)?.length ?? 0) > 20 * 1024 * 1024)
        return reply(response, failure(400, 'Bad Request: file is too big'))
      ok(response, { file_id: id, file_unique_id: id, file_path: id })
    },
    getChatMember({ fields }, response) {
      const id = fields.get('user_id')?.value ?? ''
      const name = members.get(id)
      if (name === undefined) return reply(response, failure(400, 'Bad Request: PARTICIPANT_ID_INVALID'))
      ok(response, { status: 'member', user: { id: Number(id), is_bot: false, first_name: name } })
    },
  }
  members.set(PERSON, '石二妹')

  async function call(update: Update): Promise<void> {
    const [route] = channel.routes ?? []
    for (let tries = 0; tries < 20 && hook; tries++) {
      const answer = await route?.handle({
        method: 'POST',
        path: new URL(hook.url).pathname,
        query: {},
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': hook.secret },
        body: Buffer.from(JSON.stringify(update)),
      })
      if (answer?.status === 200) return
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }

  async function arrive(update: Update): Promise<void> {
    last = update
    if (options.webhook) {
      while (!hook) await new Promise((resolve) => setTimeout(resolve, 2))
      return call(update)
    }
    queue.push(update)
    const done = new Promise<void>((resolve) => waiting.set(update.update_id, resolve))
    if (held) {
      clearTimeout(held.timer)
      held.respond()
    }
    return done
  }

  const real = telegramChannel(
    {
      TELEGRAM_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: server.root,
      TELEGRAM_SENSITIVE: options.sensitive ?? 'allow',
      TELEGRAM_WEBHOOK_SECRET: options.webhook ? SECRET : undefined,
      TELEGRAM_PROXY: options.proxy,
    },
    lent,
    { callMs: 1000, connectMs: 300, pause: () => new Promise((resolve) => setTimeout(resolve, 3)), ...options },
  )

  const channel: Channel = {
    ...real,
    async send(outgoing) {
      if (refused === 0) return real.send(outgoing)
      refused -= 1
      await server.shut()
      await new Promise((resolve) => setTimeout(resolve, 5))
      const outcome = await real.send(outgoing)
      await server.open()
      return outcome
    },
  }

  const chatOf = (chat: string) =>
    chat.startsWith('-')
      ? { id: Number(chat), type: 'group', title: '村干部群' }
      : { id: Number(chat), type: 'private' }
  const userOf = (user: string) => ({ id: Number(user), is_bot: false, first_name: '石二妹', language_code: 'zh-hans' })
  const update = (more: Partial<Update>): Update => ({ update_id: ++updateId, ...more }) as Update
  const messageIn = (chat: string, user: string, more: Partial<Message>): Partial<Update> => ({
    message: {
      message_id: ++messageId,
      date: Math.floor(Date.now() / 1000),
      chat: chatOf(chat),
      from: userOf(user),
      ...more,
    } as unknown as NonNullable<Update['message']>,
  })

  const FAULTS: Partial<Record<Fault, Scripted>> = {
    too_fast: ERRORS.tooFast,
    down: ERRORS.down,
    cut: 'cut after',
    garbage: { body: '<html>captive portal</html>' },
    token: ERRORS.token,
    blocked: ERRORS.blocked,
    content: ERRORS.empty,
  }

  const self: TelegramStandIn = {
    channel,
    root: server.root,
    calls,
    edits,
    members,
    drift: 0,
    script: (method, ...answers) => void scripts.set(method, [...(scripts.get(method) ?? []), ...answers]),
    push: (more) => arrive(update(more)),
    message: messageIn,
    confirmed: () => confirmed,
    webhook: () => hook,
    put(path, bytes) {
      files.set(path, bytes)
      return path
    },
    says: (user, text) => arrive(update(messageIn(user, user, { text }))),
    saysInGroup: (chat, user, text) =>
      arrive(
        update(
          messageIn(chat, user, {
            text: `@bangfu_bot ${text}`,
            entities: [{ type: 'mention', offset: 0, length: 11 }],
          }),
        ),
      ),
    forwards: (chat, user, text) =>
      arrive(
        update(
          messageIn(chat, user, {
            text,
            forward_origin: { type: 'hidden_user', date: 1, sender_user_name: '王书记' },
          }),
        ),
      ),
    sends(user, what, bytes) {
      const path = self.put(what === 'photo' ? 'photos/file_1.jpg' : 'voice/file 2.oga', bytes)
      const file = { file_id: path, file_unique_id: path, file_size: bytes.length }
      const small = { ...file, file_id: 'thumbnail', width: 90, height: 60 }
      const more =
        what === 'photo'
          ? { photo: [small, { ...file, width: 1280, height: 960 }] }
          : { voice: { ...file, duration: 3, mime_type: 'audio/ogg' } }
      return arrive(update(messageIn(user, user, more)))
    },
    isAt: (user, latitude, longitude) => arrive(update(messageIn(user, user, { location: { latitude, longitude } }))),
    arrives(user, payload) {
      const entities = [{ type: 'bot_command' as const, offset: 0, length: 6 }]
      return arrive(update(messageIn(user, user, { text: `/start ${payload}`, entities })))
    },
    taps(user, id) {
      const under = [...(sentTo.get(user) ?? [])].reverse().find((message) => message.reply_markup)
      const places = shown.get(user) ?? []
      const asked = [...places].reverse().find(({ choices }) => choices.length > 0)
      const data = asked?.choices.find((choice) => choice.id === id || choice.id === shortOf(id))?.id ?? id
      const query = String(++queryId)
      queries.add(query)
      const tap = { id: query, from: userOf(user), message: under, chat_instance: '1', data }
      return arrive(update({ callback_query: tap as unknown as CallbackQuery }))
    },
    async repeats() {
      if (last) await arrive(last)
    },
    shown: (chat) => shown.get(chat) ?? [],
    fail(fault, times = 1) {
      if (fault === 'refused') refused += times
      const scripted = FAULTS[fault]
      if (scripted) for (const method of SENDING) self.script(method, ...Array<Scripted>(times).fill(scripted))
    },
    outage: (isDown) => (isDown ? server.shut() : server.open()),
    waitSeconds: WAIT_SECONDS,
    log: () => lent.logged.join('\n'),
    secrets: [TOKEN, TOKEN.slice(TOKEN.indexOf(':') + 1), SECRET],
    person: PERSON,
    group: GROUP,
    skips: {
      'fault window': 'Telegram lets a bot write to whoever has started it, at any time',
      'words of a recording': 'Telegram gives no transcript to bots',
    },
    async close() {
      if (held) clearTimeout(held.timer)
      await server.shut()
    },
  }
  return self
}
