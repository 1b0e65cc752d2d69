/** The pages: one built app, opened at a village's or a group's address. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../deps.ts'

const POLICY =
  "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

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
  for (const path of ['/', '/chat/:code', '/groups/:code']) {
    server.get(path, (_, reply) =>
      reply
        .headers({
          'content-security-policy': POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        })
        .type('text/html; charset=utf-8')
        .send(page),
    )
  }
}
