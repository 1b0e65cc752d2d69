import type { HandlerReads } from '../../messaging/ports.ts'
import type { RowSource } from '../row-source.ts'

export function handlerReads(rows: RowSource): HandlerReads {
  return {
    waiting: (courseId) => rows.count('Enrolment', { courseId, state: 'waiting' }),
    async profilePhone(id) {
      const profile = await rows.first('Profile', { columns: ['phone'], where: { id } })
      return profile?.phone?.replace(/\D/g, '') || null
    },
    async lastEvent(caseId, what) {
      const order = [{ down: 'at' }, { down: 'id' }] as const
      return (await rows.first('CaseEvent', { columns: ['at'], where: { caseId, what }, order }))?.at ?? null
    },
    fruitless: (flow, identityId, since) =>
      rows.count('Submission', { flow, identityId, submittedAt: { gte: since }, matter: null }),
    async submitted(flow, territoryId, limit) {
      const found = await rows.find('Submission', {
        columns: ['answers'],
        where: { flow, territoryId },
        order: [{ down: 'submittedAt' }, { down: 'id' }],
        limit,
      })
      return found.map(({ answers }) => JSON.parse(answers) as Awaited<ReturnType<HandlerReads['submitted']>>[number])
    },
  }
}
