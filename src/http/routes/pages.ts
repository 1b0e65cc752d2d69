/** The pages: one built app, opened at a village's or a group's address. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HttpDeps } from '../deps.ts'
import { openedPage, openingOf } from '../opening.ts'
import { languageOf } from '../plugins/errors.ts'
import { chatVillage } from '../village.ts'

export async function pageRoutes(server: FastifyInstance, deps: HttpDeps): Promise<void> {
  if (deps.pages === null) return
  await server.register(fastifyStatic, {
    root: join(deps.pages, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
    preCompressed: true,
  })
  const page = readFileSync(join(deps.pages, 'index.html'), 'utf8')
  const policy = policyOf(page)
  const send = async (request: FastifyRequest, reply: FastifyReply, html: string) => {
    const encoding = encodingFor(request)
    return reply
      .headers({
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
        vary: 'accept-encoding, accept-language',
        ...(encoding && { 'content-encoding': encoding }),
      })
      .type('text/html; charset=utf-8')
      .send(encoding === null ? html : await COMPRESS[encoding](html))
  }
  for (const path of ['/', '/groups/:code']) server.get(path, (request, reply) => send(request, reply, page))
  server.get<{ Params: { code: string } }>('/chat/:code', async (request, reply) => {
    const { greeter } = deps
    const village = greeter && (await chatVillage(deps, request.params.code))
    if (!village) return send(request, reply, page)
    const opening = openingOf(village, languageOf(request, deps.defaultLocale), greeter, deps.zone)
    return send(request, reply, openedPage(page, opening, greeter))
  })
}

/** Scripts are our own files, and the few lines in the page itself. */
function policyOf(page: string): string {
  const inline = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  )
  return (
    `default-src 'self'; script-src 'self' ${inline.join(' ')}; img-src 'self' blob: data:; media-src 'self' blob:; ` +
    "style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
  )
}

/** Quick rather than small: it is made anew for each village. */
const COMPRESS = {
  br: (html: string) => promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: promisify(gzip) as (html: string) => Promise<Buffer>,
}

function encodingFor(request: FastifyRequest): keyof typeof COMPRESS | null {
  const accepted = (request.headers['accept-encoding'] ?? '').toLowerCase()
  return (['br', 'gzip'] as const).find((name) => new RegExp(`\\b${name}\\b`).test(accepted)) ?? null
}
