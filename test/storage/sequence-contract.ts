import { describe, expect, test } from 'vitest'
import { parsePlainDate, type PlainDate } from '../../src/base/time.ts'
import type { Subject } from './contract.ts'

const DAY = parsePlainDate('2026-11-23') as PlainDate
const NEXT = parsePlainDate('2026-11-24') as PlainDate

export function sequenceContract(subject: Subject): void {
  describe('matter numbers', () => {
    test('count from 1 on each day, without gaps', async () => {
      const { numbers } = await subject.fresh()
      expect(await Promise.all(Array.from({ length: 100 }, () => numbers.take(DAY)))).toEqual(
        Array.from({ length: 100 }, (_, index) => index + 1),
      )
      expect(await numbers.take(NEXT)).toBe(1)
      expect(await numbers.take(DAY)).toBe(101)
    })

    test('many at once go on where the last one ended', async () => {
      const { numbers } = await subject.fresh()
      expect(await numbers.take(DAY)).toBe(1)
      const many = Array.from({ length: 100 }, (_, index) => index + 2)
      expect(await numbers.takeMany(DAY, 100)).toEqual(many)
      expect(await Promise.all([numbers.take(DAY), numbers.takeMany(DAY, 2)])).toEqual([102, [103, 104]])
      expect(await numbers.takeMany(DAY, 0)).toEqual([])
    })

    test('are never the same in two processes, and none is lost by an orderly end', async () => {
      const first = await subject.fresh()
      const second = await subject.again()
      if (!second) return
      const taken = await Promise.all(
        Array.from({ length: 80 }, (_, index) => (index % 2 ? first : second).numbers.take(DAY)),
      )
      expect(new Set(taken).size).toBe(80)
      const third = await subject.again()
      await third?.numbers.take(NEXT)
      await third?.close()
      expect(await first.numbers.take(NEXT)).toBe(2)
    })
  })
}
