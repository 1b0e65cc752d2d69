/** Photos and recordings, for whoever may see the matter that they were sent for. Nobody learns whether there is another. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../base/errors.ts'
import type { HttpDeps } from '../deps.ts'
import { chatOf } from '../plugins/token.ts'
import { parse } from '../plugins/validate.ts'

const Id = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) })

export function fileRoutes(server: FastifyInstance, deps: HttpDeps): void {
  server.get('/api/chat/files/:id', async (request, reply) => {
    const chat = chatOf(request)
    const { id } = parse(Id, request.params)
    const file = await deps.openFile(chat, id)
    if (!file) throw new AppError('NOT_FOUND')
    return reply
      .headers({
        'content-type': file.type,
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-store',
      })
      .send(Buffer.from(file.bytes))
  })
}
