/** The OpenAPI document, made from the schemas that check the requests. */
import { z } from 'zod'
import * as contract from './contract.ts'

interface Operation {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly summary: string
  readonly token: boolean
  readonly query?: readonly string[]
  readonly body?: z.ZodType
  readonly bytes?: true
  /** `bytes`: the file itself. */
  readonly reply: z.ZodType | 'bytes'
  readonly status?: 202
}

export const OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/chat/villages/{code}',
    summary: 'The village of a code',
    token: false,
    reply: contract.ChatVillage,
  },
  {
    method: 'post',
    path: '/api/chat/messages',
    summary: 'Send a message; the answer comes once it is durable',
    token: true,
    body: contract.SendMessage,
    reply: contract.Accepted,
    status: 202,
  },
  {
    method: 'get',
    path: '/api/chat/messages',
    summary: 'Messages to this chat after a seq',
    token: true,
    query: ['after'],
    reply: contract.ChatMessages,
  },
  {
    method: 'get',
    path: '/api/chat/events',
    summary: 'The same as server-sent events, each a ChatMessage',
    token: true,
    query: ['after'],
    reply: contract.ChatMessage,
  },
  {
    method: 'post',
    path: '/api/chat/files',
    summary: 'Store a photo or a voice note',
    token: true,
    query: ['name'],
    bytes: true,
    reply: contract.StoredFile,
  },
  {
    method: 'get',
    path: '/api/chat/files/{id}',
    summary: 'A photo or recording of a matter, for whoever may see it',
    token: true,
    reply: 'bytes',
  },
  {
    method: 'get',
    path: '/api/groups/{code}',
    summary: 'What a demo group received',
    token: false,
    reply: contract.GroupPage,
  },
  { method: 'get', path: '/ready', summary: 'Whether the program can serve', token: false, reply: contract.Ready },
]

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' })

const BYTES = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }

const contentOf = (reply: Operation['reply']): object =>
  reply === 'bytes' ? BYTES : { 'application/json': { schema: schemaOf(reply) } }

export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of OPERATIONS) {
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    ;(paths[operation.path] ??= {})[operation.method] = {
      summary: operation.summary,
      security: operation.token ? [{ token: [] }] : [],
      parameters: [
        ...inPath.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
        ...(operation.query ?? []).map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
      ],
      ...(operation.body && {
        requestBody: { required: true, content: { 'application/json': { schema: schemaOf(operation.body) } } },
      }),
      ...(operation.bytes && {
        requestBody: {
          required: true,
          content: BYTES,
        },
      }),
      responses: {
        [operation.status ?? 200]: {
          description: 'ok',
          content: contentOf(operation.reply),
        },
        default: { description: 'refused', content: { 'application/json': { schema: schemaOf(contract.Failure) } } },
      },
    }
  }
  return {
    openapi: '3.0.3',
    info: { title: 'bangfu', version: '1' },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths,
  }
}
