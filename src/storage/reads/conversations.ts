import type { ConversationReads, ConversationRecord, InboxRecord } from '../../messaging/ports.ts'
import type { Query, RowSource } from '../row-source.ts'
import { identitiesWhere } from './people.ts'

export function conversationReads(rows: RowSource): ConversationReads {
  const find = async (query: Query<'Conversation'>) =>
    (await rows.find('Conversation', query)) as unknown as ConversationRecord[]
  return {
    identity: async (channel, user, on) => (await identitiesWhere(rows, { channel, user }, on))[0] ?? null,
    identityById: async (id) => (await identitiesWhere(rows, { id }))[0] ?? null,
    openConversation: async (openKey) => (await find({ where: { openKey }, limit: 1 }))[0] ?? null,
    conversation: async (id) => (await find({ where: { id }, limit: 1 }))[0] ?? null,
    drafts: (identityId) =>
      find({ where: { identityId, phase: 'draft' }, order: [{ down: 'updatedAt' }, { down: 'id' }] }),
    async answers(conversationId) {
      const log = await rows.find('Answer', { columns: LOG, where: { conversationId }, order: ['seq', 'id'] })
      return log.map(({ id: _, ...entry }) => entry) as Awaited<ReturnType<ConversationReads['answers']>>
    },
    async answerIds(conversationId) {
      const found = await rows.find('Answer', { columns: ['id'], where: { conversationId }, order: ['seq', 'id'] })
      return found.map(({ id }) => String(id))
    },
    dueConversations: (at, limit) => find({ where: { wakeAt: { lte: at } }, order: ['wakeAt', 'id'], limit }),
    async nextWake() {
      const where = { wakeAt: { not: null } }
      return (await rows.first('Conversation', { columns: ['wakeAt'], where, order: ['wakeAt'] }))?.wakeAt ?? null
    },
    inbox: async (id) => (await rows.first('Inbox', { where: { id } })) as InboxRecord | null,
    failedInbox: async (limit) =>
      (await rows.find('Inbox', {
        where: { state: 'failed' },
        order: ['receivedAt', 'id'],
        limit,
      })) as InboxRecord[],
  }
}

const LOG = ['id', 'seq', 'question', 'kind', 'raw', 'value', 'approximate', 'attempt', 'at'] as const
