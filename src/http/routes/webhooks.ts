/** Routes that the channels bring: the platforms' calls reach them with the raw body. */
import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../deps.ts'

const MAX_BODY_BYTES = 1024 * 1024

export function webhookRoutes(server: FastifyInstance, deps: HttpDeps): void {
  void server.register((scope, _, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (_request, body, parsed) =>
      parsed(null, body),
    )
    for (const route of deps.webhooks) {
      scope.route({
        method: route.method,
        url: route.path,
        handler: async (request, reply) => {
          const answer = await route.handle({
            method: request.method,
            path: request.url,
            query: strings(request.query),
            headers: strings(request.headers),
            body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
          })
          if (answer.handedOver) watch(reply.raw, (isWhole) => answer.handedOver?.(isWhole))
          return reply.status(answer.status).headers(answer.headers).send(answer.body)
        },
      })
    }
    done()
  })
}

/** Tells once whether the answer left whole. */
function watch(raw: ServerResponse, tell: (isWhole: boolean) => void): void {
  if (raw.closed || raw.destroyed || !raw.socket || raw.socket.destroyed) return tell(false)
  raw.once('close', () => tell(raw.writableFinished))
}

const strings = (given: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given as object).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
