/** What a group received, to be looked at: only on a demo installation, where no real group stands behind it. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../base/errors.ts'
import { chatMessage } from '../chat-message.ts'
import type { GroupPage } from '../contract.ts'
import type { HttpDeps } from '../deps.ts'
import { parse } from '../plugins/validate.ts'

const SHOWN = 200
const Code = z.object({ code: z.string().regex(/^[0-9A-Za-z_-]{4,64}$/) })

export function groupRoutes(server: FastifyInstance, deps: HttpDeps): void {
  server.get('/api/groups/:code', async (request): Promise<GroupPage> => {
    const { code } = parse(Code, request.params)
    const group = deps.demo ? await deps.groupByPage(code) : null
    if (!group) throw new AppError('NOT_FOUND')
    const sent = await deps.transcript(group.channel, group.chat, '', SHOWN)
    return { title: group.title, demo: true, messages: sent.map((outgoing) => chatMessage(outgoing, deps.zone)) }
  })
}
