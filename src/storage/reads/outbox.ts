import type { Instant } from '../../base/time.ts'
import type { OutboxReads, OutboxRecord, TranscriptRow } from '../../messaging/ports.ts'
import type { Query, RowSource } from '../row-source.ts'

type Chat = Awaited<ReturnType<OutboxReads['dueChats']>>[number]

/** Rows that are read at a time while looking for chats, so that one chat with a long queue costs no memory. */
const PAGE = 1_000

/** Until the person writes again. */
const WAITING = 'waiting'
/** What a channel is to be tried with; `unsendable` waits for a call. */
const TRIED = { notIn: [WAITING, 'unsendable'] }

export function outboxReads(rows: RowSource): OutboxReads {
  const find = async (query: Query<'Outbox'>) => (await rows.find('Outbox', query)) as OutboxRecord[]
  return {
    async dueChats(at, limit, except) {
      const chats = new Map<string, Chat>()
      let after: { dueAt: Instant; id: string } | null = null
      while (chats.size < limit) {
        const due = await duePage(rows, at, except, after)
        for (const { channel, chat } of due) {
          if (chats.size < limit) chats.set(`${channel} ${chat}`, { channel, chat } as Chat)
        }
        const last = due.at(-1)
        if (due.length < PAGE || !last?.dueAt) break
        after = { dueAt: last.dueAt, id: last.id }
      }
      return [...chats.values()]
    },
    unsettled: (channel, chat, limit) =>
      find({ where: { channel, chat, dueAt: { not: null }, state: TRIED }, order: ['id'], limit }),
    unsettledChats: () => chatsWith(rows, TRIED),
    waitingRows: (channel, chat, limit) =>
      find({ where: { channel, chat, dueAt: { not: null }, state: WAITING }, order: ['id'], limit }),
    waitingChats: () => chatsWith(rows, WAITING),
    unreached: (never, waitingBefore, limit) =>
      find({
        where: {
          dueAt: { gte: never, lte: never },
          or: [{ state: 'unsendable' }, { state: WAITING, createdAt: { lt: waitingBefore } }],
        },
        order: ['id'],
        limit,
      }),
    leasedElsewhere: (token, limit) =>
      find({
        where: { state: 'sending', dueAt: { not: null }, or: [{ leaseToken: null }, { leaseToken: { not: token } }] },
        order: ['id'],
        limit,
      }),
    lane: (id) => rows.first('OutboxLane', { where: { id } }),
    async nextDue() {
      const where = { dueAt: { not: null }, state: TRIED }
      return (await rows.first('Outbox', { columns: ['dueAt'], where, order: ['dueAt'] }))?.dueAt ?? null
    },
    async transcript(channel, chat, afterId, limit) {
      const found = await rows.find('Outbox', {
        columns: ['id', 'channel', 'chat', 'state', 'payload', 'createdAt'],
        where: { channel, chat, id: { gt: afterId }, state: { in: ['sent', 'sending', 'unknown'] } },
        order: ['id'],
        limit,
      })
      return found as TranscriptRow[]
    },
  }
}

async function chatsWith(rows: RowSource, state: string | typeof TRIED): Promise<Chat[]> {
  const chats = new Map<string, Chat>()
  for (let after = ''; ;) {
    const page = await rows.find('Outbox', {
      columns: ['id', 'channel', 'chat'],
      where: { dueAt: { not: null }, state, id: { gt: after } },
      order: ['id'],
      limit: PAGE,
    })
    for (const { channel, chat } of page) chats.set(`${channel} ${chat}`, { channel, chat } as Chat)
    const last = page.at(-1)
    if (page.length < PAGE || !last) return [...chats.values()]
    after = last.id
  }
}

async function duePage(
  rows: RowSource,
  at: Instant,
  except: readonly string[],
  after: { dueAt: Instant; id: string } | null,
) {
  return rows.find('Outbox', {
    columns: ['id', 'channel', 'chat', 'dueAt'],
    where: {
      dueAt: { lte: at, ...(after && { gte: after.dueAt }) },
      ...(except.length > 0 && { channel: { notIn: except } }),
      ...(after && { or: [{ dueAt: { gt: after.dueAt } }, { id: { gt: after.id } }] }),
    },
    order: ['dueAt', 'id'],
    limit: PAGE,
  })
}
