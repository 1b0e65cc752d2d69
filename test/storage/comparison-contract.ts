/** What departments sent to be compared with the roster, numbers that a county entered, days that were set. */
import { describe, expect, test } from 'vitest'
import { insert, insertOnce, seal } from '../../src/base/change.ts'
import { parsePlainDate, type PlainDate } from '../../src/base/time.ts'
import type { Subject } from './contract.ts'
import { AT, household, ids, later, many, matter } from './rows.ts'

const DAY = parsePlainDate('2026-11-23') as PlainDate

const comparison = (id: string, more = {}) => ({
  id,
  round: '2026-11',
  source: 'medical',
  kind: 'illness',
  rows: 1,
  matched: 1,
  belowThreshold: 0,
  candidates: 0,
  alreadyKnown: 0,
  opened: 0,
  refused: 0,
  importedAt: AT,
  ...more,
})

export function comparisonContract(subject: Subject): void {
  describe('casework: comparisons and settings', () => {
    test('rounds of a comparison, and who on the roster is meant', async () => {
      const { writer, reads } = await subject.fresh()
      const row = (id: string, rowHash: string, more = {}) => ({
        id,
        roundId: 'r1',
        rowHash,
        state: 'matched',
        ...more,
      })
      const known = '11010519491231002X'
      await writer.commit([
        insert('ComparisonRound', comparison('r1', { releasedById: 's' })),
        insert(
          'ComparisonRound',
          comparison('r2', { kind: 'education', importedAt: later(1), releasedById: 's', releasedAt: AT }),
        ),
        insert(
          'ComparisonRow',
          row('a', 'x1', { idNumber: known, note: seal('住院'), amount: 30_000, happenedOn: DAY }),
        ),
        insert('ComparisonRow', row('b', 'x2', { name: '石大' })),
        insert('ComparisonRow', row('c', 'x3', { state: 'below' })),
        insert('ComparisonRow', row('d', 'x1', { roundId: 'r2' })),
        insert('Household', household('h1', 'v1', { head: '石大', helperId: 's' })),
        insert('Household', household('h2', 'v1', { head: '石大' })),
        insert('Household', household('h3', 'v1', { head: '石大', closedOn: DAY })),
        insert('Member', {
          id: 'm1',
          identity: `id:${reads.comparison.rowHash(known)}`,
          householdId: 'h1',
          name: '石大',
          idNumber: known,
        }),
        insert('Member', { id: 'm2', identity: 'h2|石大', householdId: 'h1', name: '石大', diedOn: DAY }),
        insert('Case', matter('k1', '1', { householdId: 'h1', openedAt: later(1), closedAt: later(2) })),
        insert('Case', matter('k2', '2', { householdId: 'h2' })),
      ])
      const { comparison: found } = reads
      expect(ids(await found.rounds())).toEqual(['r2', 'r1'])
      expect((await found.roundsNamed('2026-11')).map(({ kind }) => kind)).toEqual(['education', 'illness'])
      expect(await found.round('2026-11', 'medical', 'illness')).toMatchObject({ id: 'r1', threshold: null })
      expect(await found.round('2026-11', 'medical', 'water')).toBeNull()
      expect(ids(await found.releasing())).toEqual(['r1'])
      expect(await found.knownHashes('r1', many('x3', 'x1'))).toHaveLength(2)
      expect(await found.countRows('r1', 'matched')).toBe(2)
      const [first, ...others] = await found.rowsIn('r1', 'matched', '', 9)
      expect(first).toMatchObject({
        id: 'a',
        note: '住院',
        amount: 30_000,
        happenedOn: DAY,
        idNumberHash: found.rowHash(known),
      })
      expect(ids(others)).toEqual(['b'])
      expect(ids(await found.rowsIn('r1', 'matched', 'a', 9))).toEqual(['b'])
      expect(await found.rowById('b')).toMatchObject({ name: '石大', idNumberHash: null })
      expect([...(await found.byIdNumber(many(known, 'none')))]).toEqual([
        [known, { householdId: 'h1', memberId: 'm1', name: '石大', hasIdNumber: true }],
      ])
      expect(await found.byName(many('石大', 'none'))).toEqual([
        { householdId: 'h1', memberId: 'm1', name: '石大', hasIdNumber: true },
        { householdId: 'h2', memberId: null, name: '石大', hasIdNumber: false },
      ])
      expect(ids(await found.rosterHouseholds(many('h3', 'h1')))).toEqual(['h1', 'h3'])
      expect(ids(await found.casesOfHouseholds(many('h1', 'h2')))).toEqual(['k2', 'k1'])

      const same = [insertOnce('ComparisonRow', row('e', 'x9')), insertOnce('ComparisonRow', row('f', 'x1'))]
      expect(await writer.commit(same)).toEqual({ kind: 'duplicate', table: 'ComparisonRow' })
      expect(await found.rowById('e')).toBeNull()
      expect(await writer.commit([insertOnce('ComparisonRound', comparison('r3'))])).toMatchObject({
        kind: 'duplicate',
      })
    })

    test('numbers that were entered, days that were set', async () => {
      const { writer, reads } = await subject.fresh()
      const setting = (id: string, key: string, value: number | string, more = {}) =>
        insert('Setting', { id, key, value, updatedAt: AT, ...more })
      const day = (id: string, date: string, more = {}) =>
        insert('CalendarDay', { id, date, kind: 'off', enteredAt: AT, ...more })
      await writer.commit([
        setting(' line', 'line', 8_000.5, { source: '县发〔2026〕3号' }),
        setting('v1 line', 'line', 9_000, { territoryId: 'v1' }),
        setting(' demo', 'demo', 'yes'),
        setting(' early', 'early', 0),
        day('2026-12-01 v1', '2026-12-01', { territoryId: 'v1', name: '赶秋节' }),
        day('2026-12-01 ', '2026-12-01', { kind: 'work' }),
        day('2026-11-30 ', '2026-11-30'),
      ])
      expect((await reads.settings.settings(many('line', 'demo'))).map(({ id, value }) => [id, value])).toEqual([
        [' line', 8_000.5],
        ['v1 line', 9_000],
      ])
      expect(ids(await reads.settings.allSettings())).toEqual([' early', ' line', 'v1 line'])
      expect((await reads.calendarDays.calendarDays()).map(({ id, kind }) => [id, kind])).toEqual([
        ['2026-11-30 ', 'off'],
        ['2026-12-01 ', 'work'],
        ['2026-12-01 v1', 'off'],
      ])
    })
  })
}
