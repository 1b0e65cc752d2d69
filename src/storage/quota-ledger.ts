/** What platforms still let us send, kept through restarts: one row for each account. */
import { insertOnce, update, type Writer } from '../base/change.ts'
import type { Row } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import type { QuotaKind, QuotaLedger } from '../channels/quota.ts'
import type { RowSource } from './row-source.ts'

const TRIES = 5

const EMPTY = { messageAt: null, messageLeft: 0, tapAt: null, tapLeft: 0, goneAt: null } as const

/** Of accounts that are named `<channel> <account>`. */
export function quotaLedger(rows: RowSource, writer: Writer): QuotaLedger {
  const read = (id: string) => rows.first('ReplyQuota', { where: { id } })

  const change = async (id: string, set: (row: Record<QuotaKind, number>) => Row): Promise<void> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const row = await read(id)
      const next = set({ message: row?.messageLeft ?? 0, tap: row?.tapLeft ?? 0 })
      const outcome = await writer.commit([
        row
          ? update('ReplyQuota', id, row.revision, next)
          : insertOnce('ReplyQuota', { id, ...EMPTY, ...next, revision: 0 }),
      ])
      if (outcome.kind === 'committed') return
    }
    throw new AppError('WRITE_CONFLICT', { turns: TRIES })
  }

  return {
    open: (account, kind, allowed, at) =>
      change(account, () => ({ [`${kind}At`]: at, [`${kind}Left`]: allowed, goneAt: null })),
    async left(account) {
      const row = await read(account)
      return row
        ? {
            messageAt: row.messageAt,
            messageLeft: row.messageLeft,
            tapAt: row.tapAt,
            tapLeft: row.tapLeft,
            goneAt: row.goneAt,
          }
        : null
    },
    use: (account, kind) => change(account, (left) => ({ [`${kind}Left`]: Math.max(0, left[kind] - 1) })),
    exhaust: (account, kind) => change(account, () => ({ [`${kind}Left`]: 0 })),
    gone: (account, at) => change(account, () => ({ goneAt: at })),
  }
}
