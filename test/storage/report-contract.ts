import { describe, expect, test } from 'vitest'
import { insert, seal } from '../../src/base/change.ts'
import { parsePlainDate, type PlainDate } from '../../src/base/time.ts'
import type { Subject } from './contract.ts'
import { AT, household, later, matter, territory } from './rows.ts'

const on = (text: string) => parsePlainDate(text) as PlainDate
const EVERYWHERE = { territoryIds: null } as const

async function all<Row>(pages: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

export function reportContract(subject: Subject): void {
  describe('what exports read', () => {
    test('comes in pages, in order, within the days', async () => {
      const { writer, reads } = await subject.fresh()
      const days = ['2026-11-21', '2026-11-22', '2026-11-23']
      const cases = Array.from({ length: 1_500 }, (_, index) => {
        const id = String(index).padStart(5, '0')
        return insert('Case', matter(id, id, { leadOn: days[index % 3] ?? '', territoryId: `v${index % 2}` }))
      })
      await writer.commit(cases)
      const whole = await all(reads.reports.cases({ reportedOn: { from: null, to: null }, ...EVERYWHERE }))
      expect(whole.map(({ id }) => id)).toEqual(cases.map(({ row }) => row['id']))
      const part = reads.reports.cases({
        reportedOn: { from: on('2026-11-22'), to: on('2026-11-22') },
        territoryIds: ['v1'],
      })
      expect(
        (await all(part)).every(({ leadOn, territoryId }) => leadOn === '2026-11-22' && territoryId === 'v1'),
      ).toBe(true)
      const places = ['v1', ...Array.from({ length: 600 }, (_, index) => `x${index}`)]
      expect(
        await all(reads.reports.cases({ reportedOn: { from: null, to: null }, territoryIds: places })),
      ).toHaveLength(750)
    })

    test('submissions by moment and flow, visits by day, events in order', async () => {
      const { writer, reads } = await subject.fresh()
      const submission = (id: string, at: number, flow: string) =>
        insert('Submission', {
          id,
          conversationId: id,
          flow,
          flowVersion: 1,
          identityId: 'i',
          answers: seal(`{"a":"${id}"}`),
          submittedAt: later(at),
        })
      const visit = (id: string, visitedOn: string) =>
        insert('Visit', {
          id,
          householdId: 'h',
          territoryId: 'v',
          staffId: 's',
          visitedOn,
          mode: 'phone',
          met: 'head',
          changes: '',
          gaps: '',
          wish: '修路',
          attempt: false,
          late: true,
          loggedAt: AT,
        })
      await writer.commit([
        submission('a', 0, 'one'),
        submission('b', 1, 'two'),
        submission('c', 2, 'one'),
        visit('x', '2026-11-22'),
        visit('y', '2026-11-23'),
        insert('CaseEvent', { id: '2', caseId: 'k', at: AT, actor: 'system', what: 'opened', detail: seal('细节') }),
        insert('CaseEvent', { id: '1', caseId: 'k', at: AT, actor: 'staff', what: 'noted' }),
        insert('CaseEvent', { id: '0', caseId: 'k', at: later(5), actor: 'staff', what: 'closed' }),
      ])
      const within = (from: number | null, before: number | null, flow: string | null) =>
        all(
          reads.reports.submissions({
            submittedAt: { from: from === null ? null : later(from), before: before === null ? null : later(before) },
            flow,
            ...EVERYWHERE,
          }),
        ).then((found) => found.map(({ id }) => id))
      expect(await within(null, null, null)).toEqual(['a', 'b', 'c'])
      expect(await within(1, null, null)).toEqual(['b', 'c'])
      expect(await within(0, 2, 'one')).toEqual(['a'])
      expect((await reads.reports.submissionsById(['c', 'a'])).map(({ answers }) => answers)).toEqual([
        '{"a":"a"}',
        '{"a":"c"}',
      ])
      const visits = await all(reads.reports.visits({ visitedOn: { from: on('2026-11-23'), to: null }, ...EVERYWHERE }))
      expect(visits).toMatchObject([{ id: 'y', wish: '修路', late: true, attempt: false }])
      expect((await reads.reports.caseEvents(['k'])).map(({ what, detail }) => [what, detail])).toEqual([
        ['noted', null],
        ['opened', '细节'],
        ['closed', null],
      ])
    })
  })

  describe('what imports read', () => {
    test('rows by what makes them the same', async () => {
      const { writer, reads } = await subject.fresh()
      expect(await reads.imports.contents()).toEqual({ empty: true, demo: false })
      await writer.commit([
        insert('Territory', territory('v', null, 'a', { extra: { 编号: '1' } })),
        insert('Household', household('h', 'v', { key: 'K-1', phone: '13800000001' })),
        insert('Member', {
          id: 'm',
          identity: 'id:1',
          householdId: 'h',
          name: '石',
          idNumber: '11010519491231002X',
          health: '高血压',
        }),
        insert('Staff', { id: 's', name: '石一' }),
        insert('StaffRole', { id: 'r', staffId: 's', role: 'helper', territoryId: 'v' }),
        insert('ChatIdentity', { id: 'i1', channel: 'pipe', user: 'a b', staffId: 's', createdAt: AT }),
        insert('ChatIdentity', { id: 'i2', channel: 'web', user: 'x', createdAt: AT }),
        insert('Setting', { id: ' demo', key: 'demo', value: true, updatedAt: AT }),
        insert('VisitPlan', {
          id: 'p',
          plan: 'monthly',
          householdId: 'h',
          territoryId: 'v',
          mode: 'phone',
          dueOn: '2026-11-23',
        }),
      ])
      const { imports } = reads
      expect(await imports.contents()).toEqual({ empty: false, demo: true })
      expect(await imports.householdsByKey(['K-1', 'K-2'])).toMatchObject([
        { id: 'h', phone: '13800000001', extra: null },
      ])
      expect(await imports.householdsByIdentity(['identity-h'])).toHaveLength(1)
      expect(await imports.membersByIdentity(['id:1'])).toMatchObject([
        { idNumber: '11010519491231002X', health: '高血压' },
      ])
      expect(await imports.staff()).toMatchObject([{ id: 's', roles: [{ id: 'r', role: 'helper', territoryId: 'v' }] }])
      expect((await imports.identities(['pipe a b', 'web x', 'web y'], [])).map(({ id }) => id)).toEqual(['i1', 'i2'])
      expect((await imports.identities([], ['s'])).map(({ id }) => id)).toEqual(['i1'])
      expect(await imports.territories()).toMatchObject([{ extra: { 编号: '1' } }])
      expect(await imports.openPlans(['h'])).toMatchObject([
        { id: 'p', plan: 'monthly', householdId: 'h', dueOn: '2026-11-23', assigneeId: null, revision: 0 },
      ])
    })
  })
}
