/** The poster of a village, to look at and to print: what hangs in the village anyway. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../base/errors.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../plugins/errors.ts'
import { parse } from '../plugins/validate.ts'

const Code = z.object({ code: z.string().regex(/^[0-9A-Za-z]{4,32}$/) })

/** One page with its own style and nothing else. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function posterRoutes(server: FastifyInstance, deps: HttpDeps): void {
  server.get('/posters/:code', async (request, reply) => {
    const { code } = parse(Code, request.params)
    const { lang } = parse(z.object({ lang: z.string().max(20).optional() }), request.query)
    const origin = `${request.protocol}://${request.host}`
    const page = await deps.poster?.(code.toLowerCase(), lang ?? languageOf(request, deps.defaultLocale), origin)
    if (page === undefined || page === null) throw new AppError('NOT_FOUND')
    return reply
      .headers({
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      .type('text/html; charset=utf-8')
      .send(page)
  })
}
