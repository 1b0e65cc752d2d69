/** Reads of the funnel: conversations by id in pages, and their logs without what was said. */
import type { FunnelReads } from '../../reports/ports.ts'
import type { RowSource } from '../row-source.ts'
import { inParts } from './lists.ts'

/** Conversations a page; each has some twenty lines. */
const PAGE = 500

/** As far as the funnel looks into a parked state. */
interface Parked {
  readonly cursor: string | null
  readonly attempts: number
  readonly more: { readonly left?: string }
}

export function funnelReads(rows: RowSource): FunnelReads {
  return {
    async *conversations({ flow, startedAt: { from, before } }) {
      const startedAt = { ...(from !== null && { gte: from }), ...(before !== null && { lt: before }) }
      const where = { flow, ...((from !== null || before !== null) && { startedAt }) }
      for (let after = ''; ;) {
        const page = await rows.find('Conversation', {
          columns: ['id', 'phase', 'state'],
          where: { ...where, id: { gt: after } },
          order: ['id'],
          limit: PAGE,
        })
        if (page.length > 0)
          yield page.map(({ id, phase, state }) => {
            const { cursor, attempts, more } = state as unknown as Parked
            return { id, phase, at: cursor ?? (phase === 'review' ? '' : (more.left ?? null)), attempts }
          })
        const last = page.at(-1)
        if (page.length < PAGE || !last) return
        after = last.id
      }
    },
    async answerLines(conversationIds) {
      const lines = await inParts(conversationIds, (part) =>
        rows.find('Answer', {
          columns: ['conversationId', 'question', 'kind', 'raw', 'attempt'],
          where: { conversationId: { in: part } },
        }),
      )
      return lines.map(({ raw, ...line }) => ({ ...line, said: raw !== '' }))
    },
  }
}
