/** What platforms still let us send, kept through restarts: one row for each account. */
import { insertOnce, update, type Row, type Writer } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import type { Instant } from '../base/time.ts'
import type { QuotaKind, QuotaLedger, QuotaLeft, QuotaTaken, QuotaWindow } from '../channels/quota.ts'
import type { RowSource } from './row-source.ts'

/** Of as many at once one goes through at each try. */
const TRIES = 32

const EMPTY: QuotaLeft = { messageAt: null, messageLeft: 0, tapAt: null, tapLeft: 0, goneAt: null }

interface Step<T> {
  /** Null = nothing to write. */
  readonly set: Row | null
  readonly result: T
}

const NOTHING: Step<void> = { set: null, result: undefined }

/** Of accounts that are named `<channel> <account>`. */
export function quotaLedger(rows: RowSource, writer: Writer): QuotaLedger {
  const read = (id: string) => rows.first('ReplyQuota', { where: { id } })

  /** @throws AppError WRITE_CONFLICT */
  const change = async <T>(id: string, step: (now: QuotaLeft) => Step<T>): Promise<T> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const row = await read(id)
      const { set, result } = step(row ?? EMPTY)
      if (set === null) return result
      const outcome = await writer.commit([
        row
          ? update('ReplyQuota', id, row.revision, set)
          : insertOnce('ReplyQuota', { id, ...EMPTY, ...set, revision: 0 }),
      ])
      if (outcome.kind === 'committed') return result
    }
    throw new AppError('WRITE_CONFLICT', { turns: TRIES })
  }

  const ofThatWindow = (account: string, { kind, openedAt }: QuotaTaken, set: (left: number) => Row) =>
    change(account, (now) =>
      openedAtOf(now, kind) === openedAt ? { set: set(leftOf(now, kind)), result: undefined } : NOTHING,
    )

  return {
    open: (account, kind, allowed, at) =>
      change(account, (now) => {
        if ((openedAtOf(now, kind) ?? -Infinity) >= at) return NOTHING
        const isBack = now.goneAt !== null && now.goneAt <= at
        if (now.goneAt !== null && !isBack) return NOTHING
        return {
          set: { [`${kind}At`]: at, [`${kind}Left`]: allowed, ...(isBack && { goneAt: null }) },
          result: undefined,
        }
      }),
    async left(account) {
      const row = await read(account)
      if (!row) return null
      const { messageAt, messageLeft, tapAt, tapLeft, goneAt } = row
      return { messageAt, messageLeft, tapAt, tapLeft, goneAt }
    },
    take: (account, windows, at) =>
      change<QuotaTaken | null>(account, (now) => {
        const window = now.goneAt === null ? windows.find((each) => isOpen(now, each, at)) : undefined
        if (!window) return { set: null, result: null }
        const { kind } = window
        return {
          set: { [`${kind}Left`]: leftOf(now, kind) - 1 },
          result: { kind, openedAt: openedAtOf(now, kind) as Instant },
        }
      }),
    giveBack: (account, taken) => ofThatWindow(account, taken, (left) => ({ [`${taken.kind}Left`]: left + 1 })),
    // Forgotten that it was ever opened: whatever the person does next opens it, in the same second too.
    exhaust: (account, { kind, openedAt }) =>
      ofThatWindow(account, { kind, openedAt }, () => ({ [`${kind}At`]: null, [`${kind}Left`]: 0 })),
    gone: (account, at) =>
      change(account, (now) => {
        if (at === null) return now.goneAt === null ? NOTHING : { set: { goneAt: null }, result: undefined }
        if (Math.max(now.messageAt ?? -Infinity, now.tapAt ?? -Infinity) > at) return NOTHING
        return { set: { goneAt: at, messageLeft: 0, tapLeft: 0 }, result: undefined }
      }),
  }
}

const openedAtOf = (now: QuotaLeft, kind: QuotaKind): Instant | null => (kind === 'tap' ? now.tapAt : now.messageAt)
const leftOf = (now: QuotaLeft, kind: QuotaKind): number => (kind === 'tap' ? now.tapLeft : now.messageLeft)

function isOpen(now: QuotaLeft, { kind, ms }: QuotaWindow, at: Instant): boolean {
  const openedAt = openedAtOf(now, kind)
  return openedAt !== null && leftOf(now, kind) > 0 && at < openedAt + ms
}
