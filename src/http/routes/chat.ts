/** The web chat: a page sends, reads what it missed, and listens. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../base/errors.ts'
import type { ReceivedBody } from '../../messaging/channel.ts'
import { chatMessage, inboxName } from '../chat-message.ts'
import { SendMessage, SEQ, type ChatMessages, type ChatVillage, type StoredFile } from '../contract.ts'
import type { HttpDeps } from '../deps.ts'
import { chatOf } from '../plugins/token.ts'
import { parse } from '../plugins/validate.ts'
import { chatVillage } from '../village.ts'

const PAGE_SIZE = 200
/** Photos and voice from a page; phones shrink photos before. */
const MAX_FILE_BYTES = 12 * 1024 * 1024
/** Proxies close streams that are silent for a minute. */
const HEARTBEAT_MS = 25_000

const After = z.object({ after: SEQ })
const Code = z.object({ code: z.string().regex(/^[0-9A-Za-z]{4,32}$/) })

export function chatRoutes(server: FastifyInstance, deps: HttpDeps): void {
  server.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: MAX_FILE_BYTES },
    (_, body, done) => done(null, body),
  )

  server.get('/api/chat/villages/:code', async (request): Promise<ChatVillage> => {
    const { code } = parse(Code, request.params)
    const village = await chatVillage(deps, code)
    if (!village) throw new AppError('NOT_FOUND')
    return village
  })

  server.post('/api/chat/messages', async (request, reply) => {
    const chat = chatOf(request)
    const message = parse(SendMessage, request.body)
    await deps.receive({
      channel: 'web',
      messageId: inboxName(chat, message.messageId),
      chat,
      from: chat,
      group: false,
      at: deps.clock.now(),
      language: message.language ?? null,
      body: await bodyOf(message, chat, deps),
    })
    return reply.status(202).send({ accepted: true })
  })

  server.get('/api/chat/messages', async (request): Promise<ChatMessages> => {
    const chat = chatOf(request)
    const { after } = parse(After, request.query)
    const sent = await deps.transcript('web', chat, after, PAGE_SIZE)
    return { messages: sent.map((outgoing) => chatMessage(outgoing, deps.zone)), more: sent.length === PAGE_SIZE }
  })

  server.get('/api/chat/events', async (request, reply) => {
    const chat = chatOf(request)
    const { after } = parse(After, request.query)
    await stream(chat, after, reply, deps)
  })

  server.post('/api/chat/files', { bodyLimit: MAX_FILE_BYTES }, async (request): Promise<StoredFile> => {
    const chat = chatOf(request)
    const { name } = parse(z.object({ name: z.string().max(200).default('') }), request.query)
    if (!Buffer.isBuffer(request.body)) throw new AppError('ARGUMENT_INVALID', { argument: 'body', reason: 'bytes' })
    const stored = await deps.storeFile(request.body, name, chat)
    return { file: stored.id, type: stored.type, bytes: stored.bytes }
  })
}

async function bodyOf({ body }: SendMessage, chat: string, deps: HttpDeps): Promise<ReceivedBody> {
  if (body.kind !== 'photo' && body.kind !== 'voice') return body
  const file = await deps.fileById(body.file, chat)
  if (!file) throw new AppError('NOT_FOUND')
  const named = { ...file, name: body.name }
  return body.kind === 'photo'
    ? { kind: 'photo', file: named }
    : { kind: 'voice', file: { ...named, type: asSound(file.type) }, transcript: body.transcript }
}

/** Browsers record sound into containers whose first bytes are those of a video. */
const asSound = (type: string): string => type.replace(/^video\/(webm|mp4)$/, 'audio/$1')

/** Server-sent events: first what was missed, then what comes; each event's id is the message's seq. */
async function stream(chat: string, after: string, reply: FastifyReply, deps: HttpDeps): Promise<void> {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  let last = after
  const write = (outgoing: Parameters<typeof chatMessage>[0]) => {
    if (outgoing.id <= last) return
    last = outgoing.id
    raw.write(`id: ${outgoing.id}\ndata: ${JSON.stringify(chatMessage(outgoing, deps.zone))}\n\n`)
  }
  const early: Parameters<typeof chatMessage>[0][] = []
  let live = false
  const deaf = deps.listen(chat, (outgoing) => (live ? write(outgoing) : early.push(outgoing)))
  const heartbeat = setInterval(() => raw.write(': \n\n'), HEARTBEAT_MS)
  raw.on('close', () => {
    clearInterval(heartbeat)
    deaf()
  })
  for (const outgoing of await deps.transcript('web', chat, after, PAGE_SIZE)) write(outgoing)
  for (const outgoing of early) write(outgoing)
  live = true
  raw.write(': ready\n\n')
}
