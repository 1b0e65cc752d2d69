/**
 * The HTTP side: chat pages and their API, webhooks of the channels, health. Built apart from listening, so that tests inject.
 * Not here: what a message means (messaging/), who may see a case (domain/).
 */
import fastify, { type FastifyInstance } from 'fastify'
import type { HttpDeps } from './deps.ts'
import { openApiDocument } from './openapi.ts'
import { answerErrors } from './plugins/errors.ts'
import { chatRoutes } from './routes/chat.ts'
import { groupRoutes } from './routes/groups.ts'
import { fileRoutes } from './routes/files.ts'
import { healthRoutes } from './routes/health.ts'
import { pageRoutes } from './routes/pages.ts'
import { posterRoutes } from './routes/posters.ts'
import { voiceRoutes } from './routes/voice.ts'
import { webhookRoutes } from './routes/webhooks.ts'

const MAX_JSON_BYTES = 256 * 1024
/** Of receiving one request, in milliseconds: a recording over a slow line needs minutes, nothing needs more. */
const REQUEST_MS = 300_000

export async function buildServer(deps: HttpDeps): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: MAX_JSON_BYTES,
    requestTimeout: REQUEST_MS,
    trustProxy: true,
    forceCloseConnections: true,
  })
  answerErrors(server, deps)
  healthRoutes(server, deps)
  chatRoutes(server, deps)
  fileRoutes(server, deps)
  groupRoutes(server, deps)
  webhookRoutes(server, deps)
  server.get('/api/openapi.json', () => openApiDocument())
  posterRoutes(server, deps)
  await voiceRoutes(server, deps)
  await pageRoutes(server, deps)
  return server
}
