/** Who does it: reminders, who stands in for whom, accounts that are bound, work that is handed over. */
import { describe, expect, test } from 'vitest'
import { insert, insertOnce, seal } from '../../src/base/change.ts'
import { parsePlainDate, type PlainDate } from '../../src/base/time.ts'
import { BIND_TRIES } from '../../src/messaging/bind/ports.ts'
import type { Subject } from './contract.ts'
import {
  AT,
  household,
  ids,
  later,
  many,
  matter,
  outbox,
  submission,
  task,
  territory,
  visit,
  visitPlan,
  watch,
} from './rows.ts'

const day = (text: string) => parsePlainDate(text) as PlainDate
const DAY = day('2026-11-23')

export function staffWorkContract(subject: Subject): void {
  describe('casework: staff', () => {
    test('reminders that were sent, and to whom', async () => {
      const { writer, reads } = await subject.fresh()
      const reminder = (id: string, at: number, more = {}) =>
        insert('Reminder', {
          id,
          rule: 'r',
          rung: 1,
          number: '7',
          subjectId: 'k',
          recipient: 's',
          plannedAt: later(at),
          ...more,
        })
      const digest = (group: string, on: string) => `daily|0|${group}|${on}|group:${group}`
      await writer.commit([
        reminder('b', 2, { outboxId: 'o1' }),
        reminder('a', 2, { outboxId: 'o1', number: '8' }),
        reminder('c', 1),
        reminder('d', 3, { subjectId: 'x' }),
        ...['2026-11-21', '2026-11-22', '2026-11-23'].map((on) =>
          reminder(digest('g1', on), 9, { rung: 0, subjectId: 'g' }),
        ),
        reminder(digest('g10', '2026-11-23'), 9, { rung: 0, subjectId: 'g' }),
        insert('Watch', watch('w2', { subjectId: 'k', rule: 'one' })),
        insert('Watch', watch('w1', { subjectId: 'k', rule: 'two', closedAt: AT })),
        insert(
          'Outbox',
          outbox('o1', { state: 'sent', payload: seal('{"text":"走访"}'), dueAt: null, sentAt: later(4) }),
        ),
      ])
      const { reminders } = reads
      expect(ids(await reminders.allWatchesOf(many('k', 'x')))).toEqual(['w1', 'w2'])
      expect(ids(await reminders.remindersIn('o1'))).toEqual(['a', 'b'])
      expect(ids(await reminders.remindersOf(['7', '8'], 'k'))).toEqual(['c', 'a', 'b'])
      expect(await reminders.remindersOf([], 'k')).toEqual([])
      expect(ids(await reminders.digestsTo('daily', 'g1', day('2026-11-22')))).toEqual([
        digest('g1', '2026-11-22'),
        digest('g1', '2026-11-23'),
      ])
      expect(await reminders.messages(many('o1', 'o2'))).toEqual([
        {
          id: 'o1',
          channel: 'pipe',
          chat: 'c1',
          state: 'sent',
          error: null,
          dueAt: null,
          sentAt: later(4),
          createdAt: AT,
          payload: '{"text":"走访"}',
        },
      ])
      expect(
        await writer.commit([
          insertOnce('Reminder', {
            id: 'a',
            rule: 'r',
            rung: 1,
            number: '',
            subjectId: '',
            recipient: '',
            plannedAt: AT,
          }),
        ]),
      ).toMatchObject({ kind: 'duplicate' })
    })

    test('who stands in for whom, and binding an account', async () => {
      const { writer, reads } = await subject.fresh()
      const cover = (id: string, staffId: string, byStaffId: string, fromOn: string, toOn: string, more = {}) =>
        insert('Cover', { id, staffId, byStaffId, fromOn, toOn, createdAt: AT, ...more })
      const hash = reads.binding.bindCodeHash('12345678')
      const code = (id: string, codeHash: string, more = {}) => ({
        id,
        staffId: 's1',
        codeHash,
        createdAt: AT,
        expiresAt: later(10),
        ...more,
      })
      const tried = (id: string, identityId: string, at: number) => insert('MoveTry', { id, identityId, at: later(at) })
      await writer.commit([
        insert('Territory', territory('t', null, 'a', { level: 'township' })),
        insert('Territory', territory('v', 't', 'a/b')),
        insert('Staff', { id: 's1', name: '石一', phone: '13800000001' }),
        insert('Staff', { id: 's2', name: '石一', leftOn: '2026-11-23' }),
        insert('StaffRole', { id: 'r1', staffId: 's1', role: 'lead', territoryId: 'v' }),
        insert('StaffRole', { id: 'r2', staffId: 's1', role: 'lead', territoryId: 't' }),
        insert('StaffRole', { id: 'r3', staffId: 's2', role: 'helper', territoryId: 'v' }),
        cover('c2', 's1', 's3', '2026-11-20', '2026-11-23'),
        cover('c1', 's2', 's3', '2026-11-23', '2026-11-30'),
        cover('c3', 's1', 's3', '2026-11-24', '2026-11-30'),
        cover('c4', 's1', 's3', '2026-11-01', '2026-11-30', { endedAt: AT }),
        insert('BindCode', code('b1', hash)),
        insert('BindCode', code('b2', 'h2', { usedAt: AT })),
        insert('BindCode', code('b3', 'h3', { expiresAt: later(5) })),
        tried(`${BIND_TRIES}1`, 'i1', 0),
        tried(`${BIND_TRIES}2`, 'i2', 1),
        tried('01-move', 'i1', 1),
        insert('ChatIdentity', { id: 'i1', channel: 'pipe', user: 'u', staffId: 's1', createdAt: AT }),
      ])
      const { registry, binding } = reads
      expect(ids(await registry.covers(many('s1', 's2')))).toEqual(['c1', 'c2', 'c3'])
      expect(ids(await registry.coversOn(null, DAY))).toEqual(['c1', 'c2'])
      expect(ids(await registry.coversOn(many('s1', 'x'), DAY))).toEqual(['c2'])
      expect(ids(await registry.coveredBy(['s3'], day('2026-11-30')))).toEqual(['c1', 'c3'])
      expect(ids(await registry.staffNamed('石一'))).toEqual(['s1', 's2'])
      expect(ids(await registry.staffWithPhone('13800000001'))).toEqual(['s1'])
      expect(
        (await registry.rolesOf(many('s2', 's1'))).map(({ staffId, territoryId }) => [staffId, territoryId]),
      ).toEqual([
        ['s1', 't'],
        ['s2', 'v'],
        ['s1', 'v'],
      ])

      expect(hash).not.toContain('12345678')
      expect(await binding.bindCode(hash)).toMatchObject({
        id: 'b1',
        staffId: 's1',
        expiresAt: later(10),
        usedAt: null,
      })
      expect(await binding.bindCode('none')).toBeNull()
      expect(ids(await binding.openBindCodes('s1', later(5)))).toEqual(['b1'])
      expect(await binding.openBindCodes('s1', later(10))).toEqual([])
      const tries = [binding.bindTries('i1', AT), binding.bindTries(null, AT), binding.bindTries(null, later(1))]
      expect(await Promise.all(tries)).toEqual([1, 2, 1])
      expect((await binding.staffSpeaker('s1', DAY))?.scopes).toEqual([
        { role: 'lead', territoryId: 't', path: 'a' },
        { role: 'lead', territoryId: 'v', path: 'a/b' },
      ])
      expect(await binding.staffSpeaker('s2', DAY)).toBeNull()
      expect((await binding.staffSpeaker('s2', day('2026-11-22')))?.id).toBe('s2')
      expect([await binding.hasAccount('s1'), await binding.hasAccount('s2')]).toEqual([true, false])
      expect(await writer.commit([insertOnce('BindCode', code('b4', hash))])).toEqual({
        kind: 'duplicate',
        table: 'BindCode',
      })
    })

    test('what somebody has to do, for handing it over, and the figures of a month', async () => {
      const { writer, reads } = await subject.fresh()
      const measure = (id: string, state: string) =>
        insert('Measure', {
          id,
          householdId: 'h',
          territoryId: 'v1',
          kind: 'clinic',
          ownerId: 's',
          state,
          createdAt: AT,
        })
      const waits = (id: string, state: string) => ({
        ...{ id, caseId: 'k1', about: 'verification', refId: 'f', staffId: 's', state, askedAt: AT, revision: 0 },
      })
      const referred = (id: string, department: string | null, more = {}) => ({
        ...{ id, caseId: 'k1', department, toId: 's', territoryId: 'v1', state: 'offered', at: AT, openKey: id },
        ...{ revision: 0, ...more },
      })
      await writer.commit([
        insert(
          'Case',
          matter('k1', '1', { assigneeId: 's', householdId: 'h', seenFrom: 'township', decideBy: '2026-12-08' }),
        ),
        insert(
          'Case',
          matter('k2', '2', { assigneeId: 's', leadOn: '2026-10-01', decidedOn: '2026-11-05', closedAt: AT }),
        ),
        insert('Case', matter('k3', '3', { leadOn: '2026-10-01', decidedOn: '2026-10-05', closedAt: AT })),
        insert('Case', matter('k0', '4', { leadOn: '2026-09-01', territoryId: 'v2' })),
        insert('Task', task('t1', '5', { householdId: 'h' })),
        insert('Task', task('t2', '6', { householdId: 'h', closedAt: AT })),
        insert('Task', task('t3', '7', { kind: 'second_confirm', refId: 'f' })),
        insert('Verification', {
          ...{ id: 'f', caseId: 'k1', territoryId: 'v1', submissionId: 'sf', staffIds: 'n s', visitedOn: DAY },
          ...{ authorisation: 'paper', persons: 3, income: 1, cost: 0, rigid: 0, perCapita: 1, at: AT },
          ...{ gaps: '', dibao: 'no', selfCope: 'yes', causes: '', result: 'include', reason: seal('x') },
        }),
        insert('Confirmation', waits('c1', 'waiting')),
        insert('Confirmation', waits('c2', 'given')),
        insert('Referral', referred('r1', 'medical')),
        insert('Referral', referred('r2', null, { openKey: null, state: 'taken' })),
        measure('m1', 'planned'),
        measure('m2', 'done'),
        insert('VisitPlan', visitPlan('p1', { assigneeId: 's', householdId: 'h', number: '8' })),
        insert('VisitPlan', visitPlan('p2', { assigneeId: 's', closedOn: DAY })),
        insert('VisitPlan', visitPlan('p3', { dueOn: '2026-12-01' })),
        insert('Household', household('h', 'v1', { helperId: 's' })),
        insert('Household', household('g', 'v1', { helperId: 's', closedOn: DAY })),
        insert('Watch', watch('w2', { subjectId: 'k1' })),
        insert('Watch', watch('w1', { subjectId: 't1' })),
        insert('Watch', watch('w0', { subjectId: 'p1', closedAt: AT })),
        insert('Visit', visit('x1', { planId: 'p1' })),
        insert('Visit', visit('x2', { planId: 'p2', attempt: true })),
        insert('Visit', visit('x3', { planId: 'p3', undoneAt: AT })),
        insert('Submission', submission('a')),
        insert('Submission', submission('b', { submittedAt: later(1), matter: '1' })),
      ])
      const { openWork, month, messaging } = reads
      const kinds = ['case', 'task', 'measure', 'plan', 'household', 'confirmation', 'referral'] as const
      const all = await Promise.all(kinds.map((kind) => openWork.workOf('s', kind, '', 9)))
      expect(all.map(ids)).toEqual([['k1'], ['t1', 't3'], ['m1'], ['p1'], ['h'], ['c1'], ['r1']])
      expect(all[1]?.[1]).toMatchObject({ id: 't3', notTo: ['n'] })
      expect(all[5]).toMatchObject([{ name: '1', territoryId: 'v1', seenFrom: 'township', notTo: ['n'] }])
      expect(all[6]).toMatchObject([{ name: '1', ownerId: 's', department: 'medical' }])
      expect(all[0]).toEqual([
        {
          kind: 'case',
          id: 'k1',
          name: '1',
          territoryId: 'v1',
          householdId: 'h',
          ownerId: 's',
          seenFrom: 'township',
          revision: 0,
        },
      ])
      expect(ids(await openWork.workOf('s', 'task', 't1', 9))).toEqual(['t3'])
      expect(ids(await openWork.workOf('s', 'task', '', 1))).toEqual(['t1'])
      expect(ids(await openWork.workAbout(many('h', 'g')))).toEqual(['k1', 'c1', 'm1', 'r1', 't1'])
      expect(ids(await openWork.watchPlaces(['k1', 't1', 'p1']))).toEqual(['w1', 'w2'])

      const [from, to] = [day('2026-11-01'), day('2026-11-30')]
      expect((await month.monthCases(many('v2', 'v1'), from, to)).map(({ number }) => number)).toEqual(['1', '2', '4'])
      expect(ids(await month.monthPlans(['v1'], from, to)).sort()).toEqual(['p1', 'p2'])
      expect(await month.visitedPlans(['v1'], from, to)).toEqual(new Set(['p1']))
      expect(await messaging.fruitless('hardship_report', 'i', AT)).toBe(1)
      expect(await messaging.lastSubmitted('i')).toBe(later(1))
    })
  })
}
