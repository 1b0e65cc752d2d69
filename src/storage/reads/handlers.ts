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
    async householdsIn(territoryId, limit) {
      const found = await rows.find('Household', { columns: ['id'], where: { territoryId }, order: ['id'], limit })
      return found.map(({ id }) => id)
    },
    async lastSubmitted(identityId) {
      const order = [{ down: 'submittedAt' }, { down: 'id' }] as const
      const found = await rows.first('Submission', { columns: ['submittedAt'], where: { identityId }, order })
      return found?.submittedAt ?? null
    },
    async caseId(number) {
      return (await rows.first('Case', { columns: ['id'], where: { number } }))?.id ?? null
    },
    async lastFeedback(caseId) {
      const order = [{ down: 'at' }, { down: 'id' }] as const
      return (await rows.first('Feedback', { columns: ['at'], where: { caseId }, order }))?.at ?? null
    },
  }
}
