/** What platforms still let us send: kept, taken one at a time, and told late or twice without harm. */
import { describe, expect, test } from 'vitest'
import { HOUR, instant, MINUTE } from '../../src/base/time.ts'
import type { QuotaLedger, QuotaWindow } from '../../src/channels/quota.ts'
import { quotaLedger } from '../../src/storage/quota-ledger.ts'
import type { Storage } from '../../src/storage/assemble.ts'
import type { Subject } from './contract.ts'

const AT = instant(Date.parse('2026-11-22T01:00:00Z'))
const later = (ms: number) => instant(AT + ms)
const WHO = 'wechat oSomebody'
const WINDOWS: readonly QuotaWindow[] = [
  { kind: 'tap', ms: MINUTE },
  { kind: 'message', ms: 48 * HOUR },
]

const ledgerOf = (storage: Storage): QuotaLedger => quotaLedger(storage.reads.rows, storage.writer)

export function quotaContract(subject: Subject): void {
  describe('what a platform lets us send', () => {
    test('nothing to somebody who did nothing', async () => {
      const ledger = ledgerOf(await subject.fresh())
      expect(await ledger.left(WHO)).toBeNull()
      expect(await ledger.take(WHO, WINDOWS, AT)).toBeNull()
      await ledger.giveBack(WHO, { kind: 'tap', openedAt: AT })
      await ledger.exhaust(WHO, { kind: 'tap', openedAt: AT })
      expect(await ledger.left(WHO)).toBeNull()
    })

    test('as many as were opened, of the first window that is open', async () => {
      const ledger = ledgerOf(await subject.fresh())
      await ledger.open(WHO, 'message', 2, AT)
      await ledger.open(WHO, 'tap', 1, AT)
      expect(await ledger.take(WHO, WINDOWS, AT)).toEqual({ kind: 'tap', openedAt: AT })
      expect(await ledger.take(WHO, WINDOWS, AT)).toEqual({ kind: 'message', openedAt: AT })
      expect(await ledger.take(WHO, WINDOWS, later(48 * HOUR - 1))).toEqual({ kind: 'message', openedAt: AT })
      expect(await ledger.take(WHO, WINDOWS, AT)).toBeNull()
      expect(await ledger.left('wechat oSomebodyElse')).toBeNull()
    })

    test('a window ends at its time', async () => {
      const ledger = ledgerOf(await subject.fresh())
      await ledger.open(WHO, 'tap', 3, AT)
      expect(await ledger.take(WHO, WINDOWS, later(MINUTE))).toBeNull()
      expect(await ledger.take(WHO, WINDOWS, later(MINUTE - 1))).not.toBeNull()
    })

    test('twenty at the same time get no more than there are', async () => {
      const ledger = ledgerOf(await subject.fresh())
      await ledger.open(WHO, 'message', 5, AT)
      const taken = await Promise.all(Array.from({ length: 20 }, () => ledger.take(WHO, WINDOWS, AT)))
      expect(taken.filter((one) => one !== null)).toHaveLength(5)
      expect(await ledger.left(WHO)).toMatchObject({ messageLeft: 0 })
    })

    test('told again, or late, it opens nothing; told of something newer it does', async () => {
      const ledger = ledgerOf(await subject.fresh())
      await ledger.open(WHO, 'message', 1, AT)
      await ledger.take(WHO, WINDOWS, AT)
      await ledger.open(WHO, 'message', 1, AT)
      await ledger.open(WHO, 'message', 1, later(-1))
      expect(await ledger.left(WHO)).toMatchObject({ messageAt: AT, messageLeft: 0 })
      await ledger.open(WHO, 'message', 1, later(1))
      expect(await ledger.left(WHO)).toMatchObject({ messageAt: later(1), messageLeft: 1 })
    })

    test('given back and used up only while it is the same window', async () => {
      const ledger = ledgerOf(await subject.fresh())
      await ledger.open(WHO, 'message', 5, AT)
      const old = await ledger.take(WHO, WINDOWS, AT)
      if (!old) throw new Error('nothing was taken')
      await ledger.giveBack(WHO, old)
      expect(await ledger.left(WHO)).toMatchObject({ messageLeft: 5 })
      await ledger.open(WHO, 'message', 5, later(MINUTE))
      await ledger.giveBack(WHO, old)
      await ledger.exhaust(WHO, old)
      expect(await ledger.left(WHO)).toMatchObject({ messageAt: later(MINUTE), messageLeft: 5 })
      await ledger.exhaust(WHO, { kind: 'message', openedAt: later(MINUTE) })
      expect(await ledger.left(WHO)).toMatchObject({ messageAt: null, messageLeft: 0 })
      await ledger.open(WHO, 'message', 5, later(MINUTE))
      expect(await ledger.take(WHO, WINDOWS, later(MINUTE))).not.toBeNull()
    })

    test('nothing for whoever is gone, until they are back', async () => {
      const ledger = ledgerOf(await subject.fresh())
      await ledger.open(WHO, 'message', 5, AT)
      await ledger.gone(WHO, later(1))
      expect(await ledger.take(WHO, WINDOWS, later(2))).toBeNull()
      await ledger.open(WHO, 'tap', 3, AT)
      expect(await ledger.left(WHO)).toMatchObject({ goneAt: later(1), messageLeft: 0, tapLeft: 0 })
      await ledger.open(WHO, 'tap', 3, later(3))
      expect(await ledger.left(WHO)).toEqual({
        messageAt: AT,
        messageLeft: 0,
        tapAt: later(3),
        tapLeft: 3,
        goneAt: null,
      })
      // Told late of what came before.
      await ledger.gone(WHO, later(2))
      expect(await ledger.take(WHO, WINDOWS, later(3))).toEqual({ kind: 'tap', openedAt: later(3) })
      await ledger.gone(WHO, later(4))
      await ledger.gone(WHO, null)
      expect(await ledger.left(WHO)).toMatchObject({ goneAt: null, tapLeft: 0 })
    })

    test('another process goes on where this one was', async () => {
      const ledger = ledgerOf(await subject.fresh())
      await ledger.open(WHO, 'message', 5, AT)
      await ledger.take(WHO, WINDOWS, AT)
      const other = await subject.again()
      if (other) expect(await ledgerOf(other).left(WHO)).toMatchObject({ messageAt: AT, messageLeft: 4 })
    })
  })
}
