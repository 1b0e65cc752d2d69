import type { FastifyInstance } from 'fastify'
import { formatInstant, SECOND } from '../../base/time.ts'
import type { HttpDeps } from '../deps.ts'

/** A message that is due and unsent for longer means that something is stuck. */
const STUCK_AFTER_SECONDS = 300

export function healthRoutes(server: FastifyInstance, deps: HttpDeps): void {
  server.get('/health', () => ({ alive: true }))

  server.get('/ready', async (_, reply) => {
    const { database, oldestDue, lastTick } = await deps.readiness()
    const oldestDueSeconds =
      oldestDue === null ? null : Math.max(0, Math.round((deps.clock.now() - oldestDue) / SECOND))
    const ready = database && (oldestDueSeconds ?? 0) < STUCK_AFTER_SECONDS
    return reply.status(ready ? 200 : 503).send({
      ready,
      database,
      oldestDueSeconds,
      lastTickAt: lastTick === null ? null : formatInstant(lastTick, deps.zone),
    })
  })

  server.get('/metrics', async (_, reply) =>
    reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(await deps.metrics()),
  )
}
