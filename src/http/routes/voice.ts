/** Recorded prompts, read only: exactly the files that were found when the program started, whatever an address says. */
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../../base/errors.ts'
import type { HttpDeps } from '../deps.ts'

/** Recordings change seldom; a new one under an old name is heard a day later. */
const KEPT_FOR = '1d'

export async function voiceRoutes(server: FastifyInstance, { voices }: HttpDeps): Promise<void> {
  if (!voices) return
  await server.register(fastifyStatic, { root: voices.root, serve: false })
  server.get<{ Params: { language: string; flow: string; file: string } }>(
    '/voice/:language/:flow/:file',
    (request, reply) => {
      const { language, flow, file } = request.params
      const path = voices.find(`${language}/${flow}/${file}`)
      if (path === null) throw new AppError('NOT_FOUND')
      return reply
        .header('x-content-type-options', 'nosniff')
        .sendFile(path, voices.root, { maxAge: KEPT_FOR, dotfiles: 'deny' })
    },
  )
}
